using Microsoft.AspNetCore.Components;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Plans;

namespace Planner.Web.Components.Scenarios;

/// <summary>What takes longer than an edit may: it is worked out away from the page's thread, and only where it is looked at.</summary>
public sealed partial class ScenarioPage
{
    private BackgroundRun<RiskView>? _risk;
    private BackgroundRun<BreakEvenView>? _lines;
    private BackgroundRun<MapView>? _map;
    private PlanRun? _plans;
    private (Scenario Scenario, CatalogSnapshot Catalog, IReadOnlyList<AxisOffer> All)? _offers;

    /// <summary>The break-even's axis, requests a month where there is none; across in a map.</summary>
    [SupplyParameterFromQuery(Name = "axis")]
    public string? Axis { get; set; }

    /// <summary>The option that it belongs to.</summary>
    [SupplyParameterFromQuery(Name = "axisOf")]
    public string? AxisOf { get; set; }

    /// <summary>The second axis of a map; null for lines along one.</summary>
    [SupplyParameterFromQuery(Name = "map")]
    public string? Up { get; set; }

    /// <summary>The option that the second axis belongs to.</summary>
    [SupplyParameterFromQuery(Name = "mapOf")]
    public string? UpOf { get; set; }

    private const string LowestTierPath = "workload.requirements.minimumQualityTier";

    private PlanRun PlanSearch => _plans ??= new PlanRun(Catalog, () => _session is { Editor: var editor } ? (editor.UsedCatalog, editor.PriceRevision) : (CatalogSnapshot.Empty, 0), Clock, () => InvokeAsync(StateHasChanged));

    /// <summary>Ranges count as soon as there are any; without, the model's own error is looked at only by who opens the tab.</summary>
    private bool ShowsRisk => View == "risk" || _session?.Editor.Draft.Ranges.Count > 0;

    private RunState<RiskView> Risk => ShowsRisk && _risk is not null ? _risk.State : new RunState<RiskView>(null, false);

    /// <summary>What the break-even is asked; null where today's engine would answer beside figures of another.</summary>
    private AxesState? Axes
    {
        get
        {
            if (_session?.Editor is not { Answer.EngineVersion: Engine.Version } editor)
            {
                return null;
            }

            if (!editor.IsFaulty && !(_offers is { } known && ReferenceEquals(known.Scenario, editor.Draft) && ReferenceEquals(known.Catalog, editor.Catalog)))
            {
                _offers = (editor.Draft, editor.Catalog, AxisOffer.Of(editor.Draft, editor.Catalog));
            }

            return _offers is { All: var offers } && AxisOffer.Find(offers, Axis ?? BreakEvenAxes.RequestsPerMonth, AxisOf) is { } x
                ? new AxesState(offers, x, AxisOffer.Find(offers, Up, UpOf), _lines?.State ?? new RunState<BreakEvenView>(null, false), _map?.State ?? new RunState<MapView>(null, false))
                : null;
        }
    }

    private Task FollowRiskAsync()
    {
        if (!ShowsRisk || _session?.Editor is not { IsFaulty: false, Answer: { } answer } editor)
        {
            return Task.CompletedTask;
        }

        var (scenario, catalog) = (editor.Draft, editor.Catalog);
        _risk ??= new BackgroundRun<RiskView>(Clock, () => InvokeAsync(StateHasChanged));
        return _risk.AskAsync(scenario, catalog, null, left => RiskView.From(scenario, Engine.Simulate(scenario, catalog, left), answer));
    }

    private Task FollowAxesAsync()
    {
        if (_session?.Editor is not { IsFaulty: false, Answer: { } answer } editor || Axes is not { IsPlain: false } axes)
        {
            return Task.CompletedTask;
        }

        var (scenario, catalog, x) = (editor.Draft, editor.Catalog, axes.X);
        if (axes.Y is { } y)
        {
            _map ??= new BackgroundRun<MapView>(Clock, () => InvokeAsync(StateHasChanged));
            return _map.AskAsync(scenario, catalog, (x, y), left => MapView.Of(scenario, catalog, x, y, answer.Options, left));
        }

        if (x.Reason is not null)
        {
            return Task.CompletedTask;
        }

        _lines ??= new BackgroundRun<BreakEvenView>(Clock, () => InvokeAsync(StateHasChanged));
        return _lines.AskAsync(scenario, catalog, x, left => BreakEvenView.Along(scenario, catalog, x, answer.Options, left));
    }

    private void ShowAxes(AxesChoice asked) => Look.Keep(new Dictionary<string, string?>
    {
        ["axis"] = asked.X.Axis == BreakEvenAxes.RequestsPerMonth ? null : asked.X.Axis,
        ["axisOf"] = asked.X.OptionName is null ? null : asked.X.OptionId,
        ["map"] = asked.Y?.Axis,
        ["mapOf"] = asked.Y?.OptionName is null ? null : asked.Y.OptionId,
    });

    private async Task OpenPlansAsync()
    {
        if (View == "plans" && PlanSearch.Catalog is null)
        {
            await PlanSearch.OpenAsync(Leaving);
            StateHasChanged();
        }
    }

    private void ForgetRuns()
    {
        _advice?.Forget();
        _whole = null;
        _plans?.Dispose();
        _plans = null;
        _risk?.Forget();
        _lines?.Forget();
        _map?.Forget();
        _offers = null;
    }

    private void StopRuns()
    {
        _advice?.Dispose();
        _plans?.Dispose();
        _risk?.Dispose();
        _lines?.Dispose();
        _map?.Dispose();
    }
}
