using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Planner.Data.Benchmarks;
using Planner.Data.Seed;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;

namespace Planner.Benchmarks;

/// <summary>Condenses a file of benchmark runs to the figures that the product shows beside its estimates: a few loads of each deployment.</summary>
internal static class PublishedRuns
{
    private const int LoadsOfADeployment = 3;

    public static int Write(string path, string target)
    {
        if (CapacityAccuracy.Read(path) is not { } reading)
            return 1;
        var (models, gpus) = (ShippedFacts.Models(), ShippedFacts.Gpus());
        List<PublishedRun> runs = [];
        using (var csv = CsvReader.Create(File.ReadAllBytes(path), CalibrationReader.Options))
        {
            csv.ReadHeader();
            while (csv.Read())
            {
                if (RunOf(csv, models, gpus) is { } run)
                    runs.Add(run);
            }
        }

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

    private static PublishedRun? RunOf(CsvReader csv, IReadOnlyList<LanguageModel> models, IReadOnlyList<Gpu> gpus)
    {
        string Text(string column) => csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount ? csv.GetString(index) ?? "" : "";
        double? Number(string column) => double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        int Whole(string column) => (int)(Number(column) ?? 1);
        var (model, gpu) = (CatalogNames.Find(models, Text("model")), CatalogNames.Find(gpus, Text("gpu")));
        if (model is null || gpu is null || EngineRelease.Of(Text("engine"), Text("engine_version"), null) is null || WeightPrecisions.Parse(Text("precision")) is null
            || Number("tp") is null || Number("input_len") is not { } input || Number("output_len") is not { } output || Number("output_tok_s") is not { } rate)
            return null;
        return new PublishedRun(
            model.Key, gpu.Key, Text("engine"), Text("engine_version"), Text("precision"), Text("kv_precision"), Whole("tp"), Whole("pp"), Whole("dp"),
            input, output, Number("concurrency") ?? Number("n_requests"), Text("kind") == "static_batch", rate, Text("source_repo"), Text("source_date"));
    }
}
