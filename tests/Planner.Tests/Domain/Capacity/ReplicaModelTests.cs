using Planner.Domain.Capacity;
using Xunit;
using static Planner.Tests.Domain.Capacity.CapacityRows;

namespace Planner.Tests.Domain.Capacity;

public sealed class ReplicaModelTests
{
    private static readonly CapacityParameters Fit = Calibration.Shipped.Parameters;

    [Fact]
    public void A_burst_of_equal_lengths_is_as_fast_as_a_closed_loop()
    {
        var (replica, load) = (new ReplicaModel(Spec(), Fit), new ReplicaLoad(1000, 200, 500));

        Assert.Equal(replica.At(load), replica.Burst(load, mixedLengths: false));
    }

    [Fact]
    public void Long_outputs_at_the_end_of_a_burst_cost_throughput_less_so_the_more_requests_there_are()
    {
        var replica = new ReplicaModel(Spec(), Fit);
        double Lost(double requests)
        {
            var load = new ReplicaLoad(1000, 200, requests);
            return 1 - (replica.Burst(load, mixedLengths: true).OutputTokensPerSecond / replica.At(load).OutputTokensPerSecond);
        }

        Assert.InRange(Lost(10_000), 0.001, Lost(1_000));
        Assert.InRange(Lost(1_000), 0.001, 0.9);
    }

    [Fact]
    public void Admission_on_demand_shortens_the_wait_and_leaves_the_rate_alone()
    {
        var load = new ReplicaLoad(1000, 1000, 400);
        var whole = new ReplicaModel(Spec(), Fit with { AdmissionShare = 1 }).At(load);
        var demand = new ReplicaModel(Spec(), Fit with { AdmissionShare = 0.5 }).At(load);

        Assert.True(whole.Batch < 400);
        Assert.Equal(whole.OutputTokensPerSecond, demand.OutputTokensPerSecond);
        Assert.True(demand.TtftSeconds < whole.TtftSeconds);
    }

    [Fact]
    public void Newer_software_runs_experts_faster_but_no_faster_than_was_measured()
    {
        double Rate(double year) => new ReplicaModel(Spec(Experts) with { SoftwareYear = year }, Fit).At(new ReplicaLoad(1000, 200, 16)).OutputTokensPerSecond;

        Assert.True(Rate(2025.8) < Rate(2026.2));
        Assert.Equal(Rate(2027), Rate(double.PositiveInfinity));
        Assert.Equal(Rate(2020), Rate(2025));
    }
}
