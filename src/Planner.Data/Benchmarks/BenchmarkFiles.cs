using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace Planner.Data.Benchmarks;

/// <summary>A benchmark file that was read to its end.</summary>
/// <param name="Sha256">SHA-256 of its content as 64 hex digits.</param>
/// <param name="Reading">What it holds.</param>
public sealed record BenchmarkFile(string Sha256, BenchmarkReading Reading);

/// <summary>Reads files of benchmark tools. Which tool wrote one is seen from its content, never from its name, and nothing in it is trusted.</summary>
public static class BenchmarkFiles
{
    /// <summary>Largest file that is read, bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Most runs that are read from one file.</summary>
    public const int MostRuns = 20_000;

    private const int MaxDepth = 64;

    /// <summary>Reads a file. One that is too large is refused without being read to its end.</summary>
    public static async Task<BenchmarkFile> ReadAsync(Stream file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (content.Length + read > MaxBytes)
                return new BenchmarkFile("", BenchmarkReading.Refuse(BenchmarkTexts.TooLarge.With(MaxBytes / (1024 * 1024))));
            content.Write(buffer, 0, read);
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        return new BenchmarkFile(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), Read(bytes));
    }

    /// <summary>Reads a file's content.</summary>
    /// <param name="file">The whole file, UTF-8, with or without a byte order mark.</param>
    public static BenchmarkReading Read(ReadOnlyMemory<byte> file)
    {
        if (file.Span.StartsWith("\uFEFF"u8))
            file = file[3..];
        if (!Utf8.IsValid(file.Span))
            return BenchmarkReading.Refuse(BenchmarkTexts.NotUtf8);
        var start = file.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            return BenchmarkReading.Refuse(BenchmarkTexts.Empty);
        try
        {
            return start[0] is (byte)'{' or (byte)'[' ? ReadJson(PythonJson.QuoteNonNumbers(file)) : BenchmarkCsv.Read(file, MostRuns) ?? UnknownTool;
        }
        catch (JsonException exception)
        {
            return BenchmarkReading.Refuse(BenchmarkTexts.NotJson.With(exception.LineNumber + 1));
        }
    }

    private static BenchmarkReading UnknownTool => BenchmarkReading.Refuse(BenchmarkTexts.UnknownTool);

    private static BenchmarkReading ReadJson(ReadOnlyMemory<byte> file)
    {
        var json = new Utf8JsonReader(file.Span, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = MaxDepth });
        var objects = new List<FlatObject>();
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.StartObject)
                objects.Add(FlatObject.Read(ref json, "benchmarks"));
            else if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                return UnknownTool;
            if (objects.Sum(found => Math.Max(1, found.Items.Count)) > MostRuns)
                return BenchmarkReading.Refuse(BenchmarkTexts.TooManyRuns.With(MostRuns));
        }

        if (objects.Exists(VllmRuns.IsRun))
            return Collect(BenchmarkTools.Vllm, objects.Select((run, i) => VllmRuns.IsRun(run) ? VllmRuns.Read(run, i + 1) : (null, new RowFault(i + 1, "", BenchmarkTexts.NotARun))));
        if (objects.Exists(GuideLlmRuns.IsReport))
            return Collect(BenchmarkTools.GuideLlm, objects.SelectMany(root => root.Items.Select(item => (root, item))).Select((pair, i) => GuideLlmRuns.Read(pair.root, pair.item, i + 1)));
        return UnknownTool;
    }

    private static BenchmarkReading Collect(string tool, IEnumerable<(BenchmarkRun? Run, RowFault? Fault)> rows)
    {
        var read = rows.ToList();
        return new BenchmarkReading(null, tool, [.. read.Select(row => row.Run).OfType<BenchmarkRun>()], [.. read.Select(row => row.Fault).OfType<RowFault>()]);
    }
}
