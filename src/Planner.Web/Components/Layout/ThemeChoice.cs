namespace Planner.Web.Components.Layout;

/// <summary>The reader's theme as the server knows it, so that the first paint is already right; without a choice the operating system decides.</summary>
/// <param name="Attribute">Value of <c>data-theme</c>; null where the operating system decides.</param>
/// <param name="LightMedia">Media query of the light style sheet.</param>
/// <param name="DarkMedia">Media query of the dark style sheet.</param>
public sealed record ThemeChoice(string? Attribute, string LightMedia, string DarkMedia)
{
    /// <summary>Name of the cookie that shell.ts writes.</summary>
    public const string CookieName = "planner-theme";

    public static ThemeChoice FromCookie(string? value) => value switch
    {
        "light" => new("light", "all", "not all"),
        "dark" => new("dark", "not all", "all"),
        _ => new(null, "not all and (prefers-color-scheme: dark)", "(prefers-color-scheme: dark)"),
    };
}
