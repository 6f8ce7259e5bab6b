using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Planner.Data.Stores;
using Planner.Domain.BreakEvens;
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

    private const string LowestTierPath = "workload.requirements.minimumQualityTier";

    private OpenedScenario? _opened;
    private AnswerRuns? _runs;
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

    /// <summary>See <see cref="ScenarioAddress.Answers"/>.</summary>
    [SupplyParameterFromQuery(Name = "answers")]
    public string? Answers { get; set; }

    /// <summary>See <see cref="ScenarioAddress.UsageId"/>.</summary>
    [SupplyParameterFromQuery(Name = "usage")]
    public long? UsageId { get; set; }

    /// <summary>See <see cref="ScenarioAddress.Zone"/>.</summary>
    [SupplyParameterFromQuery(Name = "zone")]
    public string? Zone { get; set; }

    /// <summary>See <see cref="ScenarioAddress.PriceKeys"/>.</summary>
    [SupplyParameterFromQuery(Name = "price")]
    public string[]? PriceKeys { get; set; }

    /// <summary>See <see cref="ScenarioAddress.ActualsOption"/>.</summary>
    [SupplyParameterFromQuery(Name = "actuals")]
    public string? ActualsOption { get; set; }

    /// <summary>See <see cref="ScenarioAddress.ActualsChange"/>.</summary>
    [SupplyParameterFromQuery(Name = "change")]
    public string? ActualsChange { get; set; }

    /// <summary>Set where the tour is asked for.</summary>
    [SupplyParameterFromQuery(Name = "tour")]
    public string? Tour { get; set; }

    [CascadingParameter]
    public Rights Rights { get; set; } = Rights.All;

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required ScenarioOpener Opener { get; init; }

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

    private ScenarioAddress Address => new(Id, ExampleId)
    {
        Answers = Answers,
        UsageId = UsageId,
        Zone = Zone,
        PriceKeys = PriceKeys ?? [],
        ActualsOption = ActualsOption,
        ActualsChange = ActualsChange,
    };

    private string DraftKey => Address.DraftKey;

    private AxesAsked Asked => new(Axis, AxisOf, Up, UpOf);

    private ScenarioSession? Session => _opened?.Session;

    private string StateInWords => Session switch
    {
        { SavedAt: not null, Editor.IsDirty: true } session => ScenariosTexts.StateChanged.With(session.Version),
        { SavedAt: { } saved } session => ScenariosTexts.StateSaved.With(session.Version, Format.Age(Clock.GetUtcNow() - saved)),
        _ => ExampleId is null ? ScenariosTexts.StateNew : ScenariosTexts.StateExample,
    };

    public async ValueTask DisposeAsync()
    {
        _runs?.Dispose();
        RefusalIsOver();
        Dispose();
        if (_keeper is not null)
        {
            await _keeper.DisposeAsync();
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_address == DraftKey || (Session?.Id is { } open && open == Id))
        {
            _address = DraftKey;
            return;
        }

        (_address, _opened, _kept, _fault, _lookForDraft) = (DraftKey, null, null, null, true);
        _runs?.Dispose();
        RefusalIsOver();
        try
        {
            var (address, opened) = (_address, await Opener.OpenAsync(Address, Leaving));
            // Another one was asked for meanwhile.
            if (address != _address)
                return;
            _opened = opened;
        }
        catch (InvalidDataException exception)
        {
            Log.LogError(exception, "Scenario {Id} cannot be read", Id);
            _fault = Texts.ScenarioUnreadablePage;
            return;
        }

        if (Session is not { } session)
        {
            Navigation.NotFound();
            return;
        }

        _runs?.Dispose();
        _runs = new AnswerRuns(session, Catalog, Clock, () => InvokeAsync(StateHasChanged));
        Renew();
    }

    protected override Task OnAfterRenderAsync(bool firstRender) => Task.WhenAll(LookForDraftAsync(), Session is null ? Task.CompletedTask : _runs!.FollowAsync(View, Asked, Leaving), RevealAsync());

    private async Task LookForDraftAsync()
    {
        if (!_lookForDraft || Session is not { } session)
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

    /// <summary>Shows a change and keeps the draft.</summary>
    private void Changed()
    {
        Renew();
        StateHasChanged();
        if (_faultsTold && Session is { Editor.IsFaulty: false })
        {
            _faultsTold = false;
            RefusalIsOver();
        }

        if (Session is { } session)
        {
            _keeper?.Keep(DraftKey, session.Editor.IsDirty && (session.Editor.CanUndo || session.Editor.CanRedo) ? session.Editor.Draft : null, session.Version);
        }
    }

    private void Renew() => _form = Session is null ? null : new ScenarioForm(Session.Editor, () => InvokeAsync(Changed));

    private void Step(Action<ScenarioEditor> step)
    {
        step(Session!.Editor);
        Changed();
    }

    private void Pick(double requests)
    {
        Session!.Editor.Set("workload.requestsPerMonth", Rounded(requests));
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
        : Session!.Editor.Answer?.Checks.FirstOrDefault(view => view.Check is { Severity: CheckSeverities.Error, Fix: not null } && view.Check.OptionId == option.Id)?.Check.Fix is { } fix
            ? new OptionFix(fix.Label, () => TakeAsync(fix))
            : null;

    private void ShowAxes(AxesChoice asked) => Look.Keep(new Dictionary<string, string?>
    {
        ["axis"] = asked.X.Axis == BreakEvenAxes.RequestsPerMonth ? null : asked.X.Axis,
        ["axisOf"] = asked.X.OptionName is null ? null : asked.X.OptionId,
        ["map"] = asked.Y?.Axis,
        ["mapOf"] = asked.Y?.OptionName is null ? null : asked.Y.OptionId,
    });

    // Gone from the address, so that a reload or the way back does not begin it anew.
    private void EndTour() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("tour", (string?)null), replace: true);

    private void ShowTab(string tab) => Look.Keep("view", tab == "ledger" ? null : tab);

    private async Task LeavingAsync(LocationChangingContext leaving)
    {
        var target = Navigation.ToAbsoluteUri(leaving.TargetLocation).AbsolutePath;
        if (Session is not { Editor: { IsDirty: true, CanUndo: true } } || target == Navigation.ToAbsoluteUri(Navigation.Uri).AbsolutePath)
        {
            return;
        }

        if (!await Confirmations.AskAsync(ScenariosTexts.LeaveQuestion, ScenariosTexts.LeaveConsequence, ScenariosTexts.Leave))
        {
            leaving.PreventNavigation();
        }
    }
}
