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
        return sum is { Usd: not null, IsAtLeast: true } ? $"at least {amount}" : sum.Usd is null ? "not known" : amount;
    }

    /// <summary>A total in a table: "≥ $7,911.00" where scenarios are missing from it.</summary>
    public static string Cell(PortfolioSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return sum is { Usd: not null, IsAtLeast: true } ? $"≥ {Format.Money(sum.Usd)}" : Format.Money(sum.Usd);
    }

    /// <summary>Whether the workload can be served: "yes", "no" or "not known".</summary>
    public static string Serves(bool? canServe) => canServe switch { true => "yes", false => "no", null => "not known" };

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(Portfolio totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return totals.Items.Count == 0 ? ComparisonTexts.PortfolioEmpty
            : totals.Monthly.Usd is null ? $"No cost is known of {Scenarios(totals.Items.Count)}."
            : $"{(totals.Items.Count == 1 ? "One scenario costs" : $"{totals.Items.Count} scenarios cost")} {Amount(totals.Monthly, headline: true)} a month, {Amount(totals.FirstMonth, headline: true)} in the first.";
    }

    /// <summary>What is missing from totals, and what of them is no offer; empty where nothing is.</summary>
    public static string Missing(PortfolioSum monthly, PortfolioSum horizon)
    {
        ArgumentNullException.ThrowIfNull(monthly);
        ArgumentNullException.ThrowIfNull(horizon);
        List<string> sentences = [];
        if (monthly.Unknown > 0)
            sentences.Add($"The month of {Scenarios(monthly.Unknown)} is not known{(monthly.Usd is null ? ", and neither are the totals." : " and not in the totals, which are therefore at least what stands there.")}");
        if (horizon.Unknown > monthly.Unknown)
            sentences.Add($"The months over the horizon are not known of {Scenarios(horizon.Unknown)}, {(horizon.Usd is null ? "and neither are those totals" : $"so those totals lack {(horizon.Unknown == 1 ? "it" : "them")}")}.");
        if (monthly.Infeasible > 0)
            sentences.Add($"{Format.Money(monthly.InfeasibleUsd)} a month of it is of {Scenarios(monthly.Infeasible)} whose chosen option cannot serve the workload: what that option costs as it stands, not what serving would cost.");
        if (horizon.Infeasible > monthly.Infeasible)
            sentences.Add($"{Format.Money(horizon.InfeasibleUsd)} over the horizon is of {Scenarios(horizon.Infeasible)} whose option cannot serve every month of it.");
        return string.Join(" ", sentences);
    }

    /// <summary>What a calendar month lacks; empty where nothing.</summary>
    public static string Of(PortfolioMonth month)
    {
        ArgumentNullException.ThrowIfNull(month);
        List<string> parts = [];
        if (month.Cost.Unknown > 0)
            parts.Add($"{month.Cost.Unknown} not known");
        if (month.NotBegun > 0)
            parts.Add($"{month.NotBegun} not begun");
        if (month.Cost.Infeasible > 0)
            parts.Add($"{month.Cost.Infeasible} cannot serve every month");
        return string.Join(", ", parts);
    }

    private static string Scenarios(int count) => count == 1 ? "1 scenario" : $"{count} scenarios";
}
