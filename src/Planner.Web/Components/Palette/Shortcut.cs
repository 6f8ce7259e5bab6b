using Planner.Web.Components.Layout;

namespace Planner.Web.Components.Palette;

/// <summary>A key, or several, and what it does: the one list that the script, the palette and the help read.</summary>
/// <param name="Command">Address of a page, <c>palette</c> or <c>help</c>, or the <c>data-command</c> of the button that is pressed where a page has one.</param>
/// <param name="Keys">Such as <c>mod+s</c>, where mod is Ctrl, or Cmd on a Mac; keys with a space between them are pressed one after another.</param>
/// <param name="Name">What it does.</param>
internal sealed record Shortcut(string Command, string Keys, string Name)
{
    /// <summary>Those of the palette, the help and the scenario page; then those that lead to pages.</summary>
    /// <param name="pages">The pages that the reader is offered.</param>
    public static IReadOnlyList<Shortcut> All(IEnumerable<NavigationItem> pages) =>
    [
        new("palette", "mod+k", PaletteTexts.Open),
        new("help", "?", PaletteTexts.Help),
        new("save", "mod+s", PaletteTexts.Save),
        new("undo", "mod+z", PaletteTexts.Undo),
        new("redo", "mod+shift+z", PaletteTexts.Redo),
        .. pages.Where(page => KeysOf(page.Href) is not null).Select(page => new Shortcut(page.Href, KeysOf(page.Href)!, PaletteTexts.GoTo.With(page.Label))),
    ];

    private static string? KeysOf(string href) => href switch
    {
        "/" => "g o",
        "/scenarios" => "g s",
        "/compare" => "g c",
        "/usage" => "g u",
        "/prices" => "g p",
        "/instances" => "g i",
        "/models" => "g m",
        "/feeds" => "g f",
        "/alerts" => "g a",
        _ => null,
    };
}
