using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>The ways from a measured workload into scenarios.</summary>
public sealed partial class UsageScenarioPanel : LeavableComponent
{
    private const int MostScenarios = 500;

    private IReadOnlyList<UsageSheet>? _sheets;
    private IReadOnlyList<ScenarioSummary> _scenarios = [];
    private StoredScenario? _chosen;
    private MeasuredScenario? _measured;
    private string? _fault;
    private (UsageProfile Profile, string? ScenarioId) _shown;

    /// <summary>The measured workload.</summary>
    [Parameter, EditorRequired]
    public required UsageSet Set { get; set; }

    /// <summary>Its rows summed up.</summary>
    [Parameter, EditorRequired]
    public required UsageProfile Profile { get; set; }

    /// <summary>How it is looked at: the time zone of the hours of the week, and what is chosen here.</summary>
    [Parameter, EditorRequired]
    public required UsageSetState Look { get; set; }

    /// <summary>Raised with what is chosen; the page keeps it in its address.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<UsageSetState> OnLook { get; set; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    /// <summary>The price sheets that a new scenario compares.</summary>
    private IReadOnlyList<string> Ticked => Look.Prices is { } chosen
        ? [.. _sheets!.Select(found => found.Sheet.Key).Where(chosen.Contains)]
        : [.. _sheets!.Where(found => found.IsSure).Take(ScenarioRules.MostOptions).Select(found => found.Sheet.Key)];

    private IReadOnlyList<SelectOption> Choices => [new("", UsageTexts.Choose), .. _scenarios.Select(scenario => new SelectOption(scenario.Id, scenario.Name))];

    protected override async Task OnParametersSetAsync()
    {
        var (before, now) = (_shown, (Profile, Look.ScenarioId));
        _shown = now;
        try
        {
            if (before.Profile != Profile)
            {
                var sheets = await UsageModels.SheetsAsync(Profile, Catalog.Prices, Leaving);
                _scenarios = (await Scenarios.ListAsync(take: MostScenarios, cancellationToken: Leaving)).Items;
                _sheets = sheets;
            }

            if (before.ScenarioId != Look.ScenarioId)
                await OpenAsync(Look.ScenarioId);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
            return;
        }

        _measured = _chosen is { } chosen ? MeasuredScenario.Of(chosen.Scenario, Profile, Set.Name, UsageScenarios.ZoneOf(Look.Zone)) : null;
    }

    private async Task OpenAsync(string? id)
    {
        (_chosen, _measured, _fault) = (null, null, null);
        try
        {
            var found = id is null ? null : await Scenarios.GetAsync(id, cancellationToken: Leaving);
            // Another one may have been chosen while this one was read.
            if (id == Look.ScenarioId)
                _chosen = found;
        }
        catch (InvalidDataException)
        {
            _fault = Texts.ScenarioUnreadablePage;
        }
    }

    private Task Tick(string key, bool ticked) =>
        OnLook.InvokeAsync(Look with { Prices = [.. _sheets!.Select(found => found.Sheet.Key).Where(one => one == key ? ticked : Ticked.Contains(one))] });

    private static string Write(Scenario scenario, MeasuredInput input, decimal? value) => input switch
    {
        { Before: null, After: null } => UsageTexts.HoursOfWeekValue,
        _ when value is null => Format.Unknown,
        { Path: "baselineMonthlyUsd" } => Format.Money(value),
        _ => InputField.At(scenario, input.Path)?.Percent == true ? Format.Percent((double)value) : Format.Number(value),
    };
}
