using Microsoft.AspNetCore.Components;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Measurements;

/// <summary>Benchmark files come in here; what they measured stands beside what is modelled.</summary>
public sealed partial class MeasurementsPage
{
    private IReadOnlyList<MeasuredCardModel>? _cards;
    private CatalogChoices? _choices;
    private bool _any;

    [Inject]
    public required MeasurementReview Review { get; init; }

    [Inject]
    public required MeasurementStore Measurements { get; init; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    protected override MeasurementsState Read(Uri address) => MeasurementsState.Read(address);

    protected override string Write(MeasurementsState state) => state.Write();

    protected override async Task LoadAsync(MeasurementsState state, CancellationToken cancellationToken)
    {
        var choices = new CatalogChoices(
            await Catalog.Models.AllAsync(cancellationToken), await Catalog.Gpus.AllAsync(cancellationToken), await Catalog.Engines.AllAsync(cancellationToken));
        var all = await Review.AllAsync(cancellationToken);
        (_choices, _any) = (choices, all.Count > 0);
        _cards = [.. all.Where(reviewed => reviewed.Matches(state.Words)).Select(reviewed => MeasuredCardModel.From(reviewed, choices))];
    }

    private async Task StoredAsync(MeasurementImport import)
    {
        var before = import.StoredBefore == 0 ? "" : " " + MeasuredCardModel.Count(import.StoredBefore, MeasurementsTexts.StoredBeforeOne, MeasurementsTexts.StoredBeforeMany);
        if (import.Stored == 0)
            Toasts.Warn(MeasurementsTexts.NothingNew + before);
        else
            Toasts.Done(MeasuredCardModel.Count(import.Stored, MeasurementsTexts.StoredOne, MeasurementsTexts.StoredMany) + before, () => AgainAsync(async () =>
            {
                foreach (var id in import.Ids)
                    await Measurements.DeleteAsync(id);
            }));
        await ReloadAsync();
    }

    private async Task DeleteAsync(FileLine file)
    {
        if (await Measurements.DeleteAsync(file.Id, Leaving))
        {
            Toasts.Done(MeasurementsTexts.DeletedRunsOf.With(file.Name), () => AgainAsync(async () =>
            {
                if (!await Measurements.UndeleteAsync(file.Id))
                    Toasts.Warn(Texts.MeasurementNotRestored.With(file.Name));
            }));
        }

        await ReloadAsync();
    }

    private async Task CalibrateAsync(MeasuredCardModel card)
    {
        if (await Review.CalibrateAsync(card.Deployment, Leaving) is { Fit: not null, Correction: { } correction })
            Toasts.Done((correction.Points == 1 ? MeasurementsTexts.CalibratedOnOne : MeasurementsTexts.CalibratedOnMany).With(card.Title, Format.Count(correction.Points)));
        await ReloadAsync();
    }

    private async Task ForgetAsync(MeasuredCardModel card)
    {
        if (await Measurements.DeleteCorrectionAsync(card.Deployment, Leaving))
            Toasts.Done(MeasurementsTexts.Uncorrected.With(card.Title), () => AgainAsync(() => Review.CalibrateAsync(card.Deployment)));
        await ReloadAsync();
    }

    /// <summary>Takes something back; the page may have been left meanwhile.</summary>
    private async Task AgainAsync(Func<Task> undo)
    {
        await undo();
        if (!Leaving.IsCancellationRequested)
        {
            await InvokeAsync(async () =>
            {
                await ReloadAsync();
                StateHasChanged();
            });
        }
    }
}
