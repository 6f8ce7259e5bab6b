using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Answers the scorecard, recommends, says what would change that, and lays out the path by month.</summary>
internal static class DecisionFramework
{
    public static Decision Of(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken)
    {
        var result = Engine.Evaluate(scenario, catalog);
        var horizon = Engine.Horizon(scenario, catalog);
        var rows = new DecisionRows(scenario, result).All();
        cancellationToken.ThrowIfCancellationRequested();
        var path = PathOf(scenario, catalog, horizon);
        var cheapest = result.Options.FirstOrDefault(option => option.Id == result.Verdict.CheapestOptionId);
        if (cheapest is null)
            return new Decision(null, null, result.Verdict.Sentence, rows, [], [], [.. Changes(scenario, catalog, result, cancellationToken)], path);
        List<string> same = [.. rows.Where(row => row.Leans == cheapest.Kind).Select(row => row.Id)];
        List<string> other = [.. rows.Where(row => row.Leans is not (null or Leanings.Neither) && row.Leans != cheapest.Kind).Select(row => row.Id)];
        var sentence = AdviceTexts.DecisionSentence.With(cheapest.Name, Wording.Money(cheapest.OngoingMonthlyUsd!.Value, DisplayCurrency.Of(scenario)), same.Count, same.Count + other.Count);
        return new Decision(cheapest.Id, cheapest.Kind, sentence, rows, same, other, [.. Changes(scenario, catalog, result, cancellationToken)], path);
    }

    private static readonly string[] Axes = [BreakEvenAxes.RequestsPerMonth, BreakEvenAxes.ApiPrice, BreakEvenAxes.InstancePrice];

    /// <summary>The nearest change of the winner below and above the scenario's own point of each axis, and what requirements would do; where nothing can serve, also what regions and latency targets would.</summary>
    private static IEnumerable<string> Changes(Scenario scenario, CatalogSnapshot catalog, Result result, CancellationToken cancellationToken)
    {
        var currency = DisplayCurrency.Of(scenario);
        string? NameOf(string? id) => result.Options.FirstOrDefault(option => option.Id == id)?.Name;
        string Change(string text, string axis, double at, string? id) => text.With(Label(axis, scenario), Point(axis, at, currency), NameOf(id));
        var winner = result.Verdict.CheapestOptionId;
        foreach (var axis in Axes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Engine.CheckAxis(scenario, catalog, axis, null, null).Count > 0 || Engine.AxisHere(scenario, catalog, axis) is not { } here)
                continue;
            var found = Engine.BreakEven(scenario, catalog, axis).Single(one => one is { FirstMonth: false, CapacityChecked: true });
            if (found.Crossings.LastOrDefault(crossing => crossing.Value < here && crossing.FromOptionId != winner && crossing.ToOptionId == winner) is { } below)
                yield return Change(below.FromOptionId is null ? AdviceTexts.ChangeBelowNone : AdviceTexts.ChangeBelow, axis, below.Value, below.FromOptionId);
            if (found.Crossings.FirstOrDefault(crossing => crossing.Value > here && crossing.FromOptionId == winner && crossing.ToOptionId != winner) is { } above)
                yield return Change(above.ToOptionId is null ? AdviceTexts.ChangeAboveNone : AdviceTexts.ChangeAbove, axis, above.Value, above.ToOptionId);
        }

