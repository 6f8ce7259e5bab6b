namespace Planner.Web.Components.Palette;

/// <summary>Something that the palette leads to.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Href">Where it is.</param>
internal sealed record PaletteEntry(string Name, string Href);
