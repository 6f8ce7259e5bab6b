using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Planner.Data.Benchmarks;
using Planner.Data.Seed;
using Planner.Domain.Capacity;

namespace Planner.Benchmarks;

/// <summary>How far the shipped capacity model is from the runs in a file: a table to read, then one JSON object.</summary>
internal static class CapacityAccuracy
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static int Print(string path)
    {
        if (Read(path) is not { } reading)
            return 1;
        var report = Accuracy.Of(reading.Rows, Calibration.Shipped);
        Table(report);
        foreach (var (reason, count) in reading.Skipped.OrderByDescending(pair => pair.Value))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"skipped {count,6:#,0} rows: {reason}"));
        Console.WriteLine(ToJson(report, reading.Skipped).ToJsonString(Json));
        return 0;
    }

    /// <summary>The rows of a file, or null after the reason was printed.</summary>
    public static CalibrationReading? Read(string path)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no file {path}.");
            return null;
        }

        var reading = CalibrationReader.Read(File.ReadAllBytes(path), ShippedFacts.Models(), ShippedFacts.Gpus());
        if (reading.Refusal is { } refusal)
        {
            Console.Error.WriteLine(refusal);
            return null;
        }

        return reading;
    }

    public static JsonObject ToJson(AccuracyReport report, IReadOnlyDictionary<string, int> skipped)
    {
        var json = JsonSerializer.SerializeToNode(report, Json)!.AsObject();
        foreach (var groups in (string[])["bySource", "byGpu", "byEngine", "byFamily", "byBand"])
        {
            var flat = new JsonObject();
            foreach (var (name, group) in json[groups]!.AsObject())
                flat[name] = Flat(group!.AsObject());
            json[groups] = flat;
        }

        json["skipped"] = JsonSerializer.SerializeToNode(skipped, Json);
        return json;
    }

    /// <summary>A group's own figures are those of the throughput; its times stand beside them.</summary>
    private static JsonObject Flat(JsonObject group)
    {
        var flat = group["outputTokensPerSecond"]!.DeepClone().AsObject();
        flat["itl"] = group["itl"]!.DeepClone();
        flat["ttft"] = group["ttft"]!.DeepClone();
        return flat;
    }

    public static void Table(AccuracyReport report)
    {
        Console.WriteLine($"{"",-28}{"rows",6} {"median",7} {"p90",7} {"bias",7} {"≤25 %",6} {"≤50 %",6} {"rank",6} {"band",6} | {"ITL",5} {"median",7} {"bias",7} | {"TTFT",5} {"median",7} {"bias",7}");
        Line("core engines", new GroupAccuracy(report.OutputTokensPerSecond, report.Itl, report.Ttft));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"right order: {report.PairOrder:P1} of {report.Pairs:#,0} pairs; said not to fit: {report.DoesNotFit} rows"));
        Groups("source", report.BySource);
        Groups("GPU", report.ByGpu);
        Groups("engine", report.ByEngine);
        Groups("family", report.ByFamily);
        Groups("kind of estimate", report.ByBand);
    }

    private static void Groups<TKey>(string title, IReadOnlyDictionary<TKey, GroupAccuracy> groups)
    {
        Console.WriteLine($"by {title}");
        foreach (var (name, group) in groups)
            Line($"  {name}", group);
    }

    private static void Line(string name, GroupAccuracy group)
    {
        var (rate, itl, ttft) = (group.OutputTokensPerSecond, group.Itl, group.Ttft);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-28}{rate.N,6:#,0} {rate.MedianError,7:P1} {rate.P90Error,7:P1} {rate.Bias,7:P1} {rate.Within25,6:P0} {rate.Within50,6:P0} {rate.RankCorrelation,6:0.000} {rate.BandCoverage,6:P0} | {itl.N,5:#,0} {itl.MedianError,7:P1} {itl.Bias,7:P1} | {ttft.N,5:#,0} {ttft.MedianError,7:P1} {ttft.Bias,7:P1}"));
    }
}
