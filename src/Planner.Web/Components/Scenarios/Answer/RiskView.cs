using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>What the scenario's ranges make of its answer.</summary>
/// <param name="Simulation">The figures.</param>
/// <param name="Options">The options in the scenario's order.</param>
/// <param name="Title">The finding in a sentence; the reason where there are no figures.</param>
/// <param name="Confidence">How sure the verdict is, such as "97 %", or that this is not known; null where no range is stated, or where nothing can serve.</param>
/// <param name="Meaning">What that figure means, or why there is none, a sentence; null with it.</param>
public sealed record RiskView(Simulation Simulation, IReadOnlyList<OptionView> Options, string Title, string? Confidence, string? Meaning)
{
    /// <summary>Most options whose spread is drawn in one chart.</summary>
    private const int Drawn = 3;

    /// <summary>What the verdict's option saves on average, which may be a loss where the likely values promise a saving; null where there is nothing to save against, or no confidence.</summary>
    public string? MeanSaving { get; private init; }

    /// <summary>The currency in which amounts are shown.</summary>
    public DisplayCurrency Currency => Options.Count > 0 ? Options[0].Currency : DisplayCurrency.Usd;

    /// <summary>What is drawn of the tornado; empty where nothing can be compared.</summary>
    public IReadOnlyList<TornadoRow> Tornado { get; private init; } = [];

    /// <summary>The difference with every input at its likely value, USD.</summary>
    public double TornadoBase { get; private init; }

    /// <summary>What the bars measure.</summary>
    public string TornadoMeasure { get; private init; } = "";

    /// <summary>Costs of the month of up to three options: what is cheapest at the likely values and its runner-up first, then the likeliest to be cheapest.</summary>
    public IReadOnlyList<ChartDistribution> Distributions { get; private init; } = [];

    /// <summary>True where a scenario has anything to be uncertain about: a range, or a throughput that is modelled.</summary>
    public static bool Concerns(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Ranges.Count > 0 || scenario.Options.Any(option => option is SelfHostOption { Throughput.IsGiven: false });
    }

