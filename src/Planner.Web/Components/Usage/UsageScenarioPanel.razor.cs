using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>The ways from a measured workload into scenarios.</summary>
public sealed partial class UsageScenarioPanel : IDisposable
{
    private const int MostScenarios = 500;

    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private readonly HashSet<string> _ticked = new(StringComparer.Ordinal);
    private IReadOnlyList<UsageSheet>? _sheets;
    private IReadOnlyList<ScenarioSummary> _scenarios = [];
    private StoredScenario? _chosen;
    private MeasuredScenario? _measured;
    private string? _fault;
    private (UsageProfile Profile, string Zone) _shown;

    // The source is gone with the page, but what the panel began still asks.
    public UsageScenarioPanel() => _left = _leaving.Token;

    /// <summary>The measured workload.</summary>
    [Parameter, EditorRequired]
    public required UsageSet Set { get; set; }

    /// <summary>Its rows summed up.</summary>
    [Parameter, EditorRequired]
    public required UsageProfile Profile { get; set; }

    /// <summary>Time zone of the hours of the week.</summary>
    [Parameter, EditorRequired]
    public required string Zone { get; set; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    private IReadOnlyList<SelectOption> Choices => [new("", UsageTexts.Choose), .. _scenarios.Select(scenario => new SelectOption(scenario.Id, scenario.Name))];

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Profile, Zone))
            return;
        var isNew = _shown.Profile != Profile;
        _shown = (Profile, Zone);
        Measure();
        if (!isNew)
            return;
        try
        {
            var sheets = await UsageModels.SheetsAsync(Profile, Catalog.Prices, _left);
            _scenarios = (await Scenarios.ListAsync(take: MostScenarios, cancellationToken: _left)).Items;
            _ticked.Clear();
            _ticked.UnionWith(sheets.Where(found => found.IsSure).Take(ScenarioRules.MostOptions).Select(found => found.Sheet.Key));
            _sheets = sheets;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private void Tick(string key, bool ticked)
    {
        if (ticked)
            _ticked.Add(key);
        else
            _ticked.Remove(key);
    }

    private async Task ChooseAsync(string? id)
    {
        (_chosen, _fault) = (null, null);
        try
        {
            _chosen = string.IsNullOrEmpty(id) ? null : await Scenarios.GetAsync(id, cancellationToken: _left);
        }
        catch (InvalidDataException)
        {
            _fault = Texts.ScenarioUnreadablePage;
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }

        Measure();
    }

    private void Measure() => _measured = _chosen is { } chosen ? MeasuredScenario.Of(chosen.Scenario, Profile, Set.Name, UsageScenarios.ZoneOf(Zone)) : null;

    private static string Write(Scenario scenario, MeasuredInput input, decimal? value) => input switch
    {
        { Before: null, After: null } => UsageTexts.HoursOfWeekValue,
        _ when value is null => Format.Unknown,
        { Path: "baselineMonthlyUsd" } => Format.Money(value),
        _ => InputField.At(scenario, input.Path)?.Percent == true ? Format.Percent((double)value) : Format.Number(value),
    };
}
