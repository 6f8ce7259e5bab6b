using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Web.Accounts;
using Planner.Web.Components.Shared;
using Planner.Web.Jobs;

namespace Planner.Web.Components.Alerts;

/// <summary>Saved scenarios whose answer no longer holds.</summary>
public sealed partial class AlertsPage
{
    private const int Size = 50;

    private Page<DecisionAlert>? _page;
    private bool _checking;

    [Inject]
    public required AlertStore Alerts { get; init; }

    [Inject]
    public required DecisionWatch Watch { get; init; }

    [Inject]
    public required IConfiguration Configuration { get; init; }

    [Inject]
    public required OwnReach Own { get; init; }

    private double Threshold => AlertOptions.From(Configuration).ThresholdShare;

    private int LastPage => Pager.LastOf(_page?.Total ?? 0, Size);

    protected override AlertsState Read(Uri address) => AlertsState.Read(address);

    protected override string Write(AlertsState state) => state.Write();

    protected override async Task LoadAsync(AlertsState state, CancellationToken cancellationToken)
    {
        _page = await Alerts.ListAsync(state.PutAside ? AlertStates.PutAside : AlertStates.Open, (state.Page - 1) * Size, Size, cancellationToken);
        if (state.Page > LastPage)
            await GoAsync(state with { Page = LastPage }, replace: true);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            Watch.Ended += Follow;
    }

    protected override void Dispose(bool disposing)
    {
        Watch.Ended -= Follow;
        base.Dispose(disposing);
    }

    private void Follow(DecisionCheck check) => _ = AgainAsync();

    private async Task CheckAsync(MouseEventArgs click)
    {
        // The second click of a double one comes when the first is done.
        if (click.Detail > 1)
            return;
        _checking = true;
        try
        {
            var check = await Watch.CheckAsync(null, Leaving);
            Toasts.Done((check.Checked == 1 ? AlertsTexts.ComparedOne : AlertsTexts.ComparedMany).With(check.Checked, check.Raised, check.Closed));
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
        }
        // The page must say that it did not work, whatever the reason.
#pragma warning disable CA1031
        catch (Exception exception) when (exception is not AccessRefusedException)
#pragma warning restore CA1031
        {
            Loggers.CreateLogger<AlertsPage>().LogError(exception, "The scenarios could not be compared with today's prices");
            Toasts.Failed(AlertsTexts.AlertCheckFailed);
        }
        finally
        {
            _checking = false;
        }
    }

    private async Task PutAsideAsync(DecisionAlert alert)
    {
        if (await Alerts.PutAsideAsync(alert.Id, true, Leaving))
        {
            Toasts.Done(AlertsTexts.WasPutAside.With(alert.ScenarioName), async () =>
            {
                await Alerts.PutAsideAsync(alert.Id, false);
                await AgainAsync();
            });
        }

        await ReloadAsync();
    }

    private async Task ReopenAsync(DecisionAlert alert)
    {
        await Alerts.PutAsideAsync(alert.Id, false, Leaving);
        await ReloadAsync();
    }

    /// <summary>Loads the list anew; the page may have been left meanwhile.</summary>
    private async Task AgainAsync()
    {
        if (!Leaving.IsCancellationRequested)
        {
            await InvokeAsync(() => Own.RunAsync(async () =>
            {
                await ReloadAsync();
                StateHasChanged();
            }));
        }
    }
}
