using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>Which of a deployment's measured points speaks for a workload.</summary>
public static class MeasuredThroughput
{
    /// <summary>How many times longer or shorter a prompt or an output may be and still count as the same load.</summary>
    private const double SameLength = 1.5;

    /// <summary>
    /// The fastest point that kept the workload's latency targets at its lengths; where none has its lengths, among those that are nearest. Null where no
    /// point kept the targets, or there is none.
    /// </summary>
    /// <param name="points">Measured points of one deployment. A latency that was not measured is taken to keep its target.</param>
    /// <param name="workload">The workload.</param>
    public static BenchmarkPoint? Best(IEnumerable<BenchmarkPoint> points, Workload workload)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(workload);
        var kept = points.Where(point => Keeps(point.TtftSeconds, workload.Slo.TtftMs) && Keeps(point.ItlSeconds, workload.Slo.TpotMs)).ToList();
        if (kept.Count == 0)
            return null;
        var nearest = Math.Max(Math.Log(SameLength), kept.Min(point => Distance(point, workload)));
        return kept.Where(point => Distance(point, workload) <= nearest).MaxBy(point => point.OutputTokensPerSecond);
    }

    private static bool Keeps(double? seconds, decimal? targetMs) => seconds is null || targetMs is null || seconds * 1000 <= (double)targetMs;

    private static double Distance(BenchmarkPoint point, Workload workload) => Math.Max(
        Math.Abs(Math.Log(point.InputTokens / Math.Max(1, (double)workload.InputTokens))),
        Math.Abs(Math.Log(point.OutputTokens / Math.Max(1, (double)(workload.OutputTokens + workload.ReasoningTokens)))));
}
