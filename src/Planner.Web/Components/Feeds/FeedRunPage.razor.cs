using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>One run of a feed. While it runs, the page follows it.</summary>
public sealed partial class FeedRunPage : LeavableComponent
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private FeedRunModel? _model;
    private bool _failed;
    private bool _watching;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    public required FeedRunStore Runs { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<FeedRunPage> Log { get; init; }

    protected override Task OnParametersSetAsync() => LoadAsync();

    protected override void OnAfterRender(bool firstRender)
    {
        if (!_watching && _model is { Running: true })
            _ = WatchAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            if (await Runs.GetAsync(Id, Leaving) is not { } details)
            {
                Navigation.NotFound();
                return;
            }

            (_model, _failed) = (FeedRunModel.From(details), false);
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
        }
        // The page must say that it has nothing to show, whatever the reason.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.LogError(exception, "Run {Run} could not be loaded", Id);
            (_model, _failed) = (null, true);
        }
    }

    private async Task WatchAsync()
    {
        _watching = true;
        try
        {
            using var timer = new PeriodicTimer(Tick, Clock);
            while (_model is { Running: true } && await timer.WaitForNextTickAsync(Leaving))
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            _watching = false;
        }
    }
}
