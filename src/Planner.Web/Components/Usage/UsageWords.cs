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
        UsageFault.NoTime => UsageTexts.FaultNoTime,
        UsageFault.ImpossibleTime => UsageTexts.FaultImpossibleTime,
        UsageFault.NoNumber => UsageTexts.FaultNoNumber,
        UsageFault.Negative => UsageTexts.FaultNegative,
        UsageFault.Absurd => UsageTexts.FaultAbsurd,
        UsageFault.CacheAboveInput => UsageTexts.FaultCacheAboveInput,
        UsageFault.OtherCurrency => UsageTexts.FaultOtherCurrency,
        UsageFault.NothingCounted => UsageTexts.FaultNothingCounted,
        UsageFault.NotUsage => UsageTexts.FaultNotUsage,
        UsageFault.UnclearMark => UsageTexts.FaultUnclearMark,
        null => UsageTexts.FaultCells,
        _ => UsageTexts.FaultOther,
    };

    /// <summary>"3 rows (2, 7, 9): no time that can be read".</summary>
    public static string Of(UsageSkipped skipped)
    {
        ArgumentNullException.ThrowIfNull(skipped);
        var count = skipped.Fault is null ? Counted(skipped.Count, UsageTexts.LinesOne, UsageTexts.LinesMany) : Rows(skipped.Count);
        var rows = string.Join(", ", skipped.Rows.Select(row => Format.Number(row))) + (skipped.Count > skipped.Rows.Count ? ", …" : "");
        return skipped.Rows.Count == 0 ? UsageTexts.SkippedOf.With(count, Of(skipped.Fault)) : UsageTexts.SkippedWhich.With(count, rows, Of(skipped.Fault));
    }

    /// <summary>What a database of logs holds.</summary>
    public static string Of(UsageDatabaseKind? kind) => kind switch
    {
        UsageDatabaseKind.LiteLlmPostgres => UsageTexts.DatabaseLiteLlm,
        UsageDatabaseKind.LangfuseClickHouse => UsageTexts.DatabaseLangfuse,
        UsageDatabaseKind.HeliconeClickHouse => UsageTexts.DatabaseHelicone,
        _ => UsageTexts.DatabaseUnknown,
    };

    /// <summary>"1 row", "1,200 rows".</summary>
    public static string Rows(long count) => Counted(count, UsageTexts.RowsOne, UsageTexts.RowsMany);

    /// <summary>A count in one text of two, each with a place for it.</summary>
    public static string Counted(long count, string one, string many) => (count == 1 ? one : many).With(Format.Number(count));

    /// <summary>"2026-11-02 to 2026-11-03".</summary>
    public static string Span(DateTime fromUtc, DateTime toUtc) =>
        // A day ends at the midnight that the next one begins with.
        UsageTexts.Span.With(Format.Day(DateOnly.FromDateTime(fromUtc)), Format.Day(DateOnly.FromDateTime(toUtc.AddTicks(-1))));

    /// <summary>"openai · gpt-4o"; a model without a name is one that no row names. A name that no page could hold is cut.</summary>
    public static string Model(string? seller, string model) => (seller, model) switch
    {
        (_, "") => seller is null ? UsageTexts.ModelNotNamed : UsageTexts.ModelOfSellerNotNamed.With(Cut(seller)),
        (null, _) => Cut(model),
        _ => $"{Cut(seller)} · {Cut(model)}",
    };

    private static string Cut(string name) => name.Length <= LongestName ? name : $"{name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)]}…";
}
