using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;
using Planner.Web.Jobs;

namespace Planner.Web.Components.Feeds;

/// <summary>The price feeds and their runs.</summary>
public sealed partial class FeedsPage
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, FeedWork> _work = [];
    private readonly Dictionary<string, RunLine> _results = [];
    private readonly Dictionary<string, string> _refusals = [];
    private IReadOnlyList<FeedCardModel>? _cards;
    private GridRows<RunLine>? _runs;
    private IReadOnlyDictionary<string, int> _open = new Dictionary<string, int>();
    private IReadOnlyDictionary<long, int> _heldBack = new Dictionary<long, int>();
    private bool _watching;

    [Inject]
    public required PriceFeeds Feeds { get; init; }

    [Inject]
    public required FeedImporter Importer { get; init; }

    [Inject]
    public required FeedSchedule Schedule { get; init; }

    [Inject]
    public required FeedRunStore Runs { get; init; }

    [Inject]
    public required QuarantineStore Quarantine { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override FeedsState Read(Uri address) => FeedsState.Read(address);

    protected override string Write(FeedsState state) => state.Write();

    protected override async Task LoadAsync(FeedsState state, CancellationToken cancellationToken)
    {
        var states = (await Runs.StatesAsync(cancellationToken)).ToDictionary(row => row.FeedId);
        var failures = await Runs.FailuresAsync(cancellationToken);
        var cards = new List<FeedCardModel>();
        foreach (var feed in Feeds.All.Where(feed => !feed.IsOwnList))
        {
            var known = states.GetValueOrDefault(feed.Id);
            var last = (await Runs.ListAsync(feed.Id, 0, 1, cancellationToken)).Items is [var run, ..] ? run : null;
            var good = known?.LastGoodRunId is { } id ? await Runs.GetAsync(id, cancellationToken) : null;
            cards.Add(FeedCardModel.From(feed, known, last, good, await Schedule.NextRunUtcAsync(feed.Id, cancellationToken), failures.GetValueOrDefault(feed.Id)));
        }

        _open = await Quarantine.OpenAsync(cancellationToken);
        var size = GridRows<RunLine>.PageSize;
        var page = await Runs.ListAsync(null, (state.Page - 1) * size, size, cancellationToken);
        _heldBack = await Runs.HeldBackAsync([.. page.Items.Select(run => run.Id)], cancellationToken);
        (_cards, _runs) = (cards, new([.. page.Items.Select(RunLine.From)], page.Total));
        if (state.Page > _runs.LastPage)
            await GoAsync(state with { Page = _runs.LastPage }, replace: true);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!_watching && (_work.Count > 0 || _runs?.Rows.Any(run => run.Running) == true))
            _ = WatchAsync();
    }

    protected override void Dispose(bool disposing)
    {
        // An upload ends with its page; a refresh goes on and is found in the list of runs.
        foreach (var work in _work.Values.Where(work => work.Share is not null).ToList())
            work.Cancel();
        base.Dispose(disposing);
    }

    private string? ElapsedOf(string feedId) =>
        _work.TryGetValue(feedId, out var work)
            ? string.Create(CultureInfo.CurrentCulture, $"{(int)Clock.GetElapsedTime(work.StartedAt).TotalSeconds} s")
            : null;

    private void Cancel(FeedCardModel card) => _work.GetValueOrDefault(card.Id)?.Cancel();

    private Task RunAsync(FeedCardModel card) => WorkAsync(card, work => Importer.RefreshAsync(card.Id, FeedRunTriggers.Manual, work.Token));

    private Task ImportAsync(FeedCardModel card, IBrowserFile file)
    {
        if (file.Size > card.MaxBytes)
            return Refuse(SharedTexts.UploadTooLarge, file.Name, card.MaxBytes / (1024 * 1024));
        return file.Size == 0 ? Refuse(SharedTexts.UploadEmpty, file.Name) : WorkAsync(card, work => ImportAsync(card, file, work));

        Task Refuse(string text, params object[] values)
        {
            _results.Remove(card.Id);
            _refusals[card.Id] = text.With(values);
            return Task.CompletedTask;
        }
    }

    private async Task<FeedRunRow> ImportAsync(FeedCardModel card, IBrowserFile file, FeedWork work)
    {
        (work.Step, work.Share) = (FeedsTexts.StepReading.With(file.Name), 0);
        var content = new byte[file.Size];
        await using (var stream = file.OpenReadStream(card.MaxBytes, work.Token))
        {
            var length = 0;
            while (length < content.Length)
            {
                length += await stream.ReadAsync(content.AsMemory(length), work.Token) is > 0 and var read ? read : throw new EndOfStreamException();
                work.Share = (double)length / content.Length;
            }
        }

        (work.Step, work.Share) = (FeedsTexts.StepChecking, null);
        StateHasChanged();
        // The importer takes the buffer as it is: a large file is held once.
        using var whole = new MemoryStream(content, 0, content.Length, writable: false, publiclyVisible: true);
        return await Importer.ImportAsync(card.Id, whole, FeedRunTriggers.Upload, work.Token);
    }

    private async Task WorkAsync(FeedCardModel card, Func<FeedWork, Task<FeedRunRow>> run)
    {
        if (_work.ContainsKey(card.Id))
            return;
        _results.Remove(card.Id);
        _refusals.Remove(card.Id);
        using var work = _work[card.Id] = new FeedWork(Clock.GetTimestamp());
        StateHasChanged();
        try
        {
            var ended = await run(work);
            _results[card.Id] = RunLine.From(ended);
        }
        catch (OperationCanceledException)
        {
            _refusals[card.Id] = FeedsTexts.RunCancelled;
        }
        catch (Exception exception) when (exception is IOException or JSException)
        {
            _refusals[card.Id] = SharedTexts.UploadBroken;
        }
        finally
        {
            _work.Remove(card.Id);
        }

        if (!Leaving.IsCancellationRequested)
            await ReloadAsync();
    }

    /// <summary>While something runs, here or elsewhere, the page follows it.</summary>
    private async Task WatchAsync()
    {
        _watching = true;
        try
        {
            using var timer = new PeriodicTimer(Tick, Clock);
            while (await timer.WaitForNextTickAsync(Leaving))
            {
                await ReloadAsync();
                StateHasChanged();
                if (_work.Count == 0 && _runs?.Rows.Any(run => run.Running) != true)
                    return;
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
