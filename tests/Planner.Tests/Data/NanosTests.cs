using Planner.Data;
using Xunit;

namespace Planner.Tests.Data;

public class NanosTests
{
    [Fact]
    public void A_billionth_of_a_dollar_is_one() => Assert.Equal(1L, Nanos.FromUsd(0.000000001m));

    [Fact]
    public void Half_a_billionth_goes_to_the_even_side() => Assert.Equal((0L, 2L), (Nanos.FromUsd(0.0000000005m)!.Value, Nanos.FromUsd(0.0000000015m)!.Value));

    [Fact]
    public void Unknown_stays_unknown_both_ways() => Assert.Equal((null, null), (Nanos.FromUsd(null), Nanos.ToUsd(null)));

    [Fact]
    public void What_does_not_fit_is_refused() => Assert.Throws<OverflowException>(() => Nanos.FromUsd(10_000_000_000m));

    [Fact]
    public void A_price_comes_back_as_it_went() => Assert.Equal(0.0375m, Nanos.ToUsd(Nanos.FromUsd(0.0375m)));
}
