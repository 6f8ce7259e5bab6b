using System.Text.Json;
using System.Text.Json.Serialization;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>A version of a scenario as it was stored.</summary>
/// <param name="Id">The scenario's id.</param>
/// <param name="Version">This version.</param>
/// <param name="CurrentVersion">The scenario's current version.</param>
/// <param name="Scenario">The document.</param>
/// <param name="Snapshot">The catalog rows that it used.</param>
/// <param name="Result">What the engine answered.</param>
/// <param name="EngineVersion">The engine that answered.</param>
/// <param name="CreatedUtc">When the scenario was created.</param>
/// <param name="SavedUtc">When this version was saved.</param>
/// <param name="SavedBy">Name of who saved it; null where nobody asked.</param>
public sealed record StoredScenario(
    string Id, int Version, int CurrentVersion, Scenario Scenario, CatalogSnapshot Snapshot, Result Result, string EngineVersion, DateTime CreatedUtc,
    DateTime SavedUtc, string? SavedBy = null)
{
    /// <summary>What is stored, letter by letter; null where nothing is.</summary>
    [JsonIgnore]
    public StoredText? Text { get; init; }

    /// <summary>What a signature is for, see <see cref="StoredText.Digest"/>; null where nothing is stored.</summary>
    public string? Digest => Text?.Digest;

    /// <summary>Reads a version, its answer worded for the reader.</summary>
    /// <exception cref="InvalidDataException">This program cannot read it.</exception>
    internal static StoredScenario Read(ScenarioRow row, ScenarioVersionRow stored)
    {
        var (scenario, problem) = ScenarioJson.Read(stored.DocumentJson);
        if (scenario is null)
            throw new InvalidDataException(Texts.ScenarioUnreadable.With(row.Id, stored.Version, problem!.Message));
        try
        {
            var snapshot = JsonSerializer.Deserialize<CatalogSnapshot>(stored.SnapshotJson, ScenarioJson.Options)!;
            var result = JsonSerializer.Deserialize<Result>(stored.ResultJson, ScenarioJson.Options)!;
            return new StoredScenario(
                row.Id, stored.Version, row.CurrentVersion, scenario, snapshot, Language.IsStored ? result : Rewording.Of(scenario, snapshot, result), stored.EngineVersion,
                row.CreatedUtc, stored.SavedUtc, stored.SavedBy)
            {
                Text = new StoredText(stored.DocumentJson, stored.SnapshotJson, stored.ResultJson, stored.EngineVersion),
            };
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(Texts.ScenarioUnreadable.With(row.Id, stored.Version, exception.Message), exception);
        }
    }

    /// <summary>The same; null where this program cannot read it.</summary>
    internal static StoredScenario? TryRead(ScenarioRow row, ScenarioVersionRow stored)
    {
        try
        {
            return Read(row, stored);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}

/// <summary>What one looks for and finds.</summary>
/// <param name="CurrentVersion">The scenario's current version; null where there is no such scenario, or it was deleted.</param>
/// <param name="IsThere">True where the version is stored.</param>
/// <param name="Stored">The version without its text; null where it is not there, or this program cannot read it.</param>
public sealed record ScenarioFound(int? CurrentVersion, bool IsThere, StoredScenario? Stored);
