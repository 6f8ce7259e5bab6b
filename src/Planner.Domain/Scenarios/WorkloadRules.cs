using Planner.Domain.Loads;

namespace Planner.Domain.Scenarios;

/// <summary>Ranges of a workload's inputs.</summary>
internal static class WorkloadRules
{
    /// <summary>Most requests of a month.</summary>
    public const decimal MostRequests = 1e12m;

    public static void Check(Workload workload, FaultList faults)
    {
        faults.Between("workload.requestsPerMonth", workload.RequestsPerMonth, 0, MostRequests);
        faults.Between("workload.inputTokens", workload.InputTokens, 0, 1e7m);
        faults.Between("workload.outputTokens", workload.OutputTokens, 0, 1e7m);
        faults.Between("workload.reasoningTokens", workload.ReasoningTokens, 0, 1e7m);
        if (workload is { InputTokens: 0, OutputTokens: 0, ReasoningTokens: 0 })
            faults.Add("workload.inputTokens", Texts.NoTokens);
        faults.Between("workload.inputCv", workload.InputCv, 0, 10);
        faults.Between("workload.outputCv", workload.OutputCv, 0, 10);
        faults.Between("workload.cacheReadShare", workload.CacheReadShare, 0, 1);
        faults.Between("workload.cacheWriteShare", workload.CacheWriteShare, 0, 1);
        if (workload.CacheReadShare + workload.CacheWriteShare > 1)
            faults.Add("workload.cacheWriteShare", Texts.CacheShares);
        faults.Between("workload.batchShare", workload.BatchShare, 0, 1);
        faults.Between("workload.retryShare", workload.RetryShare, 0, 1);
        faults.Between("workload.growthPerMonth", workload.GrowthPerMonth, -0.9m, 2);
        if (workload.Seasonality is { } seasonality && (seasonality.Count != 12 || seasonality.Any(factor => factor is < 0 or > 100)))
            faults.Add("workload.seasonality", Texts.Seasonality);
        CheckShape(workload.Shape, faults);
        faults.Above("workload.slo.ttftMs", workload.Slo.TtftMs, 0, 1e7m);
        faults.Above("workload.slo.tpotMs", workload.Slo.TpotMs, 0, 1e6m);
        faults.Between("workload.slo.percentile", workload.Slo.Percentile, 50, 99.9m);
        if (workload.Levers is { } levers)
            LeverRules.Check(levers, "workload.levers", faults);
    }

    private static void CheckShape(LoadShape shape, FaultList faults)
    {
        faults.OneOf("workload.shape.kind", shape.Kind, ShapeKinds.All);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(shape.TimeZone, out _))
            faults.Add("workload.shape.timeZone", Texts.TimeZone);
        faults.Between("workload.shape.peakToMean", shape.PeakToMean, 1, 1000);
        faults.Between("workload.shape.burstiness", shape.Burstiness, 0.1m, 20);
        if (shape.Weights is { } weights && (weights.Count != LoadWeek.Hours || weights.Any(weight => weight is < 0 or > 1e9m) || weights.All(weight => weight == 0)))
            faults.Add("workload.shape.weights", Texts.Weights);
        if (shape.Kind == ShapeKinds.Weights && shape.Weights is null)
            faults.Add("workload.shape.weights", Texts.Weights);
        faults.HoursOfWeek("workload.shape.hours", shape.Hours);
        if (shape.Kind == ShapeKinds.BatchWindow && shape.Hours is not { Count: > 0 })
            faults.Add("workload.shape.hours", Texts.NoHours);
    }
}
