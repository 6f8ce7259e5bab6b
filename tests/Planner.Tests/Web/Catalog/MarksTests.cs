using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Instances;
using Planner.Web.Components.Prices;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Catalog;

public class MarksTests
{
    [Fact]
    public void Disagreement_names_both_figures_with_their_days()
    {
        var entry = CatalogRows.Price(new TokenPrices { InputUsdPerM = 0.28m, OutputUsdPerM = 0.42m });
        var other = new OtherQuote(new TokenPrices { InputUsdPerM = 0.27m, OutputUsdPerM = 1.1m }, new Provenance("genai-prices", null, new DateOnly(2026, 8, 21)));

        var flag = Assert.Single(PriceMarks.Of(entry with { Sheet = entry.Sheet with { OtherQuotes = [other] } }));

        Assert.Equal(("2 sources disagree", StatusKind.Warning), (flag.Text, flag.Kind));
        Assert.Equal("litellm on 2026-08-01: input $0.28, output $0.42. genai-prices on 2026-08-21: input $0.27, output $1.10.", flag.Detail);
    }

    [Fact]
    public void Announced_price_is_marked_with_its_month_and_who_announces_it()
    {
        var entry = CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m, OutputUsdPerM = 10m });
        entry = entry with
        {
            Sheet = entry.Sheet with { Announced = [new() { From = "2026-09", Price = new TokenPrices { InputUsdPerM = 3m, OutputUsdPerM = 15m } }] },
            AnnouncedBy = "genai-prices",
        };

        var flag = Assert.Single(PriceMarks.Of(entry));

        Assert.Equal(("3/15 from 2026-09", "From 2026-09 on: input $3.00, output $15.00 (genai-prices)."), (flag.Text, flag.Detail));
    }

    [Fact]
    public void Machine_tells_its_zones_its_interruptions_and_who_disagrees()
    {
        var row = CatalogRows.Instance(new HourlyPrices(5.672m, 2m, null, null));
        var entry = row with
        {
            Instance = row.Instance with { OtherQuotes = [new(new HourlyPrices(6m, 1m, null, null), new Provenance("skypilot-aws", null, new DateOnly(2026, 5, 20)))] },
            Zones = new SpotZones(3, 1.8m, 2.4m),
            InterruptionShare = 1,
        };

        Assert.Equal(("$1.80–$2.40 in 3 zones", "above 20 % a month"), (InstanceMarks.Zones(entry), InstanceMarks.Interruption(entry)));
        Assert.Equal("up to 5 % a month", InstanceMarks.Interruption(entry with { InterruptionShare = 0.05m }));
        Assert.Null(InstanceMarks.Interruption(entry with { InterruptionShare = null }));
        Assert.Equal("vantage on 2025-11-30: on-demand $5.672. skypilot-aws on 2026-05-20: on-demand $6.00.", Assert.Single(InstanceMarks.Of(entry)).Detail);
    }

    [Fact]
    public void Every_warning_about_machines_has_a_sentence()
    {
        var codes = typeof(InstanceWarnings).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.Equal(7, codes.Count);
        Assert.All(codes, code => Assert.DoesNotContain(code, WarningText.Of(code), StringComparison.Ordinal));
    }

    [Fact]
    public void Row_of_another_day_says_since_when_its_price_applied()
    {
        var row = PriceRowModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 1m }), new DateOnly(2026, 8, 5));

        Assert.Equal(("applied then", "It applied on 2026-08-05, since 2026-08-01."), (row.Source.Age, row.Source.Reason));
    }

    [Fact]
    public void Day_of_the_catalog_is_in_the_address_and_in_the_question()
    {
        var state = PriceGridState.Read(new Uri("http://localhost/prices?asOf=2026-07-31&q=luna"));

        Assert.Equal(new DateOnly(2026, 7, 31), state.ToQuery().AsOf);
        Assert.Equal("/prices?q=luna&asOf=2026-07-31", state.Write());
        Assert.Null(InstanceGridState.Read(new Uri("http://localhost/instances?asOf=yesterday")).AsOf);
        Assert.Equal(new DateOnly(2026, 7, 31), InstanceGridState.Read(new Uri("http://localhost/instances?asOf=2026-07-31")).ToQuery().AsOf);
    }
}
