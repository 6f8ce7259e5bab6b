using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Planner.Domain;

namespace Planner.Web.Api;

/// <summary>What every list takes. Methods that read it add the faults they find.</summary>
/// <param name="Search">Words that must all occur.</param>
/// <param name="Sort">Column to sort by.</param>
/// <param name="Descending">Falling order; false where it is left out.</param>
/// <param name="Skip">Entries to leave out at the front; 0 where it is left out.</param>
/// <param name="Take">Entries to give, 1 to 500; 50 where it is left out.</param>
public sealed record PageQuery(
    [FromQuery(Name = "search")] string? Search,
    [FromQuery(Name = "sort")] string? Sort,
    [FromQuery(Name = "descending")] QueryValue<bool>? Descending,
    [FromQuery(Name = "skip")] QueryValue<int>? Skip,
    [FromQuery(Name = "take")] QueryValue<int>? Take)
{
    private const int MostTaken = 500;
    private const int LongestSearch = 200;

    private readonly List<Problem> _problems = [];

    /// <summary>Faults found so far.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    public string? ReadSearch()
    {
        if (Search?.Length > LongestSearch)
            _problems.Add(new Problem("search", ApiTexts.TooLong.With(LongestSearch)));
        return Search;
    }

    public int ReadSkip() => Number("skip", Skip, 0, 0, int.MaxValue);

    public int ReadTake() => Number("take", Take, 50, 1, MostTaken);

    public bool ReadDescending() => ReadFlag("descending", Descending);

    public bool ReadFlag(string name, QueryValue<bool>? flag)
    {
        if (flag is { IsReadable: false })
            _problems.Add(new Problem(name, ApiTexts.TrueOrFalse));
        return flag?.Value ?? false;
    }

    /// <summary>A day as yyyy-MM-dd; null where it is left out.</summary>
    public DateOnly? ReadDay(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        _problems.Add(new Problem(name, ApiTexts.Day));
        return null;
    }

    /// <summary>The column by its name, whatever its case.</summary>
    public TColumn ReadSort<TColumn>(TColumn otherwise) where TColumn : struct, Enum
    {
        if (Sort is null)
            return otherwise;
        var names = Enum.GetNames<TColumn>();
        if (names.FirstOrDefault(name => name.Equals(Sort, StringComparison.OrdinalIgnoreCase)) is { } found)
            return Enum.Parse<TColumn>(found);
        _problems.Add(new Problem("sort", ApiTexts.OneOf.With(string.Join(", ", names.Select(name => char.ToLowerInvariant(name[0]) + name[1..])))));
        return otherwise;
    }

    private int Number(string name, QueryValue<int>? number, int otherwise, int lowest, int highest)
    {
        if (number is not { } given)
            return otherwise;
        if (given.IsReadable && given.Value >= lowest && given.Value <= highest)
            return given.Value;
        _problems.Add(new Problem(name, ApiTexts.WholeNumber.With(lowest, highest)));
        return otherwise;
    }
}
