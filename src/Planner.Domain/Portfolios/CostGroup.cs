using Planner.Domain.Costs;

namespace Planner.Domain.Portfolios;

/// <summary>What one kind of cost comes to.</summary>
/// <param name="Group">One of <see cref="LedgerGroups"/>.</param>
/// <param name="MonthlyUsd">Its recurring lines, USD a month.</param>
/// <param name="OneOffUsd">Its one-off lines, USD.</param>
public sealed record CostGroup(string Group, decimal MonthlyUsd, decimal OneOffUsd)
{
    /// <summary>The groups of ledger lines in the order of <see cref="LedgerGroups.All"/>; groups without a line are left out.</summary>
    /// <param name="lines">Lines of one or several ledgers.</param>
    /// <returns>For each group Σ of its recurring lines, and Σ of its one-off lines.</returns>
    public static IReadOnlyList<CostGroup> Of(IEnumerable<LedgerLine> lines)
    {
        var byGroup = lines.ToLookup(line => line.Group);
        return
        [
            .. LedgerGroups.All.Where(byGroup.Contains).Select(group => new CostGroup(
                group, byGroup[group].Where(line => !line.OneOff).Sum(line => line.AmountUsd), byGroup[group].Where(line => line.OneOff).Sum(line => line.AmountUsd))),
        ];
    }
}
