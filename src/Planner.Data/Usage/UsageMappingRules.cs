using Planner.Domain;

namespace Planner.Data.Usage;

/// <summary>What a mapping must say before rows can be counted.</summary>
internal static class UsageMappingRules
{
    /// <summary>Faults of a mapping; paths are its members in camel case.</summary>
    internal static IReadOnlyList<Problem> Check(UsageMapping mapping)
    {
        var problems = new List<Problem>();
        if (mapping.Start is null)
            problems.Add(new Problem("start", UsageTexts.StartMissing));
        if (mapping.Input is null && mapping.Output is null && mapping.Cost is null)
            problems.Add(new Problem("input", UsageTexts.TokensMissing));
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(mapping.TimeZone, out _))
            problems.Add(new Problem("timeZone", UsageTexts.TimeZoneUnknown.With(mapping.TimeZone)));
        return problems;
    }

    /// <summary>Columns that a mapping names and a file has not.</summary>
    internal static IReadOnlyList<Problem> Missing(UsageMapping mapping, IReadOnlyList<string> columns) =>
        [.. mapping.Columns.Except(columns, StringComparer.Ordinal).Select(column => new Problem("", UsageTexts.ColumnMissing.With(column)))];
}
