using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Accounts;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios;

/// <summary>One scenario: inputs left, answer right. Stored, new and worked examples look alike; only saving tells them apart.</summary>
public sealed partial class ScenarioPage : ActionComponent, IAsyncDisposable
{
    /// <summary>What the address keeps of how the answer is looked at.</summary>
    private static readonly string[] Kept = ["view", "axis", "axisOf", "map", "mapOf", "month", "fleets", "scale", "rateScale", "amounts", "option"];

    private ScenarioSession? _session;
    private ScenarioForm? _form;
    private KeptDraft? _kept;
    private DraftKeeper? _keeper;
    private string? _address;
    private string? _fault;
    private bool _inputsOpen;
    private bool _lookForDraft;
    private bool _faultsTold;
    private string? _reveal;

    /// <summary>The stored scenario; null for a new one.</summary>
    [Parameter]
    public string? Id { get; set; }

    /// <summary>A worked example to begin with; null otherwise.</summary>
    [Parameter]
    public string? ExampleId { get; set; }

    /// <summary>The open tab of the lower part.</summary>
    [SupplyParameterFromQuery(Name = "view")]
    public string? View { get; set; }

    [CascadingParameter]
    public Rights Rights { get; set; } = Rights.All;

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required ExampleStore Examples { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required AddressViewState Look { get; init; }

    [CascadingParameter]
    public Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    public required PageFiles Files { get; init; }

    [Inject]
    public required Confirmations Confirmations { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required ILogger<ScenarioPage> Log { get; init; }

    private string DraftKey => Id ?? (ExampleId is not null ? $"example-{ExampleId}" : UsageId is { } usage ? $"usage-{usage}" : Answers is { } answers ? $"guide-{answers}" : "new");

    private string StateInWords => _session switch
    {
        { SavedAt: not null, Editor.IsDirty: true } session => ScenariosTexts.StateChanged.With(session.Version),
        { SavedAt: { } saved } session => ScenariosTexts.StateSaved.With(session.Version, Format.Age(Clock.GetUtcNow() - saved)),
        _ => ExampleId is null ? ScenariosTexts.StateNew : ScenariosTexts.StateExample,
    };

    public async ValueTask DisposeAsync()
    {
        StopRuns();
        RefusalIsOver();
        Dispose();
        if (_keeper is not null)
        {
            await _keeper.DisposeAsync();
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_address == DraftKey || (_session?.Id is { } open && open == Id))
        {
            _address = DraftKey;
            return;
        }

        (_address, _session, _kept, _fault, _measured, _guided, _lookForDraft) = (DraftKey, null, null, null, null, null, true);
        ForgetRuns();
        RefusalIsOver();
        try
        {
            _session = await LoadAsync();
        }
        catch (InvalidDataException exception)
        {
            Log.LogError(exception, "Scenario {Id} cannot be read", Id);
            _fault = Texts.ScenarioUnreadablePage;
            return;
        }

        if (_session is null)
        {
            Navigation.NotFound();
            return;
        }

        Renew();
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => Task.WhenAll(LookForDraftAsync(), FollowRiskAsync(), FollowAxesAsync(), OpenPlansAsync(), FollowAdviceAsync(), RevealAsync());

    private async Task LookForDraftAsync()
    {
        if (!_lookForDraft || _session is not { } session)
        {
            return;
        }

        _lookForDraft = false;
        _keeper ??= new DraftKeeper(Script, Clock, Callers.DraftsOf(Authentication is null ? null : (await Authentication).User));
        var (kept, unreadable) = await _keeper.FindAsync(DraftKey);
        if (unreadable)
        {
            Toasts.Warn(Texts.ScenarioDraftLost);
        }

        if (kept is not null && ScenarioJson.Write(kept.Scenario) == ScenarioJson.Write(session.Editor.Draft))
        {
            // Nothing is lost with it, and others may lie behind it.
            await _keeper.DropAsync(DraftKey, kept);
            _lookForDraft = true;
            StateHasChanged();
        }
        else if (kept is not null)
        {
            _kept = kept;
            StateHasChanged();
        }
    }

    private async Task<ScenarioSession?> LoadAsync()
    {
        if (Id is not null)
        {
            var stored = await ScenarioSession.OpenAsync(Scenarios, Catalog, Clock, Id, Leaving);
            if (stored is not null && UsageId is { } set)
            {
                await SetUsageAsync(stored, set);
            }
            else if (stored is not null && ActualsOption is { } option && ActualsChange is { } change)
            {
                await SetActualsAsync(stored, option, change);
            }

            return stored;
        }

        var start = ExampleId is not null ? Examples.Find(ExampleId)?.Scenario : UsageId is { } usage ? await BeginWithUsageAsync(usage)
            : Answers is not null ? await BeginWithAnswersAsync(Answers) : OptionEdits.Blank(Clock.GetUtcNow());
        return start is null ? null : await ScenarioSession.BeginAsync(Scenarios, Catalog, Clock, start, Leaving);
    }

    /// <summary>Shows a change and keeps the draft.</summary>
    private void Changed()
    {
        Renew();
        StateHasChanged();
        if (_faultsTold && _session is { Editor.IsFaulty: false })
        {
            _faultsTold = false;
            RefusalIsOver();
        }

        if (_session is { } session)
        {
            _keeper?.Keep(DraftKey, session.Editor.IsDirty && (session.Editor.CanUndo || session.Editor.CanRedo) ? session.Editor.Draft : null, session.Version);
        }
    }

    private void Renew() => _form = _session is null ? null : new ScenarioForm(_session.Editor, () => InvokeAsync(Changed));

    private void Step(Action<ScenarioEditor> step)
    {
        step(_session!.Editor);
        Changed();
    }

    private void Pick(double requests)
    {
        _session!.Editor.Set("workload.requestsPerMonth", Rounded(requests));
        Changed();
    }

    /// <summary>A point that was clicked is worth three digits.</summary>
    private static decimal Rounded(double value)
    {
        if (value < 1)
        {
            return 0;
        }

        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 2));
        return (decimal)(Math.Round(value / unit) * unit);
    }

    /// <summary>The first change that a check of why an option cannot serve offers.</summary>
    private OptionFix? FixOf(OptionView option) => option.Result.Feasible ? null
        : _session!.Editor.Answer?.Checks.FirstOrDefault(view => view.Check is { Severity: CheckSeverities.Error, Fix: not null } && view.Check.OptionId == option.Id)?.Check.Fix is { } fix
            ? new OptionFix(fix.Label, () => TakeAsync(fix))
            : null;

    private void ShowTab(string tab) => Look.Keep("view", tab == "ledger" ? null : tab);

    private async Task LeavingAsync(LocationChangingContext leaving)
    {
        var target = Navigation.ToAbsoluteUri(leaving.TargetLocation).AbsolutePath;
        if (_session is not { Editor: { IsDirty: true, CanUndo: true } } || target == Navigation.ToAbsoluteUri(Navigation.Uri).AbsolutePath)
        {
            return;
        }

        if (!await Confirmations.AskAsync(ScenariosTexts.LeaveQuestion, ScenariosTexts.LeaveConsequence, ScenariosTexts.Leave))
        {
            leaving.PreventNavigation();
        }
    }
}
