using Planner.Web.Comparisons;
using Planner.Web.Components.Compare;

namespace Planner.Web.Components.Portfolios;

/// <summary>What the page adds up. It is the page's address.</summary>
/// <param name="With">The scenarios, as the address names them; empty for all.</param>
public sealed record PortfolioState(IReadOnlyList<string> With)
{
    public static PortfolioState Read(Uri address) => new(CompareState.NamedIn(address));

    public string Write() => ScenarioPick.Address(PortfolioAddress.Page, With.Select(name => ScenarioPick.Read(name) ?? new ScenarioPick(name)));

    public bool Equals(PortfolioState? other) => other is not null && With.SequenceEqual(other.With);

    public override int GetHashCode() => HashCode.Combine(With.Count, With.Count > 0 ? With[0] : "");
}
