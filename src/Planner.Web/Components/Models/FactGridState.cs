using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>What the page shows: which of its lists, its filters, and the row that is open. It is the page's address.</summary>
public sealed record FactGridState : GridState
{
    public const string Path = "/models";

    public const string GpuTab = "gpus";

    public const string EngineTab = "engines";

    /// <summary>The list: null for models, or one of the tabs.</summary>
    public string? Tab { get; init; }

    /// <summary>True where something narrows the list.</summary>
    public bool IsFiltered => Search is not null || Yours;

    public static FactGridState Read(Uri address)
    {
        var query = new QueryText(address);
        return new()
        {
            Tab = query.Text("tab") is GpuTab or EngineTab ? query.Text("tab") : null,
            Search = query.Text("q"),
            Yours = query.Flag("yours"),
            Retired = query.Flag("retired"),
            Row = query.Text("row"),
        };
    }

    public string Write() => QueryText.Write(
        Path, ("tab", Tab), ("q", Search), ("yours", QueryText.Write(Yours)), ("retired", QueryText.Write(Retired)), ("row", Row));
}
