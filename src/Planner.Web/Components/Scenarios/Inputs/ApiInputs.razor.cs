using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>The fields of a hosted API.</summary>
public sealed partial class ApiInputs : ComponentBase
{
    [CascadingParameter]
    public required ScenarioForm Form { get; set; }

    [Parameter, EditorRequired]
    public required ApiOption Option { get; set; }

    /// <summary>The option's path in the document.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    private PriceSheet? Sheet => Option.PriceKey is { } key ? Form.Editor.Catalog.Prices.GetValueOrDefault(key) : null;

    private int Changes => (Option.TokenFactor != 1 ? 1 : 0) + (Option.AssumedBatchPriceShare is not null ? 1 : 0);

    private async Task<IReadOnlyList<PickerItem>> SearchAsync(string words, CancellationToken cancellationToken)
    {
        var page = await Catalog.Prices.PageAsync(new PriceQuery { Text = words, Take = 40 }, cancellationToken);
        return [.. page.Items.Select(entry => new PickerItem(entry.Sheet.Key, $"{entry.Sheet.Name} · {entry.Sheet.Seller}", SourceRow.PricesInWords(entry.Sheet.Prices)))];
    }

    private async Task ChooseAsync(string key)
    {
        if (await Catalog.Prices.FindAsync(key) is not { } entry)
        {
            return;
        }

        var (id, named) = (Option.Id, Option.Name == OptionEdits.ApiName(null) || Option.Name == OptionEdits.ApiName(Sheet));
        Form.Change(
            draft => OptionEdits.Change<ApiOption>(draft, id, option => option with { PriceKey = key, Price = null, Name = named ? OptionEdits.ApiName(entry.Sheet) : option.Name }),
            new CatalogSnapshot { Prices = new Dictionary<string, PriceSheet> { [key] = entry.Sheet } });
    }

    private void UseOwnPrices()
    {
        var (id, prices) = (Option.Id, Sheet?.Prices ?? new TokenPrices());
        Form.Change(draft => OptionEdits.Change<ApiOption>(draft, id, option => option with { Price = prices }));
    }

    private void UseCatalog()
    {
        var id = Option.Id;
        Form.Change(draft => OptionEdits.Change<ApiOption>(draft, id, option => option with { Price = null }));
    }
}
