using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Tests.Domain.Uncertainty;
using Xunit;

namespace Planner.Tests.Domain.Planning;

public class WarningTests
{
    private static readonly ApiOption Unpriced = Documents.Api() with { Id = "batched", Name = "Batched", Price = new TokenPrices { InputUsdPerM = 0.01m, OutputUsdPerM = 0.01m } };

    private static Result Evaluate(Scenario scenario) => Engine.Evaluate(scenario, Documents.Catalog);

    private static IEnumerable<Check> Checks(Scenario scenario, string id) => Evaluate(scenario).Checks.Where(check => check.Id == id);

    [Fact]
    public void Range_around_another_value_than_the_scenarios_is_named_with_both()
    {
        var scenario = Documents.HighVolumeChat with
        {
            Ranges =
            [
                Simulations.Range("workload.requestsPerMonth", 1_000_000, 2_000_000, 20_000_000),
                Simulations.Range("workload.inputTokens", 500, 600, 700),
                Simulations.Range("workload.outputTokens", 50, 100, 200),
                Simulations.Range("options[1].instanceUsdPerHour", 4, 5, 6),
            ],
        };
        Assert.Equal(
            "The simulation describes another scenario than the one shown, because ranges stand around other values: workload.requestsPerMonth is 10,000,000 in the scenario, and 2,000,000 is given as its likely value; "
            + "workload.inputTokens is 400 in the scenario, outside of its range of 500 to 700; options[1].instanceUsdPerHour is 5.672 in the scenario, and 5 is given as its likely value.",
            Assert.Single(Checks(scenario, "range-off")).Message);
        Assert.Empty(Checks(Simulations.ApiOrFleet, "range-off"));
    }

    [Theory]
    [InlineData(VolumeBases.TokensPerMonth, 5e9, true)]
    [InlineData(VolumeBases.RequestsPerMonth, 1e7, false)]
    public void Range_on_requests_overrides_a_volume_typed_in_another_way(string basis, double value, bool warned)
    {
        var scenario = Documents.HighVolumeChat with { Ranges = [Simulations.Volume(1_000_000, 10_000_000, 20_000_000)] };
        scenario = scenario with { Workload = scenario.Workload with { Volume = new VolumeEntry { Basis = basis, Value = (decimal)value } } };
        Assert.Equal(warned, Checks(scenario, "range-overrides-volume").Any());
    }

    [Fact]
    public void Measured_bill_counts_where_an_option_is_named_as_well_and_both_are_told()
    {
        var result = Evaluate(Documents.HighVolumeChat with { BaselineMonthlyUsd = 9_000 });
        Assert.Equal(1_500, result.Verdict.MonthlySavingUsd);
        Assert.StartsWith("API is cheaper by $1,500 a month than the present bill of $9,000 at 10 M requests.", result.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("$9,000 counts, and API", Assert.Single(result.Checks, check => check.Id == "two-baselines").Message, StringComparison.Ordinal);

        var dearer = Evaluate(Documents.HighVolumeChat with { BaselineMonthlyUsd = 7_000 });
        Assert.StartsWith("API is the cheapest option, but costs $500 a month more than the present bill of $7,000 at 10 M requests.", dearer.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Empty(Checks(Documents.HighVolumeChat, "two-baselines"));
    }

    [Fact]
    public void Lever_that_makes_an_option_dearer_is_named_with_the_amount()
    {
        // A compressor at $1 per M of 4,000 M prompt tokens takes $60 off the API's bill (40 M × $1.5) and adds $4,000; the fleet still needs its 16 machines.
        var levers = new TokenLevers { PromptCompression = new PromptCompression { Share = 0.01m, UsdPerMillionTokens = 1 } };
        var scenario = Documents.Chat(Documents.Api(), Documents.Fleet(FleetSizings.WeeklyPeak, null));
        var checks = Checks(scenario with { Workload = scenario.Workload with { Levers = levers } }, "lever-costs").ToList();
        Assert.Equal(
            ["The lever “Prompt compression” makes API dearer by $3,940 a month.", "The lever “Prompt compression” makes Fleet dearer by $4,000 a month."], checks.Select(check => check.Message));
        Assert.Equal(["api", "self"], checks.Select(check => check.OptionId));
        var cheap = new TokenLevers { OutputLimit = new OutputLimit { Share = 0.1m } };
        Assert.Empty(Checks(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { Levers = cheap } }, "lever-costs"));
    }

    [Fact]
    public void Options_that_could_not_be_priced_are_counted_and_named()
    {
        var scenario = Documents.HighVolumeChat with { Options = [.. Documents.HighVolumeChat.Options.Select(option => option is ApiOption api ? api with { AssumedBatchPriceShare = 0.5m } : option), Unpriced] };
        scenario = scenario with { Workload = scenario.Workload with { Levers = new TokenLevers { BatchApi = new BatchApi { Share = 0.5m } } } };
        Assert.EndsWith("1 of 3 options could not be priced: Batched.", Evaluate(scenario).Verdict.Sentence, StringComparison.Ordinal);

        var simulation = Engine.Simulate(scenario with { Ranges = [Simulations.Volume(9_000_000, 10_000_000, 11_000_000)] }, Documents.Catalog);
        Assert.Null(simulation.Confidence);
        Assert.Equal("How sure the verdict is cannot be told: the cost of Batched is unknown, and it could be the cheapest.", simulation.ConfidenceReason);
        Assert.StartsWith("Its cost is unknown. The price sheet has no price for: ", simulation.Month("batched").Reason, StringComparison.Ordinal);
        Assert.Equal("It could serve in none of the samples.", simulation.Month("self").Reason);
    }

    [Fact]
    public void Confidence_is_the_share_of_samples_in_which_the_verdict_holds()
    {
        var simulation = Engine.Simulate(Simulations.ApiOrFleet, Documents.Catalog);
        // The fleet at $7,200 has it above 9.6 M of 0 to 20 M requests, likeliest 10 M: 1 − 0.96² ÷ 2.
        Assert.Equal(0.5392, simulation.Confidence!.Value, 0.005);
        Assert.Null(simulation.ConfidenceReason);
    }

    [Fact]
    public void What_cannot_serve_at_any_price_leaves_the_confidence_alone()
    {
        var far = Unpriced with { PriceKey = "half:known", Price = null };
        var inside = Simulations.ApiOrFleet with { Options = [.. Simulations.ApiOrFleet.Options, far] };
        Assert.Null(Engine.Simulate(inside, Documents.Catalog).Confidence);
        inside = inside with { Workload = inside.Workload with { Requirements = new Requirements { DataStaysInside = true } } };
        Assert.Equal(1, Engine.Simulate(inside, Documents.Catalog).Confidence);
    }
}
