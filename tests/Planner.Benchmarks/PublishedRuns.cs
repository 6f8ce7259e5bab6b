using System.Globalization;
using System.Text.Json;
using Planner.Data.Seed;
using Planner.Domain.Capacity;

namespace Planner.Benchmarks;

/// <summary>Condenses a file of benchmark runs to the figures that the product shows beside its estimates: a few loads of each deployment.</summary>
internal static class PublishedRuns
{
    private const int LoadsOfADeployment = 3;

    public static int Write(string path, string target)
    {
        if (CapacityAccuracy.Read(path) is not { } reading)
            return 1;
        var models = ShippedFacts.Models();
        var runs = reading.Rows.Where(row => row is { Replicas: 1, LayoutIsUnknown: false }).Select(RunOf).ToList();
        var kept = runs.GroupBy(run => (run.Model, run.Gpu, run.Engine, run.Precision, run.Tensor, run.Pipeline, run.Data, run.Source, run.IsStatic)).SelectMany(Typical).ToList();
        var shapes = models.Where(model => model.Architecture is not null).GroupBy(model => model.Architecture!)
            .SelectMany(group => group.Where(_ => group.Count() > 1).Select(model => (model.Key, Of: group.FirstOrDefault(other => kept.Exists(run => run.Model == other.Key)))))
            .Where(pair => pair.Of is not null && pair.Of.Key != pair.Key).ToDictionary(pair => pair.Key, pair => pair.Of!.Key);
        using var writer = new StreamWriter(target) { NewLine = "\n" };
        writer.WriteLine("{");
        writer.WriteLine("  \"schema\": \"planner.published/1\",");
        writer.WriteLine($"  \"sameShape\": {JsonSerializer.Serialize(shapes, PublishedRun.Json)},");
        writer.WriteLine("  \"runs\": [");
        writer.WriteLine(string.Join(",\n", kept.Select(run => "    " + JsonSerializer.Serialize(run, PublishedRun.Json))));
        writer.WriteLine("  ]");
        writer.WriteLine("}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kept.Count} of {runs.Count} runs written to {target}; {reading.Skipped.Values.Sum()} rows cannot be modelled"));
        return 0;
    }

    /// <summary>The lightest, the middle and the heaviest load at the lengths that are nearest to a chat's.</summary>
    private static IEnumerable<PublishedRun> Typical(IEnumerable<PublishedRun> runs)
    {
        var lengths = runs.GroupBy(run => (run.InputTokens, run.OutputTokens)).OrderBy(group => Math.Abs(Math.Log(group.Key.InputTokens / 1000)) + Math.Abs(Math.Log(group.Key.OutputTokens / 300))).ToList();
        var nearest = lengths[0].OrderBy(run => run.Concurrency ?? double.PositiveInfinity).ToList();
        return nearest.Count > 1
            ? nearest.Where((_, i) => i == 0 || i == nearest.Count / 2 || i == nearest.Count - 1).Take(LoadsOfADeployment)
            : lengths.Take(LoadsOfADeployment).Select(group => group.First());
    }

    private static PublishedRun RunOf(CalibrationRow row) => new(
        row.Model, row.Gpu, row.Engine, row.EngineVersion, WordOf(row.Spec.Precision), row.Spec.KvBytes == 1 ? "fp8" : "bf16", row.Spec.Layout.Tensor, row.Spec.Layout.Pipeline,
        row.Spec.Layout.Data, row.Load.InputTokens, row.Load.OutputTokens, double.IsFinite(row.Load.Concurrency) ? row.Load.Concurrency : null, row.IsStaticBatch,
        row.IsBurst, row.HasMixedLengths, row.Spec.MaxSequences, row.OutputTokensPerSecond, row.Repository.Length > 0 ? row.Repository : row.Source, row.SourceDate);

    private static string WordOf(WeightPrecision precision) => WeightPrecisions.Names.First(name => WeightPrecisions.Parse(name) == precision);
}
