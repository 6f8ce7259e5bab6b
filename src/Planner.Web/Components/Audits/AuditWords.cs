namespace Planner.Web.Components.Audits;

/// <summary>Actions of the audit log in words: "scenario.saved" is "Scenario saved".</summary>
internal static class AuditWords
{
    /// <summary>What it is done to, such as "Price list".</summary>
    internal static string Thing(string thing) => AuditsTexts.ResourceManager.GetString($"Thing_{thing}", AuditsTexts.Culture) ?? thing;

    /// <summary>What was done, such as "Price list removed".</summary>
    internal static string Said(string action) => AuditsTexts.ResourceManager.GetString($"Said_{action.Replace('.', '_')}", AuditsTexts.Culture) ?? action;
}
