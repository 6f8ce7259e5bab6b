namespace Planner.Domain.Scenarios;

/// <summary>Ranges of the token levers; those that are switched off too, since they are kept.</summary>
internal static class LeverRules
{
    // A lever that took all tokens would leave nothing to price.
    private const decimal MostTaken = 0.999m;

    public static void Check(TokenLevers levers, string path, FaultList faults)
    {
        faults.Between($"{path}.promptCompression.share", levers.PromptCompression?.Share, 0, MostTaken);
        faults.Between($"{path}.promptCompression.usdPerMillionTokens", levers.PromptCompression?.UsdPerMillionTokens, 0, 1e6m);
        faults.Between($"{path}.responseCache.hitShare", levers.ResponseCache?.HitShare, 0, MostTaken);
        faults.Between($"{path}.responseCache.usdPerMonth", levers.ResponseCache?.UsdPerMonth, 0, 1e12m);
        faults.Between($"{path}.prefixCache.share", levers.PrefixCache?.Share, 0, MostTaken);
        faults.Between($"{path}.outputLimit.share", levers.OutputLimit?.Share, 0, MostTaken);
        faults.Between($"{path}.distillation.share", levers.Distillation?.Share, 0, 1);
        faults.Between($"{path}.distillation.apiPriceShare", levers.Distillation?.ApiPriceShare, 0, 1);
        faults.Between($"{path}.distillation.throughputFactor", levers.Distillation?.ThroughputFactor, 1, 1000);
        faults.Between($"{path}.distillation.oneOffUsd", levers.Distillation?.OneOffUsd, 0, 1e12m);
        faults.Between($"{path}.batchApi.share", levers.BatchApi?.Share, 0, 1);
    }
}
