using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>Which of comma and dot stands before the decimals of a table, told from all of its numbers.</summary>
internal static class UsageMarks
{
    /// <summary>A query that counts the numbers that can only have a comma before their decimals, and those that can only have a dot.</summary>
    /// <param name="rows">What stands after FROM: columns of texts.</param>
    /// <param name="mapping">What the columns mean.</param>
    internal static string Of(string rows, UsageMapping mapping)
    {
        var cells = UsageSelect.Counts(mapping).Concat(mapping.Cost is { } cost ? [cost] : []).Select(column => $"replace(trim({Sql.Name(column)}), '$', '')");
        return $"SELECT count(*) FILTER (regexp_full_match(cell, {Form(",", "\\.")})), count(*) FILTER (regexp_full_match(cell, {Form("\\.", ",")})) FROM (SELECT unnest([{string.Join(", ", cells)}]) AS cell FROM {rows})";
    }

    /// <summary>The answer to <see cref="Of"/>: true for a comma, false for a dot, null where nothing tells or some tell this and some that.</summary>
    internal static bool? Decided(long commas, long dots) => (commas, dots) switch { ( > 0, 0) => true, (0, > 0) => false, _ => null };

    /// <summary>Numbers that have other than three digits behind the mark, a zero or more than three digits before it, or the other mark between thousands; or many of the other mark.</summary>
    private static string Form(string mark, string other) =>
        Sql.Text($@"[+-]?(\d*{mark}(\d{{1,2}}|\d{{4,}})|(0|\d{{4,}}){mark}\d*|\d{{1,3}}({other}\d{{3}})+{mark}\d*|\d{{1,3}}({other}\d{{3}}){{2,}})");
}
