using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Planner.Web.Components.Layout;

/// <summary>A link of the navigation. It is marked on the pages below its own and on those that it is the way to.</summary>
public sealed class NavigationLink : NavLink
{
    /// <summary>First parts of the paths of further pages, such as "/glossary".</summary>
    [Parameter]
    public IReadOnlyList<string> Also { get; set; } = [];

    /// <inheritdoc/>
    protected override bool ShouldMatch(string uriAbsolute) =>
        base.ShouldMatch(uriAbsolute) || Also.Contains($"/{new Uri(uriAbsolute).AbsolutePath.Split('/')[1]}");
}
