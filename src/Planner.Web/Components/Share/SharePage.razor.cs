using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Share;

/// <summary>What a link shows: the answer, and nothing that leads elsewhere or stores anything.</summary>
public sealed partial class SharePage : LeavableComponent
{
    private readonly Dictionary<string, int> _places = [];
    private SharedScenario? _shared;
    private IReadOnlyList<WhatIfInput>? _inputs;
    private WhatIfAnswer? _tried;
    private BackgroundRun<RiskView>? _risk;
    private ShareTarget? _target;
    private string? _problem;
    private int _moves;
    private bool _missing;
    private bool _stale;
    private bool _asking;

    /// <summary>The secret part of the address.</summary>
    [Parameter]
    public required string Token { get; set; }

    /// <summary>What the request was allowed, for the circuit that follows: no request of a circuit brings the cookie, and without this its page could open any other link.</summary>
    [PersistentState]
    public string? Grant { get; set; }

    /// <summary>The request, while the page is made for the first time; null in the circuit that follows.</summary>
    [CascadingParameter]
    public HttpContext? Http { get; set; }

    [Inject]
    public required ShareLinkStore Links { get; init; }

    [Inject]
    public required SharedScenarios Scenarios { get; init; }

    [Inject]
    public required Passcodes Codes { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required AddressViewState Look { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private AnswerModel Shown => _tried?.Answer ?? _shared!.Answer;

    private Scenario ShownScenario => _tried?.Scenario ?? _shared!.Stored.Scenario;

    private bool HasRisk => _shared is { Answer.IsSound: true } && RiskView.Concerns(ShownScenario);

    protected override void Dispose(bool disposing)
    {
        _risk?.Dispose();
        base.Dispose(disposing);
    }

    protected override async Task OnInitializedAsync()
    {
        if (await Links.ResolveAsync(Token) is not { } target)
        {
            Miss();
            return;
        }

        if (Http is null)
        {
            _stale = !Codes.IsGranted(target, Grant);
        }
        else if (target.Terms.PasscodeHash is not null && !Codes.IsGranted(target, Http.Request.Cookies[Passcodes.Cookie]))
        {
            Navigation.NavigateTo($"/s/{Token}/passcode");
            return;
        }
        else
        {
            Grant = Codes.Grant(target);
        }

        if (_stale)
        {
            return;
        }

        _target = target;
        _shared = await Scenarios.OpenAsync(target);
        if (_shared is null)
        {
            Miss();
        }
        else if (Http is not null && HttpMethods.IsGet(Http.Request.Method))
        {
            // The circuit makes the page a second time; one opening is one view.
            await Links.CountViewAsync(target.LinkId);
        }
    }

    // As on the scenario's page: ranges count at once, the model's own error is looked at by who opens the tab.
    protected override Task OnAfterRenderAsync(bool firstRender)
    {
        if (!HasRisk || _shared is not { } shared || (ShownScenario.Ranges.Count == 0 && Look["view"] != "risk"))
        {
            return Task.CompletedTask;
        }

        var (scenario, answer, catalog) = (ShownScenario, Shown, shared.Stored.Snapshot);
        _risk ??= new BackgroundRun<RiskView>(Clock, () => InvokeAsync(StateHasChanged));
        return _risk.AskAsync(scenario, catalog, null, asked => Scenarios.WorkAsync(token => RiskView.From(scenario, Engine.Simulate(scenario, catalog, token), answer), asked));
    }

    private void Miss()
    {
        (_missing, _shared) = (true, null);
        if (Http is not null)
        {
            Sharing.Miss(Http);
        }
    }

    private async Task FindInputsAsync()
    {
        var stored = _shared!.Stored;
        _inputs ??= await Scenarios.WorkAsync(token => WhatIf.InputsOf(stored.Scenario, stored.Snapshot, token), Leaving);
    }

    private async Task MoveAsync((string Path, int Place) moved)
    {
        Put(moved.Path, moved.Place);
        if (_places.Count == 0)
        {
            // Back at the shared figures, by hand: they are there already.
            (_tried, _problem) = (null, null);
        }

        // Grips move faster than answers come: the one that is being worked out is followed by that of the last places.
        if (_asking)
        {
            return;
        }

        _asking = true;
        try
        {
            for (var asked = -1; asked != _moves;)
            {
                asked = _moves;
                await AskAsync(asked);
            }
        }
        finally
        {
            _asking = false;
        }
    }

    private async Task AskAsync(int asked)
    {
        if (_shared is not { Stored: var stored } || _inputs is not { } inputs)
        {
            return;
        }

        if (await Links.ResolveAsync(Token, Leaving) is not { Terms.AllowsWhatIf: true } target || target.LinkId != _target?.LinkId)
        {
            // Revoked or ended since, or the address has become that of another link: no more is answered.
            Miss();
            return;
        }

        if (!Codes.IsGranted(target, Grant))
        {
            // The twelve hours are over.
            (_stale, _shared) = (true, null);
            return;
        }

        var moved = inputs.Where(input => _places.ContainsKey(input.Path)).ToDictionary(input => input.Path, input => input.At(_places[input.Path]));
        var (answer, problem) = moved.Count == 0 ? (null, null) : await Scenarios.WorkAsync(_ => WhatIf.Ask(stored.Scenario, stored.Snapshot, moved), Leaving);
        if (asked == _moves)
        {
            (_tried, _problem) = (moved.Count == 0 ? null : answer ?? _tried, problem);
        }
    }

    private void Put(string path, int place)
    {
        _moves++;
        if (place == 0)
        {
            _places.Remove(path);
        }
        else
        {
            _places[path] = place;
        }
    }

    private void Reset()
    {
        _moves++;
        _places.Clear();
        (_tried, _problem) = (null, null);
    }
}
