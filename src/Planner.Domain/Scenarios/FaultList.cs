using System.Globalization;
using System.Runtime.CompilerServices;
using Planner.Domain.Loads;

namespace Planner.Domain.Scenarios;

/// <summary>Collects faults while rules are checked.</summary>
internal sealed class FaultList
{
    private readonly List<Problem> _faults = [];

    public IReadOnlyList<Problem> All => _faults;

    public void Add(string path, string message) => _faults.Add(new Problem(path, message));

    public void Required(FieldPath path, decimal? value)
    {
        if (value is null)
            Add(path.ToString(), Texts.Required);
    }

    public void Between(FieldPath path, decimal? value, decimal low, decimal high)
    {
        if (value < low || value > high)
            Add(path.ToString(), Texts.Between.With(low, high >= 1_000_000 ? high.ToString("#,0", CultureInfo.CurrentCulture) : high));
    }

    public void Above(FieldPath path, decimal? value, decimal low, decimal high)
    {
        if (value <= low || value > high)
            Add(path.ToString(), Texts.Above.With(low, high >= 1_000_000 ? high.ToString("#,0", CultureInfo.CurrentCulture) : high));
    }

    public void Name(FieldPath path, string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            Add(path.ToString(), Texts.Required);
        else if (name.Length > 200)
            Add(path.ToString(), Texts.TooLong.With(200));
    }

    /// <summary>Hours of the week, 0 to 167, each at most once; null is no fault.</summary>
    public void HoursOfWeek(FieldPath path, IReadOnlyList<int>? hours)
    {
        if (hours is not null && (hours.Any(hour => hour is < 0 or >= LoadWeek.Hours) || hours.Distinct().Count() != hours.Count))
            Add(path.ToString(), Texts.WeekHours);
    }

    public void OneOf(FieldPath path, string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is null || !allowed.Contains(value))
            Add(path.ToString(), Texts.OneOf.With(string.Join(", ", allowed.ToArray())));
    }

    public void OneOf(FieldPath path, string? value, IReadOnlyList<string> allowed)
    {
        if (value is null || !allowed.Contains(value))
            Add(path.ToString(), Texts.OneOf.With(string.Join(", ", allowed)));
    }
}

/// <summary>The path of a field, put together only where it has a fault: every evaluation checks all fields, and nearly all are sound.</summary>
[InterpolatedStringHandler]
internal ref struct FieldPath
{
    private Pieces _pieces;
    private int _count;

    public FieldPath(int literalLength, int formattedCount)
    {
    }

    public static implicit operator FieldPath(string path)
    {
        var whole = new FieldPath(0, 0);
        whole.AppendLiteral(path);
        return whole;
    }

    public void AppendLiteral(string piece) => _pieces[_count++] = piece;

    public void AppendFormatted(string piece) => AppendLiteral(piece);

    public void AppendFormatted(int index) => AppendLiteral(index.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => string.Concat(_pieces[.._count]);

    /// <summary>As many as the longest path of the document needs.</summary>
    [InlineArray(8)]
    private struct Pieces
    {
        private string? _first;
    }
}