        var (workload, requirements) = (scenario.Workload, scenario.Workload.Requirements);
        string? With(Workload other) => Engine.Evaluate(scenario with { Workload = other }, catalog).Verdict.CheapestOptionId;
        var inside = With(workload with { Requirements = requirements with { DataStaysInside = !requirements.DataStaysInside } });
        if (inside != winner)
            yield return (requirements.DataStaysInside ? AdviceTexts.ChangeOutside : inside is null ? AdviceTexts.ChangeInsideNone : AdviceTexts.ChangeInside).With(NameOf(inside));
        if (winner is not null)
            yield break;
        // Where nothing can serve, what would let something serve is all that there is to know.
        if (requirements.Regions.Count > 0 && With(workload with { Requirements = requirements with { Regions = [] } }) is { } anywhere)
            yield return AdviceTexts.ChangeRegions.With(NameOf(anywhere));
        if (workload.Slo is not { TtftMs: null, TpotMs: null } && With(workload with { Slo = new ServiceLevel { Percentile = workload.Slo.Percentile } }) is { } slow)
            yield return AdviceTexts.ChangeTargets.With(NameOf(slow));
    }

    private static string Label(string axis, Scenario scenario) => axis switch
    {
        BreakEvenAxes.RequestsPerMonth => AdviceTexts.AxisRequests,
        BreakEvenAxes.ApiPrice => AdviceTexts.AxisPriceOf.With(scenario.Options.First(option => option is ApiOption).Name),
        _ => AdviceTexts.AxisInstanceOf.With(scenario.Options.First(option => option is SelfHostOption).Name),
    };

    private static string Point(string axis, double value, DisplayCurrency currency) =>
        axis == BreakEvenAxes.RequestsPerMonth ? Wording.Count(value) : currency.With(BreakEvenWriter.Figure(axis, (double)currency.From((decimal)value)));

    /// <summary>Each month's cheapest of the options that can then serve it and have been set up; one-off work is left to the switch.</summary>
    private static PhasedPath PathOf(Scenario scenario, CatalogSnapshot catalog, HorizonResult horizon)
    {
        var costs = new OptionResolver(scenario, catalog).All();
        var series = new HorizonSeries();
        series.Set(scenario);
        var phases = new List<Phase>();
        for (var month = 0; month < horizon.Months; month++)
        {
            string? cheapest = null;
            var least = decimal.MaxValue;
            for (var i = 0; i < costs.Count; i++)
            {
                var isThere = month >= costs[i].LeadMonths || costs[i].Id == scenario.BaselineOptionId;
                if (!isThere || !costs[i].IsComparable || horizon.Options[i].Months.Count == 0 || !costs[i].Carries(series.Requests[month]))
                    continue;
                var at = horizon.Options[i].Months[month];
                if (at.CostUsd - at.OneOffUsd < least)
                    (cheapest, least) = (costs[i].Id, at.CostUsd - at.OneOffUsd);
            }

            if (phases.Count > 0 && phases[^1].OptionId == cheapest)
                phases[^1] = phases[^1] with { ToMonth = month + 1 };
            else
                phases.Add(new Phase(month, month + 1, scenario.FirstDay is null ? null : RuleBook.MonthName(scenario.FirstDay, month), cheapest));
        }

        return new PhasedPath(Sentence(scenario, phases), phases, SwitchOf(scenario, horizon, phases));
    }

    private static string Sentence(Scenario scenario, List<Phase> phases)
    {
        string NameOf(Phase phase) => scenario.Options.FirstOrDefault(option => option.Id == phase.OptionId)?.Name ?? Texts.WordNobody;
        if (phases is [var only])
            return (only.OptionId is null ? AdviceTexts.PathNone : AdviceTexts.PathOne).With(NameOf(only));
        return string.Join(Texts.WordThen, phases.Select((phase, i) => i + 1 < phases.Count
            ? AdviceTexts.PathUntil.With(NameOf(phase), RuleBook.MonthName(scenario.FirstDay, phase.ToMonth))
            : NameOf(phase))) + ".";
    }

    private static string? SwitchOf(Scenario scenario, HorizonResult horizon, List<Phase> phases)
    {
        if (phases[^1].OptionId is not { } last || horizon.Options.FirstOrDefault(option => option.Id == last) is not { Switching: { } moves } option)
            return null;
        return moves.BestStartMonth is { } best
            ? AdviceTexts.PathSwitch.With(option.Name, RuleBook.MonthName(scenario.FirstDay, best), Wording.Money(moves.PresentValuesUsd[best] ?? moves.PresentValueUsd, DisplayCurrency.Of(scenario)))
            : AdviceTexts.PathNoSwitch.With(option.Name);
    }
}
