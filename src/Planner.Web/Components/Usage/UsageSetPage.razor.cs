using Microsoft.AspNetCore.Components;
using Planner.Data.Usage;
using Planner.Domain.Usage;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>A measured workload: its figures, its files, and what can be made of it.</summary>
public sealed partial class UsageSetPage
{
    private UsageSet? _set;
    private UsageSetView? _view;
    private bool _stale;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    public required UsageStore Usage { get; init; }

    [Inject]
    public required UsageImporter Importer { get; init; }

    [Inject]
    public required UsageDatabases Databases { get; init; }

    [Inject]
    public required Confirmations Confirmations { get; init; }

    protected override UsageSetState Read(Uri address) => UsageSetState.Read(address);

    protected override string Write(UsageSetState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Write(Id);
    }

    protected override async Task LoadAsync(UsageSetState state, CancellationToken cancellationToken)
    {
        // Another look at the same rows needs no reading.
        if (_set is null || Busy || _stale)
            _set = await Usage.FindAsync(Id, cancellationToken);
        _stale = false;
        if (_set is null)
            Navigation.NotFound();
        else
            _view = _set.Profile is { } profile ? UsageSetView.Of(profile, state) : null;
    }

    private Task TakeOutAsync(UsageImport import) => AskAsync(
        UsageTexts.AskTakeOut.With(import.FileName), UsageTexts.AskTakeOutText, UsageTexts.TakeOut, async () =>
        {
            // Off the circuit's thread: what is left is counted anew.
            if (await Task.Run(() => Importer.RemoveAsync(import.Id, Leaving), Leaving))
                Toasts.Done(UsageTexts.TookOut.With(import.FileName));
            await ReloadAsync();
        });

    private Task DeleteAsync() => AskAsync(
        UsageTexts.AskDelete.With(_set!.Name), _set.Database is null ? UsageTexts.AskDeleteFiles : UsageTexts.AskDeleteDatabase, UsageTexts.Delete, async () =>
        {
            var name = _set.Name;
            if (await Usage.DeleteAsync(Id, Leaving))
                Toasts.Done(UsageTexts.Deleted.With(name));
            Navigation.NavigateTo(UsageState.Path);
        });

    private Task MeasuredAgainAsync()
    {
        _stale = true;
        return ReloadAsync();
    }

    private async Task AskAsync(string question, string text, string verb, Func<Task> work)
    {
        if (!Busy && await Confirmations.AskAsync(question, text, verb, danger: true))
            await DoAsync(work);
    }

    private static string Counts(UsageImport import)
    {
        List<string> counts = [UsageWords.Rows(import.Rows), UsageTexts.CountsCounted.With(Format.Number(import.Counted))];
        if (import.Duplicates > 0)
            counts.Add(UsageTexts.CountsDuplicates.With(Format.Number(import.Duplicates)));
        if (import.AlreadyThere > 0)
            counts.Add(UsageTexts.CountsThere.With(Format.Number(import.AlreadyThere)));
        return $"{UsageWords.Span(import.FromUtc, import.ToUtc)}: {string.Join(", ", counts)}";
    }

    private static string LengthTitle(string text, LengthDistribution lengths) => text.With(Format.Number(lengths.P50), Format.Number(lengths.P95));

    private static string DayTitle(UsageSetView view)
    {
        var totals = Enumerable.Range(0, view.Tracks[0].Values.Count).Select(day => view.Tracks.Sum(track => track.Values[day])).ToList();
        var highest = totals.IndexOf(totals.Max());
        var amount = view.Measure == UsageCount.Cost ? Format.Money((decimal)totals[highest]) : (view.Measure == UsageCount.Requests ? UsageTexts.AmountRequests : UsageTexts.AmountTokens).With(Format.Count(totals[highest]));
        return UsageTexts.DayTitle.With(Format.Day(view.FirstDay.AddDays(highest)), amount);
    }
}
