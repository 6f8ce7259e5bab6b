using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Planner.Tests.Web.Accounts;

/// <summary>Whom an endpoint lets in.</summary>
public enum Admits
{
    Everybody,
    SignedIn,
    Viewers,
    Editors,
    Admins,
    Keepers,
}

/// <summary>An endpoint of the matrix.</summary>
/// <param name="Method">The HTTP method; empty for any.</param>
/// <param name="Pattern">The route.</param>
/// <param name="Admits">Whom it lets in.</param>
/// <param name="OfWorkspace">True where the route names something of a workspace, which does not exist for members of others.</param>
public sealed record MatrixRow(string Method, string Pattern, Admits Admits, bool OfWorkspace = false)
{
    public string Key => $"{Method} {Pattern}".Trim();
}

/// <summary>Every endpoint of the app and whom it lets in, written down: what is mapped is compared with it, not derived from it. A star marks what names something of a workspace.</summary>
public static class AuthorizationMatrix
{
    private const string Table = """
        viewers    GET,POST /
        everybody  /_blazor
        everybody  /_blazor/disconnect/
        everybody  /_blazor/initializers/
        everybody  /_blazor/negotiate
        everybody  GET /_framework/opaque-redirect
        signed-in  GET,POST /account
        signed-in  POST /account/workspace
        viewers    GET,POST /alerts
        viewers    POST /api/v1/advice
        viewers    GET /api/v1/alerts/
        editors    POST /api/v1/alerts/check
        editors*   POST /api/v1/alerts/{id:long}/put-aside
        editors*   POST /api/v1/alerts/{id:long}/reopen
        viewers    POST /api/v1/artefacts
        viewers    POST /api/v1/break-even
        viewers    POST /api/v1/break-even/map
        admins     GET /api/v1/audit/
        admins     GET /api/v1/audit/entries.csv
        keepers    POST /api/v1/catalog/engines/
        viewers    GET /api/v1/catalog/engines/
        keepers    DELETE /api/v1/catalog/engines/{id}
        keepers    PUT /api/v1/catalog/engines/{id}
        viewers    GET /api/v1/catalog/engines/{id}
        keepers    DELETE /api/v1/catalog/engines/{id}/override
        keepers    POST /api/v1/catalog/engines/{id}/restore
        keepers    POST /api/v1/catalog/gpus/
        viewers    GET /api/v1/catalog/gpus/
        keepers    DELETE /api/v1/catalog/gpus/{id}
        keepers    PUT /api/v1/catalog/gpus/{id}
        viewers    GET /api/v1/catalog/gpus/{id}
        keepers    DELETE /api/v1/catalog/gpus/{id}/override
        keepers    POST /api/v1/catalog/gpus/{id}/restore
        keepers    POST /api/v1/catalog/instances/
        viewers    GET /api/v1/catalog/instances/
        keepers    DELETE /api/v1/catalog/instances/{id}
        keepers    PUT /api/v1/catalog/instances/{id}
        viewers    GET /api/v1/catalog/instances/{id}
        viewers    GET /api/v1/catalog/instances/{id}/history
        keepers    DELETE /api/v1/catalog/instances/{id}/override
        viewers    GET /api/v1/catalog/instances/{id}/quotes
        keepers    POST /api/v1/catalog/instances/{id}/restore
        keepers    POST /api/v1/catalog/models/
        viewers    GET /api/v1/catalog/models/
        keepers    DELETE /api/v1/catalog/models/{id}
        keepers    PUT /api/v1/catalog/models/{id}
        viewers    GET /api/v1/catalog/models/{id}
        keepers    DELETE /api/v1/catalog/models/{id}/override
        keepers    POST /api/v1/catalog/models/{id}/restore
        keepers    POST /api/v1/catalog/prices/
        viewers    GET /api/v1/catalog/prices/
        keepers    DELETE /api/v1/catalog/prices/{id}
        keepers    PUT /api/v1/catalog/prices/{id}
        viewers    GET /api/v1/catalog/prices/{id}
        viewers    GET /api/v1/catalog/prices/{id}/history
        keepers    DELETE /api/v1/catalog/prices/{id}/override
        viewers    GET /api/v1/catalog/prices/{id}/quotes
        keepers    POST /api/v1/catalog/prices/{id}/restore
        viewers    GET /api/v1/compare
        viewers    POST /api/v1/decision
        viewers    POST /api/v1/evaluate
        viewers    GET /api/v1/examples/
        viewers    GET /api/v1/examples/{id}
        viewers    GET /api/v1/examples/{id}/result
        viewers    GET /api/v1/feeds/
        keepers    POST /api/v1/feeds/lists/
        viewers    GET /api/v1/feeds/lists/
        keepers    POST /api/v1/feeds/lists/preview
        keepers    DELETE /api/v1/feeds/lists/{id}
        keepers    PUT /api/v1/feeds/lists/{id}
        viewers    GET /api/v1/feeds/quarantine/
        keepers    POST /api/v1/feeds/quarantine/{feed}/{**key}
        viewers    GET /api/v1/feeds/runs
        viewers    GET /api/v1/feeds/runs/{id:long}
        keepers    POST /api/v1/feeds/{id}/import
        keepers    POST /api/v1/feeds/{id}/refresh
        viewers    POST /api/v1/horizon
        viewers    POST /api/v1/levers
        viewers    GET /api/v1/measurements/
        keepers    POST /api/v1/measurements/corrections
        keepers    POST /api/v1/measurements/imports
        keepers    DELETE /api/v1/measurements/{id:long}
        keepers    POST /api/v1/measurements/{id:long}/restore
        viewers    GET /api/v1/portfolio
        viewers    GET /api/v1/portfolio/report.csv
        viewers    GET /api/v1/portfolio/report.pdf
        viewers    GET /api/v1/portfolio/report.xlsx
        viewers    POST /api/v1/right-size
        viewers    GET /api/v1/rules
        editors    POST /api/v1/scenarios/
        viewers    GET /api/v1/scenarios/
        editors*   DELETE /api/v1/scenarios/{id}
        editors*   PUT /api/v1/scenarios/{id}
        viewers*   GET /api/v1/scenarios/{id}
        viewers*   GET /api/v1/scenarios/{id}/artefacts.zip
        editors*   POST /api/v1/scenarios/{id}/duplicate
        editors*   POST /api/v1/scenarios/{id}/links/
        viewers*   GET /api/v1/scenarios/{id}/actuals
        viewers*   GET /api/v1/scenarios/{id}/fleets/
        editors    POST /api/v1/scenarios/{id}/fleets/
        editors    POST /api/v1/scenarios/{id}/fleets/try
        editors    PUT /api/v1/scenarios/{id}/fleets/{target:long}
        editors    DELETE /api/v1/scenarios/{id}/fleets/{target:long}
        viewers*   GET /api/v1/scenarios/{id}/usage-links/
        editors    PUT /api/v1/scenarios/{id}/usage-links/{option}
        editors    DELETE /api/v1/scenarios/{id}/usage-links/{option}
        viewers*   GET /api/v1/scenarios/{id}/links/
        editors*   DELETE /api/v1/scenarios/{id}/links/{linkId:long}
        viewers*   GET /api/v1/scenarios/{id}/price-changes
        viewers*   GET /api/v1/scenarios/{id}/report-schedules/
        editors    POST /api/v1/scenarios/{id}/report-schedules/
        viewers    GET /api/v1/scenarios/{id}/report-schedules/{schedule:long}
        editors    PUT /api/v1/scenarios/{id}/report-schedules/{schedule:long}
        editors    DELETE /api/v1/scenarios/{id}/report-schedules/{schedule:long}
        editors    POST /api/v1/scenarios/{id}/report-schedules/{schedule:long}/run
        viewers*   GET /api/v1/scenarios/{id}/report.csv
        viewers*   GET /api/v1/scenarios/{id}/report.json
        viewers*   GET /api/v1/scenarios/{id}/report.pdf
        viewers*   GET /api/v1/scenarios/{id}/report.xlsx
        editors*   POST /api/v1/scenarios/{id}/reprice
        editors*   POST /api/v1/scenarios/{id}/restore
        viewers*   GET /api/v1/scenarios/{id}/diff
        viewers*   GET /api/v1/scenarios/{id}/versions
        viewers*   GET /api/v1/scenarios/{id}/versions/{version:int}
        editors*   POST /api/v1/scenarios/{id}/versions/{version:int}/restore
        viewers    POST /api/v1/search
        viewers    POST /api/v1/search/tasks
        viewers    POST /api/v1/simulate
        editors    POST /api/v1/usage/
        viewers    GET /api/v1/usage/
        viewers    GET /api/v1/usage/databases
        editors    POST /api/v1/usage/databases/{name}/check
        editors    POST /api/v1/usage/imports
        editors*   DELETE /api/v1/usage/imports/{id:long}
        editors*   DELETE /api/v1/usage/{id:long}
        viewers*   GET /api/v1/usage/{id:long}
        editors    POST /api/v1/usage/{id:long}/measure
        editors*   POST /api/v1/usage/{id:long}/scenario
        viewers    POST /api/v1/week
        admins     GET,POST /audit
        viewers    GET,POST /compare
        viewers    GET,POST /examples/{ExampleId}
        everybody  GET,POST /fault
        viewers    GET,POST /feeds
        viewers    GET,POST /feeds/lists
        viewers    GET,POST /feeds/quarantine
        viewers    GET,POST /feeds/runs/{Id:long}
        everybody  GET,POST /full
        viewers    GET,POST /glossary
        keepers    GET /api/v1/system
        everybody  /health/live
        everybody  /health/ready
        viewers    GET,POST /instances
        viewers    GET,POST /measurements
        viewers    GET,POST /method
        viewers    GET,POST /method/accuracy
        viewers    GET,POST /models
        everybody  GET,POST /no-access
        everybody  GET,POST /not-found
        viewers    GET /openapi/{documentName}.json
        admins     GET,POST /people
        viewers    GET,POST /portfolio
        viewers    GET,POST /portfolio/report
        viewers    GET,POST /prices
        viewers    GET,POST /report/{ScenarioId}
        everybody  GET,POST /s/{Token}
        everybody  GET,POST /s/{Token}/passcode
        viewers    GET,POST /scenarios
        viewers    GET,POST /scenarios/guide
        viewers    GET,POST /scenarios/new
        viewers    GET,POST /scenarios/{Id}
        viewers    GET,POST /scenarios/{Id}/actuals
        viewers    GET,POST /scenarios/{Id}/schedules
        viewers    GET,POST /scenarios/{Id}/versions
        everybody  GET,POST /setup
        everybody  GET,POST /sign-in
        everybody  GET,POST /sign-in/code
        signed-in  POST /sign-out
        keepers    GET,POST /system
        viewers    GET,POST /usage
        editors    POST /usage/uploads/{ticket}
        viewers    GET,POST /usage/{Id:long}
        """;

    public static IReadOnlyList<MatrixRow> Rows { get; } = [.. Table.Split('\n').Select(Read)];

    // The framework serves files that are newer than the build by a route of its own where the app was not published; it takes no policy but the fallback's.
    /// <summary>True for a file that is served as it is.</summary>
    public static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || endpoint.RoutePattern.RawText == "{**path:file}";

    public static string KeyOf(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return $"{string.Join(',', methods.Order(StringComparer.Ordinal))} /{endpoint.RoutePattern.RawText!.TrimStart('/')}".Trim();
    }

    private static MatrixRow Read(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var admits = parts[0].TrimEnd('*') switch
        {
            "everybody" => Admits.Everybody,
            "signed-in" => Admits.SignedIn,
            "viewers" => Admits.Viewers,
            "editors" => Admits.Editors,
            "admins" => Admits.Admins,
            "keepers" => Admits.Keepers,
            var word => throw new InvalidDataException(word),
        };
        return new MatrixRow(parts.Length == 3 ? parts[1] : "", parts[^1], admits, parts[0].EndsWith('*'));
    }
}
