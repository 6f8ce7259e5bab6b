using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Planner.Data.Accounts;
using Planner.Web.Accounts;

namespace Planner.Web.Components.Layout;

/// <summary>What stands where nothing is. Who is a member of the workspace that has what was asked for is led there; nobody else learns that it exists.</summary>
public sealed partial class NotFoundPage
{
    private Membership? _elsewhere;
    private string _address = "/";

    [CascadingParameter]
    public HttpContext? Http { get; set; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required AccountsOptions Options { get; init; }

    [Inject]
    public required AccountStore Accounts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (!Options.Enabled || Authentication is null || (await Authentication).User is not { } user || Callers.IdOf(user) is not { } id)
            return;
        // A request is led here from the address that it asked for; a circuit stands at it.
        _address = Http?.Features.Get<IStatusCodeReExecuteFeature>() is { } asked ? asked.OriginalPath + asked.OriginalQueryString : new Uri(Navigation.Uri).PathAndQuery;
        var (scenarioId, usageSetId) = NamedBy(_address);
        if (scenarioId is not null || usageSetId is not null)
            _elsewhere = await Accounts.WorkspaceOfAsync(id, scenarioId, usageSetId) is { } found && found.WorkspaceId != Callers.WorkspaceIdOf(user) ? found : null;
    }

    /// <summary>What of a workspace an address names.</summary>
    private static (string? ScenarioId, long? UsageSetId) NamedBy(string address) => address.Split('?')[0].Split('/') switch
    {
        ["", "scenarios" or "report", var id, ..] => (id, null),
        ["", "usage", var id, ..] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var set) => (null, set),
        _ => (null, null),
    };
}
