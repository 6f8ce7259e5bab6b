using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>What a vendor's contract adds to its price sheet, in words.</summary>
internal static class ApiTermAssumptions
{
    private static string Own => ReportsTexts.YourFigure;

    public static IEnumerable<Assumption> Of(ApiOption option)
    {
        if (option.DiscountShare > 0)
            yield return new(ReportsTexts.Discount, Format.Percent(option.DiscountShare), Own) { Paths = ["discountShare"] };
        if (option.Commitment is { } commitment)
            yield return new(ReportsTexts.Committed, ReportsTexts.CommittedValue.With(Format.Money(commitment.MinimumMonthlyUsd), Format.Percent(commitment.DiscountShare)), Own) { Paths = ["commitment"] };
        if (option.CommittedMonthlyUsd > 0)
            yield return new(ReportsTexts.FixedCharge, ReportsTexts.AmountAMonth.With(Format.Money(option.CommittedMonthlyUsd)), Own) { Paths = ["committedMonthlyUsd"] };
        if (option.CreditsUsd > 0)
            yield return new(ReportsTexts.CloudCredits, Format.Money(option.CreditsUsd), ReportsTexts.CloudCreditsNote) { Paths = ["creditsUsd"] };
        if (option.Limits is { } limits && Limits(limits) is { Length: > 0 } most)
            yield return new(ReportsTexts.LimitsAMinute, most, Own) { Paths = ["limits"] };
        if (option.Latency is { } latency && Latency(latency) is { Length: > 0 } measured)
            yield return new(ReportsTexts.Latency, measured, ReportsTexts.LatencyNote) { Paths = ["latency"] };
        if (option.Provisioned is { } units)
            yield return new(ReportsTexts.Provisioned, Units(units), Own) { Paths = ["provisioned"] };
        foreach (var (i, change) in option.PriceChanges.Index().OrderBy(entry => entry.Item.From, StringComparer.Ordinal))
            yield return new(ReportsTexts.PriceFrom.With(change.From), ReportsTexts.PriceChange.With(Format.Rate(change.Price.InputUsdPerM), Format.Rate(change.Price.OutputUsdPerM)), ReportsTexts.Announced) { Paths = [$"priceChanges[{i}]"] };
    }

    private static string Limits(RateLimits limits) => Parts(
        (limits.RequestsPerMinute, ReportsTexts.CountRequests), (limits.TokensPerMinute, ReportsTexts.CountTokens), (limits.InputTokensPerMinute, ReportsTexts.CountInputTokens), (limits.OutputTokensPerMinute, ReportsTexts.CountOutputTokens));

    private static string Latency(ApiLatency latency) => Parts((latency.TtftMs, ReportsTexts.MsToFirstToken), (latency.TpotMs, ReportsTexts.MsAToken));

    private static string Units(ProvisionedThroughput units)
    {
        var count = units.Units is { } stated ? ReportsTexts.Units.With(Format.Number(stated)) : ReportsTexts.UnitsAsNeeded;
        var text = units.Basis == ThroughputBases.Output ? ReportsTexts.UnitsOutputTokens : ReportsTexts.UnitsTokens;
        var bought = text.With(count, Format.Number(units.TokensPerSecondPerUnit), Format.Rate(units.UsdPerUnitHour));
        return units.SpillToTokens ? ReportsTexts.UnitsSpill.With(bought) : bought;
    }

    private static string Parts(params ReadOnlySpan<(decimal? Value, string Text)> parts)
    {
        List<string> words = [];
        foreach (var (value, text) in parts)
        {
            if (value is not null)
                words.Add(text.With(Format.Number(value)));
        }

        return string.Join(", ", words);
    }
}
