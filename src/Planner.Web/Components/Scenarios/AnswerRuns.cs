using Planner.Data.Stores;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Plans;

namespace Planner.Web.Components.Scenarios;

/// <summary>The axes that the address names.</summary>
/// <param name="Axis">The break-even's axis, requests a month where null; across in a map.</param>
/// <param name="AxisOf">The option that it belongs to.</param>
/// <param name="Up">The second axis of a map; null for lines along one.</param>
/// <param name="UpOf">The option that the second axis belongs to.</param>
public sealed record AxesAsked(string? Axis, string? AxisOf, string? Up, string? UpOf);

/// <summary>What of the open scenario takes longer than an edit may: it is worked out away from the page's thread, and only where it is looked at.</summary>
/// <param name="session">The open scenario.</param>
/// <param name="catalog">The whole catalog.</param>
/// <param name="clock">Tells the pauses.</param>
/// <param name="changed">Called when there is something new to show.</param>
public sealed class AnswerRuns(ScenarioSession session, CatalogStore catalog, TimeProvider clock, Func<Task> changed) : IDisposable
{
    private readonly BackgroundRun<RiskView> _risk = new(clock, changed);
    private readonly BackgroundRun<BreakEvenView> _lines = new(clock, changed);
    private readonly BackgroundRun<MapView> _map = new(clock, changed);
    private readonly BackgroundRun<AdviceView> _advice = new(clock, changed);
    private CatalogSnapshot? _whole;
    private (Scenario Scenario, CatalogSnapshot Catalog, IReadOnlyList<AxisOffer> All)? _offers;

    /// <summary>The search for plans.</summary>
    public PlanRun Plans { get; } = new(catalog, () => (session.Editor.UsedCatalog, session.Editor.PriceRevision), clock, changed);

    /// <summary>The scorecard, and variants of fleets.</summary>
    public RunState<AdviceView> Advice => _advice.State;

    /// <summary>What is uncertain.</summary>
    public RunState<RiskView> Risk(string? tab) => ShowsRisk(tab) ? _risk.State : new RunState<RiskView>(null, false);

    /// <summary>Ranges count as soon as there are any; without, the model's own error is looked at only by who opens the tab.</summary>
    public bool ShowsRisk(string? tab) => tab == "risk" || session.Editor.Draft.Ranges.Count > 0;

    /// <summary>What the break-even is asked; null where today's engine would answer beside figures of another.</summary>
    public AxesState? Axes(AxesAsked asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        if (session.Editor is not { Answer.EngineVersion: Engine.Version } editor)
        {
            return null;
        }

        if (!editor.IsFaulty && !(_offers is { } known && ReferenceEquals(known.Scenario, editor.Draft) && ReferenceEquals(known.Catalog, editor.Catalog)))
        {
            _offers = (editor.Draft, editor.Catalog, AxisOffer.Of(editor.Draft, editor.Catalog));
        }

        return _offers is { All: var offers } && AxisOffer.Find(offers, asked.Axis ?? BreakEvenAxes.RequestsPerMonth, asked.AxisOf) is { } x
            ? new AxesState(offers, x, AxisOffer.Find(offers, asked.Up, asked.UpOf), _lines.State, _map.State)
            : null;
    }

    /// <summary>Asks what the page looks at; nothing happens where that has been asked already.</summary>
    /// <param name="tab">The open tab.</param>
    /// <param name="asked">The axes.</param>
    /// <param name="left">The page was left.</param>
    public Task FollowAsync(string? tab, AxesAsked asked, CancellationToken left) => Task.WhenAll(FollowRiskAsync(tab), FollowAxesAsync(asked), OpenPlansAsync(tab, left), FollowAdviceAsync(tab, left));

    public void Dispose()
    {
        Plans.Dispose();
        _risk.Dispose();
        _lines.Dispose();
        _map.Dispose();
        _advice.Dispose();
    }

    private Task FollowRiskAsync(string? tab)
    {
        if (!ShowsRisk(tab) || session.Editor is not { IsFaulty: false, Answer: { } answer } editor)
        {
            return Task.CompletedTask;
        }

        var (scenario, rows) = (editor.Draft, editor.Catalog);
        return _risk.AskAsync(scenario, rows, null, left => RiskView.From(scenario, Engine.Simulate(scenario, rows, left), answer));
    }

    private Task FollowAxesAsync(AxesAsked asked)
    {
        if (session.Editor is not { IsFaulty: false, Answer: { } answer } editor || Axes(asked) is not { IsPlain: false } axes)
        {
            return Task.CompletedTask;
        }

        var (scenario, rows, x) = (editor.Draft, editor.Catalog, axes.X);
        if (axes.Y is { } y)
        {
            return _map.AskAsync(scenario, rows, (x, y), left => MapView.Of(scenario, rows, x, y, answer.Options, left));
        }

        return x.Reason is not null ? Task.CompletedTask : _lines.AskAsync(scenario, rows, x, left => BreakEvenView.Along(scenario, rows, x, answer.Options, left));
    }

    private async Task FollowAdviceAsync(string? tab, CancellationToken gone)
    {
        if (tab != "advice" || session.Editor is not { IsFaulty: false } editor)
        {
            return;
        }

        _whole ??= await catalog.WholeAsync(gone);
        var (scenario, rows, whole) = (editor.Draft, editor.Catalog, _whole);
        // Prices that the scenario has already stay what they are.
        await _advice.AskAsync(scenario, rows, null, left => AdviceView.Of(scenario, rows.Over(whole), left));
    }

    private async Task OpenPlansAsync(string? tab, CancellationToken left)
    {
        if (tab == "plans" && Plans.Catalog is null)
        {
            await Plans.OpenAsync(left);
            await changed();
        }
    }
}
