using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;

namespace Planner.Web.Api;

/// <summary>Answers that edits of the catalog have in common.</summary>
internal static class CatalogOutcomes
{
    /// <summary>The problem document of an edit that changed nothing; null where it was saved.</summary>
    public static ProblemHttpResult? Refusal(this SaveOutcome outcome, string unknown) => outcome switch
    {
        SaveOutcome.Saved => null,
        SaveOutcome.Conflict conflict => Problems.Conflict(conflict.CurrentVersion),
        SaveOutcome.Invalid invalid => Problems.Invalid(invalid.Problems),
        _ => Problems.NotFound(unknown),
    };

    /// <summary>The fault of a body that names another key than its address; null where it names the same or none.</summary>
    public static ProblemHttpResult? OtherKey(string? bodyKey, string key) =>
        string.IsNullOrWhiteSpace(bodyKey) || bodyKey == key ? null : Problems.Invalid("key", ApiTexts.KeyFixed.With(key));
}
