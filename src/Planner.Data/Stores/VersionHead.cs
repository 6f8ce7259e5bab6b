using System.Text.Json;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A version in the history of its scenario.</summary>
/// <param name="Version">The version.</param>
/// <param name="SavedUtc">When it was saved.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="Stored">What a list shows of it; null where this program cannot read it.</param>
/// <param name="Previous">The one before it; null for the first, and where it cannot be read.</param>
/// <param name="SavedBy">Name of who saved it; null where nobody asked.</param>
public sealed record ScenarioVersionEntry(int Version, DateTime SavedUtc, string EngineVersion, VersionHead? Stored, VersionHead? Previous, string? SavedBy = null);

/// <summary>What a list shows of a version: its inputs and prices, to be compared with the version before, and of its answer the verdict only. Answers are long, ledgers and all.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="Snapshot">The catalog rows that it used.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="Sentence">What it answered.</param>
/// <param name="CheapestOptionId">The cheapest option; null where there is none.</param>
/// <param name="CheapestName">Its name; null where there is none.</param>
/// <param name="MonthlyUsd">Its ongoing cost, USD a month; null where there is none.</param>
public sealed record VersionHead(
    Scenario Scenario, CatalogSnapshot Snapshot, string EngineVersion, string Sentence, string? CheapestOptionId, string? CheapestName, decimal? MonthlyUsd)
{
    /// <summary>Null where this program cannot read the version.</summary>
    internal static VersionHead? TryRead(ScenarioVersionRow row)
    {
        if (ScenarioJson.Read(row.DocumentJson).Scenario is not { } scenario)
            return null;
        try
        {
            var answer = JsonSerializer.Deserialize<AnswerHead>(row.ResultJson, ScenarioJson.Options)!;
            var snapshot = JsonSerializer.Deserialize<CatalogSnapshot>(row.SnapshotJson, ScenarioJson.Options)!;
            var sentence = Language.IsStored ? answer.Verdict.Sentence
                : Rewording.Of(scenario, snapshot, JsonSerializer.Deserialize<Result>(row.ResultJson, ScenarioJson.Options)!).Verdict.Sentence;
            var cheapest = answer.Options.FirstOrDefault(option => option.Id == answer.Verdict.CheapestOptionId);
            return new VersionHead(
                scenario, snapshot, row.EngineVersion, sentence, answer.Verdict.CheapestOptionId, cheapest?.Name, cheapest?.OngoingMonthlyUsd);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Members of a result that are not named here are passed over.</summary>
    private sealed record AnswerHead(Verdict Verdict, IReadOnlyList<OptionHead> Options);

    private sealed record OptionHead(string Id, string Name, decimal? OngoingMonthlyUsd);
}
