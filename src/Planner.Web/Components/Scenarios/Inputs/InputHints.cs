using System.Globalization;
using System.Text.RegularExpressions;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>What each input means, in one line below its box. The texts are found by the input's path, so that a field cannot be added without one (a test walks them).</summary>
internal static partial class InputHints
{
    /// <summary>The explanation of an input; null where it has none.</summary>
    /// <param name="path">Its path in the document; places in lists do not matter, nor what stands before a price sheet.</param>
    public static string? Of(string path)
    {
        var plain = Place().Replace(path, "");
        var sheet = plain.IndexOf(".price.", StringComparison.Ordinal);
        var key = sheet > 0 ? plain[(sheet + 1)..] : plain;
        return InputsTexts.ResourceManager.GetString("Hint_" + key.Replace('.', '_'), CultureInfo.CurrentUICulture)
            ?? InputsTexts.ResourceManager.GetString("Hint_" + key.Replace(".tiers.", ".", StringComparison.Ordinal).Replace('.', '_'), CultureInfo.CurrentUICulture);
    }

    [GeneratedRegex(@"\[\d{1,4}\]")]
    private static partial Regex Place();
}
