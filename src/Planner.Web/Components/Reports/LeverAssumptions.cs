using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>The token levers that are on, in words.</summary>
internal static class LeverAssumptions
{
    public static IEnumerable<Assumption> Of(TokenLevers levers)
    {
        if (levers.ResponseCache is { On: true } responses)
            yield return new(ReportsTexts.ResponseCache, ReportsTexts.ResponseCacheValue.With(Format.Percent(responses.HitShare)), Cost(responses.UsdPerMonth, ReportsTexts.CostsAMonth)) { Paths = ["levers.responseCache"] };
        if (levers.PromptCompression is { On: true } compression)
            yield return new(ReportsTexts.PromptCompression, ReportsTexts.PromptCompressionValue.With(Format.Percent(compression.Share)), Cost(compression.UsdPerMillionTokens, ReportsTexts.CostsPerMillion)) { Paths = ["levers.promptCompression"] };
        if (levers.PrefixCache is { On: true } prefix)
            yield return new(ReportsTexts.PrefixCache, ReportsTexts.PrefixCacheValue.With(Format.Percent(prefix.Share))) { Paths = ["levers.prefixCache"] };
        if (levers.OutputLimit is { On: true } limit)
            yield return new(ReportsTexts.OutputLimit, ReportsTexts.OutputLimitValue.With(Format.Percent(limit.Share))) { Paths = ["levers.outputLimit"] };
        if (levers.BatchApi is { On: true } batch)
            yield return new(ReportsTexts.BatchApi, ReportsTexts.BatchApiValue.With(Format.Percent(batch.Share))) { Paths = ["levers.batchApi"] };
        if (levers.Distillation is { On: true } smaller)
        {
            yield return new(
                ReportsTexts.SmallerModel, ReportsTexts.SmallerModelValue.With(Format.Percent(smaller.Share), Format.Percent(smaller.ApiPriceShare), Format.Number(smaller.ThroughputFactor)),
                Cost(smaller.OneOffUsd, ReportsTexts.CostsOnce))
            {
                Paths = ["levers.distillation"],
            };
        }
    }

    private static string? Cost(decimal? usd, string text) => usd is { } amount ? text.With(Format.Rate(amount)) : null;
}
