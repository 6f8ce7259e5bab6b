using Microsoft.AspNetCore.Components;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>The rows that feeds held back, and what is to become of them.</summary>
public sealed partial class QuarantinePage
{
    private readonly HashSet<(string Feed, string Key)> _picked = [];
    private GridRows<HeldRowModel>? _rows;
    private Outcome? _outcome;

    [Inject]
    public required QuarantineStore Quarantine { get; init; }

    [Inject]
    public required PriceFeeds Feeds { get; init; }

    [Inject]
    public required FeedImporter Importer { get; init; }

    [Inject]
    public required FeedRunStore Runs { get; init; }

    private IReadOnlyList<SelectOption> FeedOptions => [.. Feeds.All.Select(feed => new SelectOption(feed.Id, feed.Name))];

    private bool AllPicked => _rows is { Rows.Count: > 0 } rows && rows.Rows.All(row => _picked.Contains((row.FeedId, row.Key)));

    protected override QuarantineState Read(Uri address) => QuarantineState.Read(address);

    protected override string Write(QuarantineState state) => state.Write();

    protected override async Task LoadAsync(QuarantineState state, CancellationToken cancellationToken)
    {
        var page = await Quarantine.PageAsync(state.ToQuery(), cancellationToken);
        _rows = new([.. page.Items.Select(HeldRowModel.From)], page.Total);
        if (page.Items.Count == 0 && page.Total > 0)
            await GoAsync(state with { Page = _rows.LastPage }, replace: true);
        // Only what is in sight can be decided on.
        _picked.IntersectWith(_rows.Rows.Select(row => (row.FeedId, row.Key)));
    }

    private void Pick(HeldRowModel row, bool picked)
    {
        if (picked)
            _picked.Add((row.FeedId, row.Key));
        else
            _picked.Remove((row.FeedId, row.Key));
    }

    private void PickAll(ChangeEventArgs change)
    {
        foreach (var row in _rows!.Rows)
            Pick(row, change.Value is true);
    }

    private Task AcceptAsync(HeldRowModel row) => DecideAsync(row.Key, async () =>
    {
        // Off the circuit's thread: it compares with the whole catalog.
        var run = await Task.Run(() => Importer.AcceptAsync(row.FeedId, row.Key, Leaving), Leaving);
        _outcome = run is null || await Runs.GetAsync(run.Id, Leaving) is not { } details
            ? new Outcome(FeedsTexts.QuarantineGone.With(row.Key), null, true)
            : new Outcome(HeldRowModel.Outcome(row.Key, details), run.Id, run.Status == FeedRunStatuses.Refused);
    });

    private Task DecideAsync(HeldRowModel row, string? decision) => DecideAsync(row.Key, async () =>
    {
        var before = row.Decision is null ? null : decision;
        await Quarantine.DecideAsync(row.FeedId, [row.Key], decision, Leaving);
        var text = decision switch
        {
            QuarantineDecisions.Rejected => FeedsTexts.QuarantineRejected,
            QuarantineDecisions.Ignored => FeedsTexts.QuarantineIgnored,
            _ => FeedsTexts.QuarantineOpen,
        };
        Toasts.Done(text.With(row.Key), decision is null || before is not null ? null : () => UndoAsync([(row.FeedId, row.Key)]));
    });

    private Task RejectPickedAsync()
    {
        var picked = _picked.ToList();
        return DecideAsync("", async () =>
        {
            foreach (var feed in picked.GroupBy(row => row.Feed))
                await Quarantine.DecideAsync(feed.Key, [.. feed.Select(row => row.Key)], QuarantineDecisions.Rejected, Leaving);
            Toasts.Done(FeedsTexts.QuarantineRejectedMany.With(picked.Count), () => UndoAsync(picked));
        });
    }

    private Task UndoAsync(IReadOnlyList<(string Feed, string Key)> rows) => InvokeAsync(async () =>
    {
        foreach (var feed in rows.GroupBy(row => row.Feed))
            await Quarantine.DecideAsync(feed.Key, [.. feed.Select(row => row.Key)], null);
        await ReloadAsync();
        StateHasChanged();
    });

    private Task DecideAsync(string key, Func<Task> deed) => DoAsync(async () =>
    {
        _outcome = null;
        try
        {
            await deed();
        }
        // The page must say that nothing was done, whatever the reason.
#pragma warning disable CA1031
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Loggers.CreateLogger<QuarantinePage>().LogError(exception, "The row {Key} could not be decided on", key);
            _outcome = new Outcome(FeedsTexts.QuarantineFailed.With(key), null, true);
        }

        await ReloadAsync();
    });

    /// <summary>How the last acceptance ended.</summary>
    private sealed record Outcome(string Text, long? RunId, bool Failed);
}
