using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios;

/// <summary>The stored scenarios, and where to begin new ones.</summary>
public sealed partial class ScenariosPage : ActionComponent
{
    private const int PageSize = 25;

    // In the order in which they were chosen; they stay chosen while pages are turned.
    private readonly List<string> _chosen = [];
    private Page<ScenarioRowView>? _page;

    /// <summary>Words in the name.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    /// <summary>Number of the page, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    [Inject]
    public required ScenarioOverview Overview { get; init; }

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private int Number => Math.Clamp(PageNumber ?? 1, 1, 1_000_000);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _page = await Overview.ListAsync(Query, (Number - 1) * PageSize, PageSize, Leaving);
        if (_page.Items.Count == 0 && _page.Total > 0)
            Go(Query, Pager.LastOf(_page.Total, PageSize));
    }

    private void Go(string? query, int number) => Navigation.NavigateTo(AddressOf(query, number));

    private string AddressOf(string? query, int number) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = string.IsNullOrWhiteSpace(query) ? null : query.Trim(),
        ["page"] = number > 1 ? number : null,
    });

    private void Choose(ScenarioRowView row)
    {
        if (!_chosen.Remove(row.Id))
            _chosen.Add(row.Id);
    }

    private async Task DeleteAsync(ScenarioRowView row)
    {
        _chosen.Remove(row.Id);
        switch (await Scenarios.DeleteAsync(row.Id, row.Version, Leaving))
        {
            case SaveOutcome.Saved:
                var scenarios = Scenarios;
                Toasts.Done(ScenariosTexts.Deleted.With(row.Name), async () =>
                {
                    await scenarios.UndeleteAsync(row.Id);
                    if (!Leaving.IsCancellationRequested)
                    {
                        await InvokeAsync(async () =>
                        {
                            await LoadAsync();
                            StateHasChanged();
                        });
                    }
                });
                break;
            case SaveOutcome.Conflict:
                Toasts.Warn(Texts.ScenarioSavedMeanwhile.With(row.Name));
                break;
        }

        await LoadAsync();
    }

    private async Task DuplicateAsync(ScenarioRowView row)
    {
        if (await Scenarios.DuplicateAsync(row.Id, cancellationToken: Leaving) is not null)
        {
            Toasts.Done(ScenariosTexts.Duplicated.With(row.Name));
        }

        await LoadAsync();
    }

    private async Task ImportAsync(InputFileChangeEventArgs chosen)
    {
        var (scenario, problem) = await ScenarioFiles.ReadAsync(chosen.File, Leaving);
        if (scenario is null)
        {
            Toasts.Failed(problem!);
            return;
        }

        var session = await ScenarioSession.BeginAsync(Scenarios, Catalog, Clock, scenario, Leaving);
        switch (await session.SaveAsync(Leaving))
        {
            case SaveState.Saved:
                Toasts.Done(ScenariosTexts.Imported.With(scenario.Name));
                Navigation.NavigateTo($"/scenarios/{session.Id}");
                break;
            case SaveState.Refused:
                Toasts.Failed(Data.Texts.AccessRefusedEdit);
                break;
            default:
                var first = session.Editor.Problems[0];
                Toasts.Failed(Texts.ScenarioImportFaults.With(first.Path, first.Message));
                break;
        }
    }
}
