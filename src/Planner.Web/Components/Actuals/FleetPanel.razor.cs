using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Data.Actuals;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Web.Accounts;
using Planner.Web.Api;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Actuals;

/// <summary>The fleets of an option whose metrics are read: their state, and the form for one.</summary>
public sealed partial class FleetPanel : ActionComponent
{
    private const string SelectorExample = "{job=\"vllm\"}";

    private string? _asked;
    private FleetForm? _draft;
    private FleetTarget? _editing;
    private FleetTrial? _trial;
    private IReadOnlyList<Problem> _problems = [];

    [Parameter, EditorRequired]
    public required string ScenarioId { get; set; }

    [Parameter, EditorRequired]
    public required Scenario Scenario { get; set; }

    /// <summary>The option whose fleets they are.</summary>
    [Parameter, EditorRequired]
    public required string OptionId { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<FleetTarget> Targets { get; set; }

    /// <summary>The fleet whose form is open: its id, or <see cref="ActualsState.NewFleet"/>; null for none.</summary>
    [Parameter]
    public string? Open { get; set; }

    /// <summary>Raised with the fleet whose form is asked for; the page keeps it in its address.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string?> OnOpen { get; set; }

    /// <summary>Raised once a fleet was added, changed or removed.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    [CascadingParameter]
    public Rights Rights { get; set; } = Rights.All;

    [Inject]
    public required FleetStore Fleets { get; init; }

    [Inject]
    public required FleetReader Reader { get; init; }

    [Inject]
    public required Confirmations Confirmations { get; init; }

    private static IReadOnlyList<SelectOption> Kinds => [new(FleetTargetKinds.Metrics, ActualsTexts.KindMetrics), new(FleetTargetKinds.Prometheus, ActualsTexts.KindPrometheus)];

    protected override void OnParametersSet()
    {
        // What is typed stays while the same form is open.
        if (Open == _asked)
            return;
        _asked = Open;
        _editing = Rights.MayEdit ? Targets.FirstOrDefault(target => IdOf(target) == Open) : null;
        _draft = _editing is { } known ? FleetForm.Of(known)
            : Rights.MayEdit && Open == ActualsState.NewFleet ? new FleetForm(Scenario.Options.First(option => option.Id == OptionId).Name, FleetTargetKinds.Metrics, null, null, null, FleetsApi.DefaultIntervalMinutes)
            : null;
        (_trial, _problems, Refusal) = (null, [], null);
    }

    private static string IdOf(FleetTarget target) => target.Id.ToString(CultureInfo.InvariantCulture);

    private Task AskAsync(string? fleet) => OnOpen.InvokeAsync(fleet);

    private void Change(FleetForm draft) => (_draft, _trial, Refusal) = (draft, null, null);

    private string? ErrorAt(string path) => _problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    private string? ErrorBelow(string path) => _problems.FirstOrDefault(problem => problem.Path.StartsWith(path, StringComparison.Ordinal))?.Message;

    /// <summary>The draft where it has no fault; its faults stand at the fields otherwise.</summary>
    private FleetTargetDraft? Checked()
    {
        // A second click on what closed the form comes after it.
        if (_draft is not { } form)
            return null;
        var (draft, problems) = form.Read(OptionId);
        _problems = [.. problems, .. FleetRules.Check(draft, Scenario, Targets.Where(other => other.Id != _editing?.Id))];
        return _problems.Count == 0 ? draft : null;
    }

    private Task TryAsync() => DoAsync(ActualsTexts.StepReading, async () =>
    {
        _trial = null;
        if (Checked() is { } draft)
            _trial = await Reader.ReadAsync(draft, Leaving);
    });

    private Task SaveAsync() => DoAsync(ActualsTexts.StepSaving, async () =>
    {
        if (Checked() is not { } draft)
            return;
        if (_editing is null && (await Fleets.ListAsync(ScenarioId, Leaving)).Count >= FleetRules.MostTargets)
        {
            Refusal = Texts.ActualsManyFleets.With(FleetRules.MostTargets);
            return;
        }

        if ((_editing is { } known ? await Fleets.UpdateAsync(known.Id, draft, Leaving) : await Fleets.AddAsync(ScenarioId, draft, Leaving)) is null)
        {
            Refusal = Texts.ActualsFleetGone;
            return;
        }

        Toasts.Done((_editing is null ? ActualsTexts.FleetWatched : ActualsTexts.FleetSaved).With(draft.Name));
        await AskAsync(null);
        await OnChanged.InvokeAsync();
    });

    private async Task RemoveAsync(FleetTarget target)
    {
        if (!await Confirmations.AskAsync(ActualsTexts.AskRemove.With(target.Name), ActualsTexts.AskRemoveText, ActualsTexts.Remove, danger: true))
            return;
        await DoAsync(ActualsTexts.StepRemoving, async () =>
        {
            await Fleets.DeleteAsync(target.Id, Leaving);
            Toasts.Done(ActualsTexts.FleetRemoved.With(target.Name));
            await AskAsync(null);
            await OnChanged.InvokeAsync();
        });
    }
}
