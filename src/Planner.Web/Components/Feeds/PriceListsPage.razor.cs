using Microsoft.AspNetCore.Components;
using Planner.Data.Accounts;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>Own price lists: what there is, and the way in for the next file.</summary>
public sealed partial class PriceListsPage
{
    private IReadOnlyList<Line>? _lines;
    private string? _removed;

    [Inject]
    public required PriceFeeds Feeds { get; init; }

    [Inject]
    public required PriceListDesk Desk { get; init; }

    [Inject]
    public required FeedRunStore Runs { get; init; }

    [Inject]
    public required QuarantineStore Quarantine { get; init; }

    [Inject]
    public required Confirmations Confirmations { get; init; }

    protected override PriceListsState Read(Uri address) => PriceListsState.Read(address);

    protected override string Write(PriceListsState state) => state.Write();

    protected override async Task LoadAsync(PriceListsState state, CancellationToken cancellationToken)
    {
        var states = (await Runs.StatesAsync(cancellationToken)).ToDictionary(row => row.FeedId);
        var open = await Quarantine.OpenAsync(cancellationToken);
        var lines = new List<Line>();
        foreach (var list in Feeds.Own)
        {
            var known = states.GetValueOrDefault(list.Id);
            var last = (await Runs.ListAsync(list.Id, 0, 1, cancellationToken)).Items is [var run, ..] ? RunLine.From(run) : null;
            var good = known?.LastGoodRunId is { } id ? await Runs.GetAsync(id, cancellationToken) : null;
            lines.Add(new(list.Id, list.Name, known?.LastGoodUtc is { } moment ? Format.Moment(moment) : FeedsTexts.NoFile, last, Format.Number(good?.Run.Published), open.GetValueOrDefault(list.Id)));
        }

        _lines = lines;
    }

    private async Task RemoveAsync(Line line)
    {
        if (Busy || !await Confirmations.AskAsync(FeedsTexts.AskRemove.With(line.Name), FeedsTexts.PriceListAskRemove, FeedsTexts.Remove, danger: true))
            return;
        await DoAsync(async () =>
        {
            try
            {
                // Off the circuit's thread: it compares with the whole catalog.
                var run = await Task.Run(() => Desk.RemoveAsync(line.Id, Leaving), Leaving);
                _removed = run is null ? null : FeedsTexts.PriceListRemoved.With(line.Name, Format.Number(run.Published), Format.Number(run.Retired));
            }
            // The page must say that it did not work, whatever the reason.
#pragma warning disable CA1031
            catch (Exception exception) when (exception is not (AccessRefusedException or OperationCanceledException))
#pragma warning restore CA1031
            {
                Loggers.CreateLogger<PriceListsPage>().LogError(exception, "The price list {List} could not be removed", line.Id);
                _removed = FeedsTexts.PriceListNotRemoved.With(line.Name);
            }

            await ReloadAsync();
        });
    }

    private sealed record Line(string Id, string Name, string LastGood, RunLine? Run, string Sheets, int Open);
}
