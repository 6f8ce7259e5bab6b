using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>What a vendor's contract adds to its price sheet, in words.</summary>
internal static class ApiTermAssumptions
{
    private const string Own = "your figure";

    public static IEnumerable<Assumption> Of(ApiOption option)
    {
        if (option.DiscountShare > 0)
            yield return new("Discount", Share(option.DiscountShare), Own) { Paths = ["discountShare"] };
        if (option.Commitment is { } commitment)
            yield return new("Committed", $"at least {Format.Money(commitment.MinimumMonthlyUsd)} a month, {Share(commitment.DiscountShare)} further discount", Own) { Paths = ["commitment"] };
        if (option.CommittedMonthlyUsd > 0)
            yield return new("Fixed charge", $"{Format.Money(option.CommittedMonthlyUsd)} a month", Own) { Paths = ["committedMonthlyUsd"] };
        if (option.CreditsUsd > 0)
            yield return new("Cloud credits", Format.Money(option.CreditsUsd), "they pay the first bills") { Paths = ["creditsUsd"] };
        if (option.Limits is { } limits && Limits(limits) is { Length: > 0 } most)
            yield return new("Limits a minute", most, Own) { Paths = ["limits"] };
        if (option.Latency is { } latency && Latency(latency) is { Length: > 0 } measured)
            yield return new("Latency", measured, "as measured at the targets' percentile") { Paths = ["latency"] };
        if (option.Provisioned is { } units)
            yield return new("Provisioned throughput", Units(units), Own) { Paths = ["provisioned"] };
        foreach (var (i, change) in option.PriceChanges.Index().OrderBy(entry => entry.Item.From, StringComparer.Ordinal))
            yield return new($"Price from {change.From}", $"{Format.Rate(change.Price.InputUsdPerM)} input, {Format.Rate(change.Price.OutputUsdPerM)} output per M tokens", "announced") { Paths = [$"priceChanges[{i}]"] };
    }

    private static string Limits(RateLimits limits) => Parts(
        (limits.RequestsPerMinute, "requests"), (limits.TokensPerMinute, "tokens"), (limits.InputTokensPerMinute, "input tokens"), (limits.OutputTokensPerMinute, "output tokens"));

    private static string Latency(ApiLatency latency) => Parts((latency.TtftMs, "ms to the first token"), (latency.TpotMs, "ms a token"));

    private static string Units(ProvisionedThroughput units)
    {
        var count = units.Units is { } stated ? $"{Format.Number(stated)} units" : "as many units as the busiest hour needs";
        var basis = units.Basis == ThroughputBases.Output ? "output " : "";
        var beyond = units.SpillToTokens ? "; what is above them at token prices" : "";
        return $"{count} of {Format.Number(units.TokensPerSecondPerUnit)} {basis}tokens/s at {Format.Rate(units.UsdPerUnitHour)} an hour{beyond}";
    }

    private static string Parts(params ReadOnlySpan<(decimal? Value, string Of)> parts)
    {
        List<string> words = [];
        foreach (var (value, of) in parts)
        {
            if (value is not null)
                words.Add($"{Format.Number(value)} {of}");
        }

        return string.Join(", ", words);
    }

    private static string Share(decimal share) => Format.Percent((double)share);
}
