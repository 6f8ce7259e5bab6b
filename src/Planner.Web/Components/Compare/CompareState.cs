using Microsoft.AspNetCore.WebUtilities;
using Planner.Web.Comparisons;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Compare;

/// <summary>What the page shows. It is the page's address.</summary>
/// <param name="With">What stands side by side, as the address names it; what cannot be read is kept, so that the page can say so.</param>
/// <param name="Base">Place of the one that the others are held against, from 0.</param>
/// <param name="OnlyDifferences">True to leave out rows in which all are alike.</param>
public sealed record CompareState(IReadOnlyList<string> With, int Base, bool OnlyDifferences)
{
    public const string Path = "/compare";

    public static CompareState Read(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var query = new QueryText(address);
        return new(NamedIn(address), query.Page("base") - 1, query.Flag("differences"));
    }

    /// <summary>What an address names.</summary>
    public static IReadOnlyList<string> NamedIn(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return QueryHelpers.ParseQuery(address.Query).TryGetValue("with", out var named) ? [.. named.OfType<string>().Where(name => name.Length > 0)] : [];
    }

    /// <summary>The address that compares scenarios at their current versions.</summary>
    public static string Of(IEnumerable<string> ids) => ScenarioPick.Address(Path, ids.Select(id => new ScenarioPick(id)));

    public string Write() => ScenarioPick.Address(
        Path, With.Select(name => ScenarioPick.Read(name) ?? new ScenarioPick(name)), ("base", Base > 0 ? $"{Base + 1}" : null), ("differences", QueryText.Write(OnlyDifferences)));

    public bool Equals(CompareState? other) => other is not null && Base == other.Base && OnlyDifferences == other.OnlyDifferences && With.SequenceEqual(other.With);

    public override int GetHashCode() => HashCode.Combine(Base, OnlyDifferences, With.Count, With.Count > 0 ? With[0] : "");
}
