using System.Globalization;
using CsvHelper;
using Planner.Domain.Capacity;

namespace Planner.Data.Benchmarks;

/// <summary>
/// A table of runs with a head line. Needed are <c>input_len</c>, <c>output_len</c> and <c>output_tok_s</c> or <c>total_tok_s</c>; the others may be missing or
/// empty, and columns that are not known are left alone. A time says its unit in the column's name and nowhere else.
/// </summary>
public static class BenchmarkCsv
{
    /// <summary>How tables of benchmarks are read.</summary>
    internal static CsvReaderOptions Options { get; } = new() { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1_000_000, MalformedData = CsvMalformedDataHandling.Throw };

    private static readonly (string Column, double PerSecond)[] TtftColumns = [("ttft_ms", 1_000), ("ttft_s", 1)];
    private static readonly (string Column, double PerSecond)[] ItlColumns = [("itl_ms", 1_000), ("tpot_ms", 1_000), ("itl_s", 1), ("tpot_s", 1)];

    private static readonly string[] NeededColumns = ["input_len", "output_len"];

    /// <summary>All columns that are read.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "model", "precision", "kv_precision", "engine", "gpu", "tp", "pp", "dp", "input_len", "output_len", "concurrency", "request_rate", "output_tok_s", "total_tok_s",
        .. TtftColumns.Select(column => column.Column), .. ItlColumns.Select(column => column.Column), "date", "source_date", "source", "kind", "replicas",
    ];

    /// <summary>Reads a table.</summary>
    /// <returns>Its runs; null where no column is known, so that it is a table of something else.</returns>
    internal static BenchmarkReading? Read(ReadOnlyMemory<byte> file, int mostRuns)
    {
        using var csv = CsvReader.Create(file, Options);
        try
        {
            csv.ReadHeader();
            return Columns.Any(column => csv.TryGetFieldIndex(column, out _)) ? Refusal(csv) ?? ReadRows(csv, mostRuns) : null;
        }
        catch (CsvFormatException exception)
        {
            return BenchmarkReading.Refuse(BenchmarkTexts.NotCsv.With(exception.LineNumber));
        }
    }

    private static BenchmarkReading? Refusal(CsvReader csv)
    {
        var twice = Columns.FirstOrDefault(column => csv.TryGetFieldIndex(column, 1, out _));
        if (twice is not null)
            return BenchmarkReading.Refuse(BenchmarkTexts.ColumnTwice.With(twice));
        var missing = NeededColumns.Where(column => !csv.TryGetFieldIndex(column, out _)).ToList();
        if (!csv.TryGetFieldIndex("output_tok_s", out _) && !csv.TryGetFieldIndex("total_tok_s", out _))
            missing.Add("output_tok_s");
        return missing.Count > 0 ? BenchmarkReading.Refuse(BenchmarkTexts.ColumnsMissing.With(string.Join(", ", missing))) : null;
    }

    private static BenchmarkReading ReadRows(CsvReader csv, int mostRuns)
    {
        var runs = new List<BenchmarkRun>();
        var faults = new List<RowFault>();
        while (csv.Read())
        {
            if (runs.Count + faults.Count == mostRuns)
                return BenchmarkReading.Refuse(BenchmarkTexts.TooManyRuns.With(mostRuns));
            var (run, fault) = new Row(csv).Read();
            if (fault is not null)
                faults.Add(fault);
            else
                runs.Add(run!);
        }

        return new BenchmarkReading(null, BenchmarkTools.Csv, runs, faults);
    }

    private sealed class Row(CsvReader csv)
    {
        private readonly PointDraft _draft = new((int)csv.LineNumber);

        internal (BenchmarkRun? Run, RowFault? Fault) Read()
        {
            if (csv.FieldCount != csv.Headers.Count)
                _draft.Refuse("", BenchmarkTexts.RowLength.With(csv.FieldCount, csv.Headers.Count));
            if (Text("kind") is { } kind and not ("concurrency" or "saturated" or "rate"))
                _draft.Refuse("kind", BenchmarkTexts.LoadNotSteady.With(kind));
            if (Number("replicas") is { } replicas && replicas != 1)
                _draft.Refuse("replicas", BenchmarkTexts.NotOneReplica);
            var input = _draft.Tokens("input_len", Number("input_len"));
            var output = _draft.Tokens("output_len", Number("output_len"));
            var rate = _draft.RateOrNone("request_rate", Number("request_rate"));
            var concurrency = _draft.Concurrency("concurrency", Number("concurrency"));
            var point = new BenchmarkPoint(
                input, output, rate is null ? concurrency : null, rate, OutputRate(input, output), Seconds(TtftColumns), Seconds(ItlColumns));
            return (_draft.ToRun(Words(), point, Day(), Note()), _draft.Fault);
        }

        private DeploymentWords Words() => new()
        {
            Model = Text("model"),
            Precision = Text("precision") is { } given ? DeploymentNames.Precision(given) ?? given : DeploymentNames.Precision(Text("model")),
            KvPrecision = Text("kv_precision"),
            Engine = Text("engine"),
            Gpu = Text("gpu"),
            TensorParallel = DeploymentNames.Ways(Text("tp")),
            PipelineParallel = DeploymentNames.Ways(Text("pp")),
            DataParallel = DeploymentNames.Ways(Text("dp")),
        };

        /// <summary>The generated tokens' part of all tokens, where only those were counted.</summary>
        private double OutputRate(double input, double output) =>
            Text("output_tok_s") is null && Text("total_tok_s") is not null
                ? _draft.Rate("total_tok_s", Number("total_tok_s")) * output / (input + output)
                : _draft.Rate("output_tok_s", Number("output_tok_s"));

        private double? Seconds((string Column, double PerSecond)[] among)
        {
            double? first = null;
            foreach (var (column, perSecond) in among)
            {
                if (_draft.Seconds(column, Number(column), perSecond) is not { } seconds)
                    continue;
                if (first is { } other && Math.Abs(seconds / other - 1) > 0.01)
                    _draft.Refuse(column, BenchmarkTexts.TimesDiffer);
                first ??= seconds;
            }

            return first;
        }

        private DateOnly? Day()
        {
            var day = VllmRuns.Day(Text("date"));
            if (day is null && Text("date") is not null)
                _draft.Refuse("date", BenchmarkTexts.DayForm);
            return day ?? VllmRuns.Day(Text("source_date"));
        }

        /// <summary>The source; with its date where that is a month or a year only.</summary>
        private string? Note() => VllmRuns.Join([Text("source"), VllmRuns.Day(Text("source_date")) is null ? Text("source_date") : null]);

        private string? Text(string column) =>
            csv.TryGetFieldIndex(column, out var index) && index < csv.FieldCount && csv.GetString(index) is { Length: > 0 } text ? text : null;

        private double? Number(string column) =>
            Text(column) is not { } text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : double.NaN;
    }
}
