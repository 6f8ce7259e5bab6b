using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>A scenario with the catalog rows that it uses now.</summary>
public sealed record CheckedScenario(Scenario Scenario, CatalogSnapshot Snapshot)
{
    public Result Evaluate() => Telemetry.Time(Telemetry.Evaluations, () => Engine.Evaluate(Scenario, Snapshot));
}

/// <summary>A request about a scenario before that is read, so that its faults are told like everywhere.</summary>
/// <param name="Scenario">The document.</param>
public abstract record ScenarioQuestion(JsonElement Scenario);

/// <summary>Takes scenarios that requests bring: read, priced from the catalog, checked.</summary>
public sealed class ScenarioDesk(CatalogStore catalog)
{
    /// <summary>Takes a body that is a scenario.</summary>
    public async Task<(CheckedScenario? Checked, ProblemHttpResult? Refusal)> TakeAsync(JsonBody<Scenario> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Refusal is { } refusal ? (null, refusal) : await TakeAsync(body.Text, "", cancellationToken);
    }

    /// <summary>Reads a body that asks something about a scenario, which it has to bring.</summary>
    /// <typeparam name="TQuestion">What it is read as.</typeparam>
    /// <typeparam name="TBody">What it is declared to be.</typeparam>
    public static (TQuestion? Question, ProblemHttpResult? Refusal) Read<TQuestion, TBody>(JsonBody<TBody> body) where TQuestion : ScenarioQuestion
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Refusal is { } refusal)
            return (null, refusal);
        var (question, problems) = JsonDocuments.Read<TQuestion>(body.Text);
        return question switch
        {
            null => (null, Problems.Invalid(problems)),
            { Scenario.ValueKind: JsonValueKind.Undefined } => (null, Problems.Invalid("scenario", ApiTexts.Required)),
            _ => (question, null),
        };
    }

    /// <summary>Takes the scenario of a question.</summary>
    public Task<(CheckedScenario? Checked, ProblemHttpResult? Refusal)> TakeAsync(ScenarioQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return TakeAsync(question.Scenario.GetRawText(), "scenario", cancellationToken);
    }

    /// <summary>Takes a scenario that is a part of a body.</summary>
    /// <param name="json">The document.</param>
    /// <param name="prefix">Its path in the body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<(CheckedScenario? Checked, ProblemHttpResult? Refusal)> TakeAsync(string json, string prefix, CancellationToken cancellationToken)
    {
        var (scenario, problems) = JsonDocuments.ReadScenario(json, prefix);
        if (scenario is null)
            return (null, Problems.Invalid(problems));
        var snapshot = await catalog.SnapshotAsync(scenario, cancellationToken);
        return ScenarioRules.Check(scenario, snapshot) is { Count: > 0 } faults
            ? (null, Problems.Invalid(JsonDocuments.Below(prefix, faults)))
            : (new CheckedScenario(scenario, snapshot), null);
    }
}
