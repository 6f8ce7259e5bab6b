using System.Globalization;
using CsvHelper;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;

namespace Planner.Data.Benchmarks;

/// <summary>What a table of published benchmark runs held.</summary>
/// <param name="Refusal">Why nothing was read, in a sentence; null where the rows were read.</param>
/// <param name="Rows">The runs that the capacity model can be compared with.</param>
/// <param name="Skipped">Rows that were left out, counted by reason.</param>
public sealed record CalibrationReading(string? Refusal, IReadOnlyList<CalibrationRow> Rows, IReadOnlyDictionary<string, int> Skipped);

/// <summary>Reads tables of published benchmark runs in the columns of the calibration file, to fit the capacity model on or to judge it by.</summary>
public static class CalibrationReader
{
    /// <summary>Rows of a table at most: pairs of them are compared, and so many take seconds already.</summary>
    public const int MostRows = 20_000;

    /// <summary>The columns that are read; each must be there, and most may be empty. Others are left alone.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "source_date", "engine", "engine_version", "model", "precision", "kv_precision", "gpu", "gpu_count", "input_len", "output_len", "concurrency",
        "total_tok_s", "output_tok_s", "ttft_ms", "itl_ms", "kind", "tp", "pp", "dp", "replicas", "max_seqs", "n_requests", "source", "notes",
    ];

    /// <summary>Reads a table.</summary>
    /// <param name="file">The file, UTF-8.</param>
    /// <param name="models">Models that its names may mean.</param>
    /// <param name="gpus">GPUs that its names may mean.</param>
    public static CalibrationReading Read(ReadOnlyMemory<byte> file, IReadOnlyCollection<LanguageModel> models, IReadOnlyCollection<Gpu> gpus)
    {
        using var csv = CsvReader.Create(file, BenchmarkCsv.Options);
        try
        {
            csv.ReadHeader();
            var missing = Columns.Where(column => !csv.TryGetFieldIndex(column, out _)).ToList();
            if (missing.Count > 0)
                return new CalibrationReading(Texts.CalibrationColumnsMissing.With(string.Join(", ", missing)), [], new Dictionary<string, int>());
            List<CalibrationRow> rows = [];
            Dictionary<string, int> skipped = [];
            var draft = new CalibrationDraft(csv, models, gpus);
            while (csv.Read())
            {
                if (rows.Count == MostRows)
                    return new CalibrationReading(Texts.CalibrationTooManyRows.With(MostRows), [], new Dictionary<string, int>());
                var (row, reason) = draft.Read();
                if (row is not null)
                    rows.Add(row);
                else
                    skipped[reason!] = skipped.GetValueOrDefault(reason!) + 1;
            }

            return new CalibrationReading(null, rows, skipped);
        }
        catch (CsvFormatException exception)
        {
            return new CalibrationReading(Texts.CalibrationNotCsv.With(exception.LineNumber), [], new Dictionary<string, int>());
        }
    }
}

/// <summary>Makes a run of the fields of the current row.</summary>
internal sealed class CalibrationDraft(CsvReader csv, IReadOnlyCollection<LanguageModel> models, IReadOnlyCollection<Gpu> gpus)
{
    /// <summary>No machine has more; a layout beyond it is a slip in the file.</summary>
    private const int MostGpus = 100_000;

    private readonly Dictionary<string, LanguageModel?> _models = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Gpu?> _gpus = new(StringComparer.OrdinalIgnoreCase);
    private string? _reason;

