using System.Globalization;
using Planner.Data.Usage;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>Usage in words.</summary>
public static class UsageWords
{
    private const int LongestName = 80;

    /// <summary>Why rows were left out.</summary>
    public static string Of(UsageFault? fault) => fault switch
    {
        UsageFault.NoTime => "no time that can be read",
        UsageFault.ImpossibleTime => "a time before 2015 or in the future",
        UsageFault.NoNumber => "a count or a cost that is no number",
        UsageFault.Negative => "a count or a cost below 0",
        UsageFault.Absurd => "more than a request, or a sum, can have",
        UsageFault.CacheAboveInput => "more tokens from the cache than in the prompt: see whether cached tokens are counted in",
        UsageFault.OtherCurrency => "a cost in another currency than USD",
        UsageFault.NothingCounted => "nothing that counts",
        UsageFault.NotUsage => "no usage of a model, such as a span that holds others or an answer from a gateway's own cache",
        UsageFault.UnclearMark => "a part of a token, or a number whose comma or dot may part decimals or thousands: say how numbers are written",
        null => "cells that cannot be read, more than 2 MB, or not as many as the head line has",
        _ => "another fault",
    };

    /// <summary>"3 rows (2, 7, 9): no time that can be read".</summary>
    public static string Of(UsageSkipped skipped)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        var rows = skipped.Rows.Count == 0 ? "" : $" ({string.Join(", ", skipped.Rows.Select(row => Format.Number(row)))}{(skipped.Count > skipped.Rows.Count ? ", …" : "")})";
        return $"{Counted(skipped.Count, skipped.Fault is null ? "line" : "row")}{rows}: {Of(skipped.Fault)}";
    }

    /// <summary>What a database of logs holds.</summary>
    public static string Of(UsageDatabaseKind? kind) => kind switch
    {
        UsageDatabaseKind.LiteLlmPostgres => "LiteLLM's spend logs in PostgreSQL",
        UsageDatabaseKind.LangfuseClickHouse => "Langfuse's observations in ClickHouse",
        UsageDatabaseKind.HeliconeClickHouse => "Helicone's requests in ClickHouse",
        _ => "not configured rightly",
    };

    /// <summary>"1 row", "1,200 rows".</summary>
    public static string Counted(long count, string thing) => $"{Format.Number(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>A file's length: "12 KB", "3.4 MB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => $"{Math.Ceiling(bytes / 1000.0).ToString("#,0", CultureInfo.CurrentCulture)} KB",
        < 1_000_000_000 => $"{(bytes / 1e6).ToString("0.#", CultureInfo.CurrentCulture)} MB",
        _ => $"{(bytes / 1e9).ToString("0.##", CultureInfo.CurrentCulture)} GB",
    };

    /// <summary>"2026-11-02 to 2026-11-03".</summary>
    public static string Span(DateTime fromUtc, DateTime toUtc) =>
        // A day ends at the midnight that the next one begins with.
        $"{Format.Day(DateOnly.FromDateTime(fromUtc))} to {Format.Day(DateOnly.FromDateTime(toUtc.AddTicks(-1)))}";

    /// <summary>"openai · gpt-4o"; a model without a name is one that no row names. A name that no page could hold is cut.</summary>
    public static string Model(string? seller, string model) => (seller, model) switch
    {
        (_, "") => seller is null ? "not named" : $"{Cut(seller)} · not named",
        (null, _) => Cut(model),
        _ => $"{Cut(seller)} · {Cut(model)}",
    };

    private static string Cut(string name) => name.Length <= LongestName ? name : $"{name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)]}…";
}
