using System.Globalization;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>A request as every store of logs is given it.</summary>
internal sealed record LoggedRequest(
    int Number, DateTime Start, long DurationMs, long? TtftMs, string Seller, string Model, long Input, long CacheRead, long CacheWrite, long Output, decimal Cost, bool Failed)
{
    internal const string CsvHead = "request_id,startTime,endTime,completionStartTime,custom_llm_provider,model,prompt_tokens,cache_read,cache_write,completion_tokens,spend,status";

    private static readonly (string Seller, string Model)[] Models = [("openai", "gpt-4o"), ("openai", "Gpt-4o-mini"), ("anthropic", "claude-sonnet"), ("vertex_ai", "gemini-flash"), ("openai", "ärger-1"), ("azure", "_odd-name")];

    internal DateTime End => Start.AddMilliseconds(DurationMs);

    internal DateTime? First => TtftMs is { } ttft ? Start.AddMilliseconds(ttft) : null;

    internal string Id => $"req-{Number}";

    /// <summary>Requests of some weeks before December 2026, with lengths at and beside powers of two, costs to the nanodollar and now and then a failure.</summary>
    /// <param name="count">How many.</param>
    /// <param name="unitMs">What times are whole multiples of, milliseconds.</param>
    internal static IEnumerable<LoggedRequest> Some(int count, int unitMs = 1)
    {
        var chance = new Random(7);
        var from = new DateTime(2026, 10, 12, 0, 0, 0, DateTimeKind.Unspecified);
        for (var number = 0; number < count; number++)
        {
            var (seller, model) = Models[chance.Next(Models.Length)];
            var failed = chance.Next(50) == 0;
            var start = from.AddMilliseconds(chance.NextInt64(40L * 86_400_000 / unitMs) * unitMs);
            var input = failed ? 0 : chance.Next(3) == 0 ? (1L << chance.Next(18)) + chance.Next(-1, 2) : chance.Next(0, 20_000);
            var read = chance.Next(4) == 0 ? chance.NextInt64(input + 1) : 0;
            var written = chance.Next(9) == 0 ? chance.NextInt64(input - read + 1) : 0;
            var duration = chance.Next(1, 60_000 / unitMs) * (long)unitMs;
            yield return new LoggedRequest(
                number, start, duration, failed || chance.Next(3) == 0 ? null : chance.NextInt64(duration / unitMs) * unitMs, seller, model, input, read, written, failed ? 0 : chance.Next(0, 3000),
                failed ? 0 : chance.NextInt64(900_000_000) / 1_000_000_000m, failed);
        }
    }

    internal string ToCsv() => string.Create(
        CultureInfo.InvariantCulture, $"{Id},{Text(Start)},{Text(End)},{(First is { } first ? Text(first) : "")},{Seller},{Model},{Input},{CacheRead},{CacheWrite},{Output},{Cost},{(Failed ? "failure" : "success")}");

    internal static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