    /// <summary>Builds it.</summary>
    /// <param name="scenario">The scenario that was simulated.</param>
    /// <param name="simulation">What was found.</param>
    /// <param name="answer">Its answer.</param>
    public static RiskView From(Scenario scenario, Simulation simulation, AnswerModel answer)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(simulation);
        ArgumentNullException.ThrowIfNull(answer);
        var options = answer.Options;
        if (simulation.Reason is { } reason)
            return new RiskView(simulation, options, reason, null, null);
        var month = simulation.Outlooks.First(outlook => outlook.Metric == OutlookMetrics.Month);
        var winner = month.Options.MaxBy(option => option.CheapestShare)!;
        var title = winner.CheapestShare > 0 ? Texts.RiskTitle.With(Share(winner.CheapestShare), Format.Count(simulation.Samples), winner.Name) : Texts.RiskNobody;
        var verdict = scenario.Ranges.Count > 0 ? month.Options.FirstOrDefault(option => option.Id == answer.Verdict.Cheapest?.Id) : null;
        var isKnown = simulation.Confidence is not null;
        return new RiskView(
            simulation, options, title, verdict is null ? null : isKnown ? Share(verdict.CheapestShare) : Texts.RiskUnknown,
            verdict is null ? null : !isKnown ? simulation.ConfidenceReason : Texts.RiskTitle.With(Share(verdict.CheapestShare), Format.Count(simulation.Samples), verdict.Name))
        {
            MeanSaving = isKnown && verdict is { Saving: { } saving } ? MeanOf(saving.Mean, verdict.InfeasibleShare > 0, answer.Currency) : null,
            Distributions = [.. Spread(month.Options, Ranked(simulation)).Select(i => (Option: month.Options[i], options[i].Style)).Select(one => new ChartDistribution(
                one.Option.Name, one.Style.Hue.Fill, month.Edges, [.. one.Option.Bins.Select(count => (double)count)], one.Option.Cost!.P10, one.Option.Cost.P50, one.Option.Cost.P90))],
        }.WithTornado();
    }

    /// <summary>A share in words: what is not quite all is not called all.</summary>
    public static string Share(double share) => share switch
    {
        > 0.995 and < 1 => AnswerTexts.ShareOver.With(Format.Percent(0.99)),
        > 0 and < 0.001 => AnswerTexts.ShareUnder.With(Format.Percent(0.001)),
        _ => Format.Percent(share),
    };

    private static string MeanOf(double saving, bool isOfSome, DisplayCurrency currency)
    {
        var sentence = (saving < 0, isOfSome) switch
        {
            (true, true) => Texts.RiskMeanServedCosts,
            (true, false) => Texts.RiskMeanCosts,
            (false, true) => Texts.RiskMeanServedSaves,
            _ => Texts.RiskMeanSaves,
        };
        return sentence.With(Format.MoneyHeadline((decimal)Math.Abs(saving), currency));
    }

    /// <summary>An option's name; that nothing can serve where there is none.</summary>
    public string NameOf(string? id) => AnswerModel.NameOf(Options, id) ?? Texts.RiskNone;

    /// <summary>Places of the options that can serve at the likely values, the cheapest first.</summary>
    private static List<int> Ranked(Simulation simulation) =>
        [.. Enumerable.Range(0, simulation.Likely!.Usd.Count).Where(i => simulation.Likely.Usd[i] is not null).OrderBy(i => simulation.Likely.Usd[i])];

    /// <summary>Places of the options whose costs are drawn: the two that the tornado compares, and a third; the likeliest to be cheapest first, those that never are by their median.</summary>
    private static IEnumerable<int> Spread(IReadOnlyList<OptionOutlook> options, List<int> ranked)
    {
        List<int> likeliest = [.. Enumerable.Range(0, options.Count).Where(i => options[i].Cost is not null).OrderByDescending(i => options[i].CheapestShare).ThenBy(i => options[i].Cost!.P50)];
        var compared = ranked.Take(2).Where(likeliest.Contains);
        return compared.Concat(likeliest).Distinct().Take(Drawn).OrderBy(likeliest.IndexOf);
    }

    private RiskView WithTornado()
    {
        var usd = Simulation.Likely!.Usd;
        var ranked = Ranked(Simulation);
        if (ranked.Count == 0)
            return this;
        var flips = Simulation.Flips.ToDictionary(flip => flip.Path);
        return this with
        {
            TornadoBase = ranked.Count == 1 ? usd[ranked[0]]!.Value : usd[ranked[1]]!.Value - usd[ranked[0]]!.Value,
            TornadoMeasure = ranked.Count == 1
                ? Texts.RiskOnlyMeasure.With(Options[ranked[0]].Name)
                : Texts.RiskMeasure.With(Options[ranked[1]].Name, Options[ranked[0]].Name),
            Tornado = [.. Simulation.Tornado.Select(bar => new TornadoRow(bar.Name, Figure(bar.Low), Figure(bar.High), bar.DifferenceAtLow, bar.DifferenceAtHigh, ChangeOf(bar, flips[bar.Path])))],
        };
    }

    /// <summary>Where the difference of the two is 0, another wins.</summary>
    private static TornadoFlip? ChangeOf(TornadoBar bar, Flip flip) =>
        flip is { Value: { } value } && bar.DifferenceAtLow * bar.DifferenceAtHigh < 0 ? new TornadoFlip(0, AnswerTexts.FlipFrom.With(Figure(value))) : null;

    /// <summary>A value of an input.</summary>
    public static string Figure(double value) => Math.Abs(value) is >= 1e6 and < 1e15 ? Format.Count(value) : Format.Number(Math.Round((decimal)value, Math.Abs(value) >= 100 ? 2 : 6));
}
