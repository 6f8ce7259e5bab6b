using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain;
using Planner.Domain.Actuals;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Actuals;

/// <summary>What was planned for an option of a saved scenario, what really happened, where that is known from, and what to change.</summary>
public sealed partial class ActualsPage
{
    private OptionActuals? _actuals;
    private IReadOnlyList<UsageSetSummary> _sets = [];
    private ActualsView? _view;
    private ActualAdvice? _advice;
    private OptionActuals? _advised;
    private CancellationTokenSource? _advising;
    private string? _fault;
    private bool _stale;

    /// <summary>The scenario.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    public required ActualsDesk Desk { get; init; }

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    [Inject]
    public required UsageStore Usage { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required PageFiles Files { get; init; }

    private DisplayCurrency Currency => DisplayCurrency.Of(_actuals!.Stored.Scenario);

    private IReadOnlyList<SelectOption> Options => [.. _actuals!.Stored.Scenario.Options.Select(option => new SelectOption(option.Id, option.Name))];

    private static IReadOnlyList<SelectOption> Measures => [.. ActualMeasures.All.Select(measure => new SelectOption(measure, ActualsView.NameOf(measure)))];

    /// <summary>The fleet whose metrics belong to the option; null for an API.</summary>
    private string? FleetOptionId => _actuals!.Option switch { SelfHostOption fleet => fleet.Id, HybridOption { FleetOptionId: { } fleet } => fleet, _ => null };

    private string Teaching => _actuals!.Option switch
    {
        ApiOption => Texts.ActualsEmptyApi,
        SelfHostOption => Texts.ActualsEmptyFleet,
        _ => Texts.ActualsEmptyMix,
    };

    private string YTitle => State.Measure switch
    {
        ActualMeasures.Cost => ActualsTexts.AxisUsd,
        ActualMeasures.UsdPerMillionTokens => ActualsTexts.AxisRate,
        ActualMeasures.Utilization => ActualsTexts.Utilization,
        ActualMeasures.GpuHours => ActualsTexts.AxisGpuHours,
        ActualMeasures.TtftP95 or ActualMeasures.ItlP95 => ActualsTexts.AxisSeconds,
        _ => ActualsTexts.AxisTokens,
    };

    protected override ActualsState Read(Uri address) => ActualsState.Read(address);

    protected override string Write(ActualsState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Write(Id);
    }

    protected override async Task LoadAsync(ActualsState state, CancellationToken cancellationToken)
    {
        // Another look at the same figures needs no reading.
        if (_stale || _actuals is null || (state.OptionId is { } wanted && _actuals.Option.Id != wanted))
        {
            (_fault, _advice) = (null, null);
            try
            {
                var stored = await Scenarios.GetAsync(Id, cancellationToken: cancellationToken);
                _actuals = stored is null ? null : await Desk.CompareAsync(stored, state.OptionId, cancellationToken) ?? await Desk.CompareAsync(stored, null, cancellationToken);
                _sets = await Usage.ListAsync(cancellationToken);
                _stale = false;
            }
            catch (InvalidDataException)
            {
                _fault = Texts.ActualsUnreadable;
                return;
            }
        }

        if (_actuals is null)
            Navigation.NotFound();
        else
            _view = ActualsView.Of(_actuals.Compared, state.Measure, Currency);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Trying variants takes longer than a page should: it is done once the page stands.
        if (_actuals is not { } actuals || _view is null || ReferenceEquals(actuals, _advised))
            return;
        (_advised, _advice) = (actuals, null);
        try
        {
            // Another option's search, which nobody waits for any more, ends.
            await (_advising?.CancelAsync() ?? Task.CompletedTask);
            _advising = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
            var advice = await Desk.AdviseAsync(actuals, _advising.Token);
            if (ReferenceEquals(actuals, _actuals))
            {
                _advice = advice;
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or shows something else.
        }
        // What is measured stands without it, whatever the reason.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Loggers.CreateLogger<ActualsPage>().LogError(exception, "What to change could not be told of scenario {Scenario}", Id);
            _advice = new ActualAdvice(null, null, [], Texts.ActualsAdviceFailed);
            StateHasChanged();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _advising?.Dispose();
        base.Dispose(disposing);
    }

    private Task RenewAsync()
    {
        _stale = true;
        // What is linked now is not to be offered again.
        return State.UsageId is null ? ReloadAsync() : GoAsync(State with { UsageId = null, OptionId = _actuals!.Option.Id }, replace: true);
    }

    private async Task SaveAsync()
    {
        var shell = await Script.InvokeAsync<IJSObjectReference>("import", Leaving, "./js/shell.js");
        // The mark at the front tells spreadsheets that this is UTF-8.
        var name = $"{ScenarioFiles.NameOf(_actuals!.Stored.Scenario)}-actuals.csv";
        await shell.InvokeVoidAsync("download", name, "text/csv;charset=utf-8", "\uFEFF" + Csv.Write(_view!.File));
        await Files.NoteAsync(name);
        await Scripts.ReleaseAsync(shell);
    }
}
