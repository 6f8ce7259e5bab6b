using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>The token levers that are on, in words.</summary>
internal static class LeverAssumptions
{
    public static IEnumerable<Assumption> Of(TokenLevers levers)
    {
        if (levers.ResponseCache is { On: true } responses)
            yield return new("Response cache", $"{Share(responses.HitShare)} of requests answered", Cost(responses.UsdPerMonth, "a month")) { Paths = ["levers.responseCache"] };
        if (levers.PromptCompression is { On: true } compression)
            yield return new("Prompt compression", $"{Share(compression.Share)} of what no cache serves", Cost(compression.UsdPerMillionTokens, "per M tokens")) { Paths = ["levers.promptCompression"] };
        if (levers.PrefixCache is { On: true } prefix)
            yield return new("Prefix cache", $"at least {Share(prefix.Share)} of the prompt") { Paths = ["levers.prefixCache"] };
        if (levers.OutputLimit is { On: true } limit)
            yield return new("Output limit", $"{Share(limit.Share)} of the output saved") { Paths = ["levers.outputLimit"] };
        if (levers.BatchApi is { On: true } batch)
            yield return new("Batch API", $"at least {Share(batch.Share)} of requests") { Paths = ["levers.batchApi"] };
        if (levers.Distillation is { On: true } smaller)
        {
            yield return new(
                "Smaller model", $"{Share(smaller.Share)} of requests, at {Share(smaller.ApiPriceShare)} of an API's price and {Format.Number(smaller.ThroughputFactor)} × the throughput",
                Cost(smaller.OneOffUsd, "once"))
            {
                Paths = ["levers.distillation"],
            };
        }
    }

    private static string? Cost(decimal? usd, string unit) => usd is { } amount ? $"costs {Format.Rate(amount)} {unit}" : null;

    private static string Share(decimal share) => Format.Percent((double)share);
}
