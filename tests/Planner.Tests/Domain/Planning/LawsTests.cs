using FsCheck;
using FsCheck.Fluent;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Xunit;
using Result = Planner.Domain.Planning.Result;

namespace Planner.Tests.Domain.Planning;

/// <summary>Laws that hold for every scenario.</summary>
public class LawsTests
{
    private static readonly Arbitrary<(int Requests, int Input, int Output)> Loads = ArbMap.Default.GeneratorFor<(int, int, int)>()
        .Select(drawn => (Math.Abs(drawn.Item1 % 50_000_000), 1 + Math.Abs(drawn.Item2 % 4_000), Math.Abs(drawn.Item3 % 2_000))).ToArbitrary();

    private static Result Evaluate((int Requests, int Input, int Output) load)
    {
        var scenario = Documents.Chat(
            new ApiOption { Id = "api", Name = "API", PriceKey = "openai:gpt-4o" },
            Documents.Fleet(FleetSizings.WeeklyPeak, null) with { OverheadShare = 0.4m, Extras = [new ExtraCost { Name = "Egress", UsdPerMillionTokens = 0.02m }], OneOff = [new OneOffCost { Name = "Work", Usd = 10 }] });
        return Engine.Evaluate(scenario with { Workload = scenario.Workload with { RequestsPerMonth = load.Requests, InputTokens = load.Input, OutputTokens = load.Output } }, Documents.Catalog);
    }

    [Fact]
    public void More_requests_or_tokens_never_cost_less() =>
        Prop.ForAll(Loads, Loads, (less, more) =>
        {
            var larger = (less.Requests + more.Requests, Math.Min(6_000, less.Input + more.Input), less.Output + more.Output);
            return Evaluate(less).Options.Zip(Evaluate(larger).Options).All(pair => pair.First.OngoingMonthlyUsd <= pair.Second.OngoingMonthlyUsd);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_add_up_to_the_totals() =>
        Prop.ForAll(Loads, load => Evaluate(load).Options.All(option =>
            option.Ledger.Where(line => !line.OneOff).Sum(line => line.AmountUsd) == option.OngoingMonthlyUsd && option.Ledger.Sum(line => line.AmountUsd) == option.FirstMonthUsd)).QuickCheckThrowOnFailure();

    [Fact]
    public void Sized_fleet_carries_its_load_and_one_replica_less_does_not() =>
        Prop.ForAll(Loads, load =>
        {
            var fleet = Evaluate(load).Options[1];
            var perReplica = 125.0;
            return fleet.Utilization is null or <= 1
                && fleet.Capacity!.RequiredTokensPerSecond <= fleet.Replicas * perReplica * (1 + 1e-12)
                && (fleet.Replicas == 0 || fleet.Capacity.RequiredTokensPerSecond > (fleet.Replicas - 1) * perReplica * (1 - 1e-12));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cheapest_option_is_the_winner_of_the_interval_that_holds_its_volume() =>
        Prop.ForAll(Loads, load =>
        {
            var result = Evaluate(load);
            var breakEven = result.BreakEven.Single(found => found.CapacityChecked && !found.FirstMonth);
            var winner = breakEven.Intervals.Single(interval => interval.From <= load.Requests && load.Requests < interval.To).CheapestOptionId;
            var costs = result.Options.ToDictionary(option => option.Id, option => option.OngoingMonthlyUsd);
            return breakEven.Tail is not null || costs[winner!] - costs[result.Verdict.CheapestOptionId!] <= 0.000004m;
        }).QuickCheckThrowOnFailure();
}
