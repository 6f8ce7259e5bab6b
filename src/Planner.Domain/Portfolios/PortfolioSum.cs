namespace Planner.Domain.Portfolios;

/// <summary>A total over scenarios of which some may not be known.</summary>
/// <param name="Usd">Sum of what is known, USD; null where nothing is.</param>
/// <param name="Known">Scenarios in the sum.</param>
/// <param name="Unknown">Scenarios whose figure is not known. Where there are any, the total is at least <paramref name="Usd"/>.</param>
/// <param name="Infeasible">Scenarios in the sum whose chosen option cannot serve the workload.</param>
/// <param name="InfeasibleUsd">The part of <paramref name="Usd"/> that is theirs: what those options cost as they stand, not what serving would cost.</param>
public sealed record PortfolioSum(decimal? Usd, int Known, int Unknown, int Infeasible, decimal InfeasibleUsd)
{
    /// <summary>True where scenarios are missing from the sum, so that the total is at least as much.</summary>
    public bool IsAtLeast => Unknown > 0;

    internal static PortfolioSum Of(IEnumerable<(decimal? Usd, bool Feasible)> figures)
    {
        var (sum, infeasibleSum, known, unknown, infeasible) = (0m, 0m, 0, 0, 0);
        foreach (var (usd, feasible) in figures)
        {
            if (usd is not { } amount)
            {
                unknown++;
                continue;
            }

            known++;
            sum += amount;
            if (!feasible)
            {
                infeasible++;
                infeasibleSum += amount;
            }
        }

        return new PortfolioSum(known == 0 ? null : sum, known, unknown, infeasible, infeasibleSum);
    }
}
