using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>A scenario with the catalog rows that it uses now.</summary>
public sealed record CheckedScenario(Scenario Scenario, CatalogSnapshot Snapshot)
{
    public Result Evaluate() => Engine.Evaluate(Scenario, Snapshot);
}

/// <summary>Takes scenarios that requests bring: read, priced from the catalog, checked.</summary>
public sealed class ScenarioDesk(CatalogStore catalog)
{
    /// <summary>Takes a body that is a scenario.</summary>
    public async Task<(CheckedScenario? Checked, ProblemHttpResult? Refusal)> TakeAsync(JsonBody<Scenario> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Refusal is { } refusal ? (null, refusal) : await TakeAsync(body.Text, "", cancellationToken);
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
