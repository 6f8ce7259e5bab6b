namespace Planner.Web.Hosting;

/// <summary>Settings as text.</summary>
internal static class SettingText
{
    /// <summary>The text without blanks around it; null where there is none.</summary>
    internal static string? Of(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
