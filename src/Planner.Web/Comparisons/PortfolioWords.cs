using Planner.Domain.Portfolios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Comparisons;

/// <summary>What a portfolio's totals hold and lack, in words.</summary>
public static class PortfolioWords
{
    /// <summary>A total: "at least $7,911.00" where scenarios are missing from it.</summary>
    public static string Amount(PortfolioSum sum, bool headline = false)
    {
        ArgumentNullException.ThrowIfNull(sum);
        var amount = headline ? Format.MoneyHeadline(sum.Usd) : Format.Money(sum.Usd);
        return sum is { Usd: not null, IsAtLeast: true } ? ComparisonTexts.AtLeast.With(amount) : sum.Usd is null ? ComparisonTexts.NotKnown : amount;
    }

    /// <summary>A total in a table: "≥ $7,911.00" where scenarios are missing from it.</summary>
    public static string Cell(PortfolioSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return sum is { Usd: not null, IsAtLeast: true } ? $"≥ {Format.Money(sum.Usd)}" : Format.Money(sum.Usd);
    }

    /// <summary>Whether the workload can be served: ComparisonTexts.Yes, ComparisonTexts.No or ComparisonTexts.NotKnown.</summary>
    public static string Serves(bool? canServe) => canServe switch { true => ComparisonTexts.Yes, false => ComparisonTexts.No, null => ComparisonTexts.NotKnown };

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(Portfolio totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return totals.Items.Count == 0 ? ComparisonTexts.PortfolioEmpty
            : totals.Monthly.Usd is null ? ComparisonTexts.NothingKnown.With(Scenarios(totals.Items.Count))
            : totals.Items.Count == 1 ? ComparisonTexts.CostsOne.With(Amount(totals.Monthly, headline: true), Amount(totals.FirstMonth, headline: true))
            : ComparisonTexts.CostsMany.With(Amount(totals.Monthly, headline: true), Amount(totals.FirstMonth, headline: true), totals.Items.Count);
    }

    /// <summary>What is missing from totals, and what of them is no offer; empty where nothing is.</summary>
    public static string Missing(PortfolioSum monthly, PortfolioSum horizon)
    {
        ArgumentNullException.ThrowIfNull(monthly);
        ArgumentNullException.ThrowIfNull(horizon);
        List<string> sentences = [];
        if (monthly.Unknown > 0)
            sentences.Add((monthly.Usd is null ? ComparisonTexts.MonthMissingAll : ComparisonTexts.MonthMissing).With(Scenarios(monthly.Unknown)));
        if (horizon.Unknown > monthly.Unknown)
            sentences.Add((horizon.Usd is null ? ComparisonTexts.HorizonMissingAll : horizon.Unknown == 1 ? ComparisonTexts.HorizonMissingOne : ComparisonTexts.HorizonMissingMany).With(Scenarios(horizon.Unknown)));
        if (monthly.Infeasible > 0)
            sentences.Add(ComparisonTexts.MonthInfeasible.With(Format.Money(monthly.InfeasibleUsd), Scenarios(monthly.Infeasible)));
        if (horizon.Infeasible > monthly.Infeasible)
            sentences.Add(ComparisonTexts.HorizonInfeasible.With(Format.Money(horizon.InfeasibleUsd), Scenarios(horizon.Infeasible)));
        return string.Join(" ", sentences);
    }

    /// <summary>What a calendar month lacks; empty where nothing.</summary>
    public static string Of(PortfolioMonth month)
    {
        ArgumentNullException.ThrowIfNull(month);
        List<string> parts = [];
        if (month.Cost.Unknown > 0)
            parts.Add(ComparisonTexts.MonthNotKnown.With(month.Cost.Unknown));
        if (month.NotBegun > 0)
            parts.Add(ComparisonTexts.MonthNotBegun.With(month.NotBegun));
        if (month.Cost.Infeasible > 0)
            parts.Add(ComparisonTexts.MonthCannotServe.With(month.Cost.Infeasible));
        return string.Join(", ", parts);
    }

    private static string Scenarios(int count) => count == 1 ? ComparisonTexts.ScenariosOne : ComparisonTexts.ScenariosMany.With(count);
}
