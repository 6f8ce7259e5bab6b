using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>What the token levers change in an option's month, one after the other.</summary>
/// <param name="OptionId">The option's id.</param>
/// <param name="Name">The option's name.</param>
/// <param name="BaseMonthlyUsd">Recurring cost of a month without any lever, USD; null where it is unknown or the option cannot serve.</param>
/// <param name="BaseReason">Why the base is null; null where it is known.</param>
/// <param name="Steps">One step a lever that is on, in the order in which they act. Where all are known, base + their sum is the end, to the last digit.</param>
/// <param name="EndMonthlyUsd">Recurring cost of a month with all levers that are on, USD; null where it is unknown or the option cannot serve.</param>
/// <param name="EndReason">Why the end is null; null where it is known.</param>
public sealed record LeverWaterfall(
    string OptionId, string Name, decimal? BaseMonthlyUsd, string? BaseReason, IReadOnlyList<LeverStep> Steps, decimal? EndMonthlyUsd, string? EndReason)
{
    internal static IReadOnlyList<LeverWaterfall> Of(Scenario scenario, CatalogSnapshot catalog, Func<Scenario, CatalogSnapshot, List<OptionCost>> resolve)
    {
        // Each lever is switched on after those before it, so that no effect is counted twice.
        IReadOnlyList<string> on = scenario.Workload.Levers?.On ?? [];
        var months = new List<List<(decimal? Usd, string? Reason)>>(on.Count + 1);
        for (var count = 0; count <= on.Count; count++)
        {
            var levers = count == 0 ? null : scenario.Workload.Levers!.Only(on.Take(count).ToHashSet());
            months.Add(resolve(scenario with { Workload = scenario.Workload with { Levers = levers } }, catalog).ConvertAll(cost => Amount(cost.Evaluate())));
        }

        return scenario.Options.Select((option, i) => new LeverWaterfall(
            option.Id, option.Name, months[0][i].Usd, months[0][i].Reason,
            on.Select((id, step) => new LeverStep(id, months[step + 1][i].Usd - months[step][i].Usd, months[step + 1][i].Reason ?? months[step][i].Reason)).ToList(),
            months[^1][i].Usd, months[^1][i].Reason)).ToList();
    }

    private static (decimal? Usd, string? Reason) Amount(OptionResult option) => option.Feasible ? (option.OngoingMonthlyUsd, null) : (null, option.Reasons[0]);
}

/// <summary>What one lever changes, those before it counted.</summary>
/// <param name="LeverId">One of <see cref="LeverIds"/>.</param>
/// <param name="DeltaMonthlyUsd">Change of the recurring month, its own cost counted, USD; negative where it saves; null where the option has no known cost, or cannot serve, before or after it.</param>
/// <param name="Reason">Why it is null; null where it is known.</param>
public sealed record LeverStep(string LeverId, decimal? DeltaMonthlyUsd, string? Reason);
