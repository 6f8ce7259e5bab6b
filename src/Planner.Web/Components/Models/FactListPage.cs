using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;
using Radzen;

namespace Planner.Web.Components.Models;

/// <summary>One of the lists of facts. It is short: all of it is loaded, and the grid sorts and pages it.</summary>
public abstract class FactListPage<TFacts, TRow> : EditorPage<FactGridState, FactEntry<TFacts>, FactEdit<TFacts>, FactDraft<TFacts>>
    where TFacts : CatalogFacts where TRow : FactRowModel
{
    /// <summary>The rows that match; null while they are on their way.</summary>
    protected IReadOnlyList<TRow>? Rows { get; private set; }

    protected FactDetailModel? Detail { get; private set; }

    protected abstract FactList<TFacts> Facts { get; }

    protected abstract FactSheet<TFacts> Sheet { get; }

    protected abstract TRow Show(FactEntry<TFacts> entry);

    protected override ICatalogList<FactEntry<TFacts>, FactEdit<TFacts>> List => Facts;

    protected override string? Owner => Detail?.Key;

    protected override FactGridState Read(Uri address) => FactGridState.Read(address);

    protected override string Write(FactGridState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Write();
    }

    protected override FactDraft<TFacts> NewDraft() => new(Sheet);

    protected override FactDraft<TFacts> DraftOf(FactEntry<TFacts> entry) => FactDraft.From(Sheet, entry);

    protected override async Task<bool> ListAsync(FactGridState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var entries = await Facts.EntriesAsync(state.Retired, cancellationToken);
        Rows = [.. entries.Where(entry => !state.Yours || entry.State.UserPrices).Select(Show).Where(row => row.Matches(state.Search))];
        return true;
    }

    protected override Task OpenAsync(FactEntry<TFacts>? entry, CancellationToken cancellationToken)
    {
        Detail = entry is null ? null : FactDetailModel.From(Sheet, entry);
        return Task.CompletedTask;
    }

    /// <summary>What all lists of facts say, with what this one calls its rows.</summary>
    protected static EditorWords WordsOf(string created, string missing) =>
        new(created, missing, ModelsTexts.EditOwn, ModelsTexts.UseSource, ModelsTexts.OwnApply, ModelsTexts.SourceApplies);

    protected string LinkOf(TRow row) => (State with { Row = row.Key }).Write();

    protected static void Mark(RowRenderEventArgs<TRow> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Data is { Retired: true })
            row.Attributes["class"] = "retired";
    }
}
