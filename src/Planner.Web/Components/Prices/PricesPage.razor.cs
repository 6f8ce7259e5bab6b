using Microsoft.AspNetCore.Components;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;
using Radzen;

namespace Planner.Web.Components.Prices;

/// <summary>The price sheets: a grid, a row's details, and the form to add and edit.</summary>
public sealed partial class PricesPage
{
    private PriceDetailModel? _detail;

    /// <summary>The kinds that a price sheet can have.</summary>
    internal static IReadOnlyList<SelectOption> Modes =>
    [
        new(FeedModes.Chat, PricesTexts.ModeChat), new(FeedModes.Completion, PricesTexts.ModeCompletion), new(FeedModes.Responses, PricesTexts.ModeResponses), new(FeedModes.Embedding, PricesTexts.ModeEmbedding),
    ];

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <inheritdoc/>
    /// <remarks>They come with the page: it is not empty while the circuit starts.</remarks>
    [PersistentState]
    public override GridRows<PriceRowModel>? Loaded { get; set; }

    [PersistentState]
    public IReadOnlyList<SelectOption>? Sellers { get; set; }

    public override EditorWords Words => new(PricesTexts.New, PricesTexts.Missing, PricesTexts.EditOwn, PricesTexts.UseSource, PricesTexts.OwnApply, PricesTexts.SourceApplies);

    protected override ICatalogList<PriceEntry, PriceEdit> List => Catalog.Prices;

    protected override string? Owner => _detail?.Seller;

    protected override bool CameWithPage => Loaded is not null && Sellers is not null;

    protected override PriceGridState Read(Uri address) => PriceGridState.Read(address);

    protected override string Write(PriceGridState state) => state.Write();

    protected override PriceDraft NewDraft() => new();

    protected override PriceDraft DraftOf(PriceEntry entry) => PriceDraft.From(entry);

    protected override PriceRowModel Show(PriceEntry entry) => PriceRowModel.From(entry, State.AsOf);

    protected override Task<Page<PriceEntry>> AskAsync(PriceGridState state, CancellationToken cancellationToken) =>
        Catalog.Prices.PageAsync(state.ToQuery(), cancellationToken);

    protected override async Task LoadFiltersAsync(CancellationToken cancellationToken) =>
        Sellers = [.. (await Catalog.Prices.SellersAsync(cancellationToken)).Select(seller => new SelectOption(seller.Value, $"{seller.Value} ({seller.Count})"))];

    protected override async Task OpenAsync(PriceEntry? entry, CancellationToken cancellationToken) =>
        _detail = entry is null ? null : PriceDetailModel.From(
            entry, await Catalog.Prices.HistoryAsync(entry.Key, cancellationToken), await Catalog.Prices.QuotesAsync(entry.Key, cancellationToken),
            DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime));

    private static void Mark(RowRenderEventArgs<PriceRowModel> row)
    {
        if (row.Data is { Retired: true })
            row.Attributes["class"] = "retired";
    }
}
