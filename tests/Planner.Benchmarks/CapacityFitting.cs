using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Benchmarks.Fitting;
using Planner.Data.Seed;
using Planner.Domain.Capacity;

namespace Planner.Benchmarks;

/// <summary>The commands that fit the capacity model to a file of benchmark runs, and that say how such a fit does on rows it has not seen.</summary>
internal static class CapacityFitting
{
    private static readonly JsonSerializerOptions Compact = new(Calibration.Json) { WriteIndented = false };

    /// <summary>Fits the model and writes the calibration that the product ships.</summary>
    public static int Fit(string path, string target)
    {
        if (CapacityAccuracy.Read(path) is not { } reading)
            return 1;
        var core = reading.Rows.Where(row => row.IsCore).ToList();
        if (core.Count == 0 || core.Max(row => row.Date) is not { } newest)
        {
            Console.Error.WriteLine("There is no row of vLLM, SGLang or TensorRT-LLM with a date to fit to.");
            return 1;
        }

        var fit = CapacityFit.Run(core);
        var counts = CrossValidation.Counts([.. reading.Rows.Where(row => row.Spec.Engine != EngineTiming.LlamaCpp)]);
        var shapes = core.CountBy(row => row.Spec.Model).ToDictionary();
        var models = new SortedDictionary<string, int>(
            ShippedFacts.Models().Where(model => model.Architecture is { } shape && shapes.ContainsKey(shape)).ToDictionary(model => model.Key, model => shapes[model.Architecture!]),
            StringComparer.Ordinal);
        var calibration = Calibration.Shipped with { NewestRun = newest, Rows = core.Count, Parameters = fit.Parameters, Counts = counts with { Models = models } };
        calibration = calibration with { Bands = BandEstimate.Of(core, calibration) };
        File.WriteAllText(target, JsonSerializer.Serialize(calibration, Calibration.Json) + "\n");

        foreach (var parameter in FittedParameters.All)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{parameter.Name,-28}{parameter.Get(fit.Parameters),12:g4}  prior {parameter.Prior:g3}"));
        foreach (var note in fit.Notes)
            Console.WriteLine(note);
        foreach (var (kind, bands) in calibration.Bands)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-20} throughput ×{bands.Throughput.Low:f2} ×{bands.Throughput.Centre:f2} ×{bands.Throughput.High:f2}  ITL ×{bands.Itl.Low:f2} ×{bands.Itl.Centre:f2} ×{bands.Itl.High:f2}  TTFT ×{bands.Ttft.Low:f2} ×{bands.Ttft.Centre:f2} ×{bands.Ttft.High:f2}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loss {fit.Loss:g6}; written to {target}"));
        CapacityAccuracy.Table(Accuracy.Of(core, calibration));
        return 0;
    }

    /// <summary>Prints how fits do on the model, the GPU or the source that they were not given, and writes the reports that the product shows.</summary>
    public static int CrossValidate(string path, string target)
    {
        if (CapacityAccuracy.Read(path) is not { } reading)
            return 1;
        var reports = new Dictionary<string, AccuracyReport> { ["The rows of the fit"] = Accuracy.Of(reading.Rows, Calibration.Shipped) };
        foreach (var (name, groupOf) in new (string, Func<CalibrationRow, string>)[] { ("model", row => row.Model), ("GPU", row => row.Gpu), ("source", row => row.Source) })
            reports[$"Each {name} by a fit to the others"] = CrossValidation.Report(CrossValidation.Predict(reading.Rows, Calibration.Shipped, groupOf));
        var all = new JsonObject();
        foreach (var (name, report) in reports)
        {
            Console.WriteLine(name);
            CapacityAccuracy.Table(report);
            all[name] = CapacityAccuracy.ToJson(report, reading.Skipped);
        }

        File.WriteAllText(target, JsonSerializer.Serialize(reports, Compact) + "\n");
        Console.WriteLine(all.ToJsonString());
        return 0;
    }
}
