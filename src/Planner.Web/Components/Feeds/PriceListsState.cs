using Planner.Web.Components.Shared;


namespace Planner.Web.Components.Feeds;

/// <summary>Whose next file the page takes. It is the page's address.</summary>
/// <param name="ListId">The list; null for a new one.</param>
public sealed record PriceListsState(string? ListId)
{
    public const string Path = "/feeds/lists";

    public static PriceListsState Read(Uri address) => new(new QueryText(address).Text("list"));

    public string Write() => QueryText.Write(Path, ("list", ListId));
}