    internal (CalibrationRow? Row, string? Reason) Read()
    {
        _reason = null;
        var model = Known(_models, models, Text("model"));
        var gpu = Known(_gpus, gpus, Text("gpu"));
        var precision = WeightPrecisions.Parse(Text("precision"));
        var (name, version, date) = (Text("engine").ToLowerInvariant(), Text("engine_version"), Text("source_date"));
        var release = EngineRelease.Of(name, version, date.Length >= 4 && int.TryParse(date[..4], CultureInfo.InvariantCulture, out var year) ? year : null);
        double? kvBytes = Text("kv_precision").ToLowerInvariant() switch
        {
            "" or "auto" or "bf16" or "fp16" => 2,
            "fp8" or "fp8_e4m3" or "fp8_e5m2" or "int8" => 1,
            _ => null,
        };
        Check(model is not null, Texts.CalibrationUnknownModel, Text("model"));
        Check(model is null || model.Kind != ModelKinds.Encoder, Texts.CalibrationEncoder, Text("model"));
        Check(model is null || model.Architecture is not null, Texts.CalibrationNoShape, Text("model"));
        Check(gpu is not null, Texts.CalibrationUnknownGpu, Text("gpu"));
        Check(gpu is null || gpu.Bf16Tflops > 0, Texts.CalibrationNoPeak, Text("gpu"));
        Check(release is not null, Texts.CalibrationUnknownEngine, Text("engine"));
        Check(precision is not null, Texts.CalibrationUnknownPrecision, Text("precision"));
        Check(kvBytes is not null, Texts.CalibrationUnknownPrecision, Text("kv_precision"));
        var (input, output) = (Needed("input_len"), Needed("output_len"));
        var rate = Text("output_tok_s").Length > 0 || Text("total_tok_s").Length == 0 ? Needed("output_tok_s") : Needed("total_tok_s") * output / (input + output);
        var (ttft, itl) = (Optional("ttft_ms") / 1000, Optional("itl_ms") / 1000);
        // Where no number in flight is stated, a run of finitely many requests has at most those in flight, and any other as many as fit.
        var concurrency = Optional("concurrency") ?? Optional("n_requests") ?? double.PositiveInfinity;
        Check(output is not > 0 || output >= 1, Texts.CalibrationBadNumber, "output_len");
        Check(concurrency >= 1, Texts.CalibrationBadNumber, "concurrency");
        var gpuCount = Whole("gpu_count") ?? 1;
        var (pipeline, data) = (Whole("pp") ?? 1, Whole("dp") ?? 1);
        var unknown = Text("tp").Length == 0 || Text("tp").Equals("auto", StringComparison.OrdinalIgnoreCase);
        var tensor = unknown ? 1 : Whole("tp") ?? 1;
        var replicas = Whole("replicas") ?? Math.Max(1, gpuCount / Math.Max(1, tensor * pipeline * data));
        var maxSequences = Whole("max_seqs");
        if (_reason is not null)
            return (null, _reason);

        var spec = new ReplicaSpec(model!.Architecture!, precision!.Value, kvBytes!.Value, gpu!, new Layout(tensor, pipeline, data), release!.Value.Timing)
        {
            MaxSequences = maxSequences ?? release.Value.MaxSequences,
            ChunkTokens = release.Value.ChunkTokens,
            Software2024 = release.Value.Software2024,
            SoftwareYear = EngineRelease.YearIn(date),
            IsNativePrecision = WeightPrecisions.Parse(model.NativePrecision) == precision,
        };
        return (new CalibrationRow(model.Key, gpu!.Key, name, Text("source"), spec, gpuCount, replicas, new ReplicaLoad(input!.Value, output!.Value, concurrency), rate!.Value)
        {
            Group = string.Join('|', Text("source"), model.Key, gpu.Key, name),
            Date = DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            IsBurst = Text("concurrency").Length == 0 && double.IsFinite(concurrency),
            HasMixedLengths = Text("notes").Contains("ShareGPT", StringComparison.OrdinalIgnoreCase),
            IsStaticBatch = Text("kind").Equals("static_batch", StringComparison.OrdinalIgnoreCase),
            LayoutIsUnknown = unknown && gpuCount > 1,
            TtftSeconds = ttft,
            ItlSeconds = itl,
            EngineVersion = version,
            SourceDate = date,
            Repository = Text("source_repo"),
        }, null);
    }

    private static T? Known<T>(Dictionary<string, T?> found, IReadOnlyCollection<T> rows, string name) where T : CatalogFacts
    {
        if (!found.TryGetValue(name, out var row))
            found[name] = row = CatalogNames.Find(rows, name);
        return row;
    }

    /// <summary>The first fault of a row is its reason.</summary>
    private void Check(bool holds, string reason, string name)
    {
        if (!holds)
            _reason ??= reason.With(name.Length == 0 ? "–" : name);
    }

    private double? Needed(string column)
    {
        Check(Text(column).Length > 0, Texts.CalibrationBadNumber, column);
        return Optional(column);
    }

    private double? Optional(string column)
    {
        if (Text(column) is not { Length: > 0 } text)
            return null;
        var good = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number);
        Check(good, Texts.CalibrationBadNumber, column);
        return good ? number : null;
    }

    private int? Whole(string column)
    {
        var number = Optional(column);
        Check(number is null || (double.IsInteger(number.Value) && number <= MostGpus), Texts.CalibrationBadNumber, column);
        return number <= MostGpus ? (int?)number : null;
    }

    private string Text(string column) => csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount ? csv.GetString(index) ?? "" : "";
}
