using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Share;

/// <summary>What a link shows.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Stamp">Which state of the scenario it is, in words.</param>
/// <param name="Stored">That state.</param>
public sealed record SharedScenario(AnswerModel Answer, string Stamp, StoredScenario Stored);

/// <summary>Opens links. Safe to share.</summary>
public sealed class SharedScenarios(ShareLinkStore links, ScenarioStore scenarios, CurrentReach reach)
{
    /// <summary>What a token opens.</summary>
    /// <param name="token">The secret part of the address.</param>
    /// <param name="countView">True where this is a visit.</param>
    /// <returns>What it shows; null where it is unknown or revoked, or the scenario was deleted.</returns>
    public async Task<SharedScenario?> OpenAsync(string token, bool countView)
    {
        if (await links.ResolveAsync(token, countView) is not { } target)
            return null;
        // The token is the permission to read this one scenario.
        using var _ = reach.AsProgram();
        if (await scenarios.GetAsync(target.ScenarioId, target.Version) is not { } stored)
            return null;
        var saved = Format.Day(DateOnly.FromDateTime(stored.SavedUtc));
        var stamp = target.Version is { } version ? $"frozen at version {version}, {saved}" : $"live: version {stored.Version}, saved {saved}";
        return new SharedScenario(AnswerModel.From(stored.Scenario, stored.Snapshot, stored.Result), stamp, stored);
    }
}
