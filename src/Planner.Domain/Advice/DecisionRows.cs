using Planner.Domain.Costs;
using Planner.Domain.Loads;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>The scorecard: the sources' two lists and the volume rule of thumb, each answered by the scenario's own figures.</summary>
internal sealed class DecisionRows(Scenario scenario, Result result)
{
    /// <summary>The volumes between which the sources do not say, requests and tokens a month.</summary>
    private const double FewRequests = 1e6, ManyRequests = 3e6, FewTokens = 1e9, ManyTokens = 5e9;

    /// <summary>Models from which on an API's choice counts.</summary>
    private const int ManyModels = 3;

    private readonly OptionResult? _cheapest = result.Options.FirstOrDefault(option => option.Id == result.Verdict.CheapestOptionId);
    private readonly OptionResult? _fleet = Cheapest(result, OptionKinds.SelfHost);
    private readonly OptionResult? _api = Cheapest(result, OptionKinds.Api);
    private readonly DisplayCurrency _currency = DisplayCurrency.Of(scenario);

    public List<DecisionRow> All() => [Volume(), Tokens(), Shape(), Cost(), Team(), Start(), Privacy(), Custom(), Variety(), Latency()];

    private static OptionResult? Cheapest(Result result, string kind) =>
        result.Options.Where(option => option.Kind == kind && option.OngoingMonthlyUsd is not null).OrderByDescending(option => option.Feasible).ThenBy(option => option.OngoingMonthlyUsd).FirstOrDefault();

    private string Money(decimal usd) => Wording.Money(usd, _currency);

    private DecisionRow Volume()
    {
        var found = result.AlongRequests(firstMonth: false, capacityChecked: true)!;
        var requests = (double)scenario.Workload.RequestsPerMonth;
        var side = SideOf(requests, FewRequests, ManyRequests);
        return Row("volume", AdviceTexts.ThumbVolume, AdviceTexts.SourceArticle, AdviceTexts.AnswerVolume.With(Wording.Count(requests), side.Word, found.Sentence), side.Leans);
    }

    private DecisionRow Tokens()
    {
        var workload = scenario.Workload;
        var tokens = (double)workload.RequestsPerMonth * (double)(workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens);
        var side = SideOf(tokens, FewTokens, ManyTokens);
        return Row(
            "tokens", AdviceTexts.ThumbTokens, AdviceTexts.SourceEconomics,
            AdviceTexts.AnswerTokens.With(Wording.Count(tokens), side.Word, _cheapest?.Name ?? Texts.WordNobody), side.Leans);
    }

    /// <summary>What a rule of thumb says of a volume: it leans by its own number, not by what the figures make of it.</summary>
    private static (string Word, string Leans) SideOf(double volume, double few, double many) =>
        volume < few ? (AdviceTexts.WordApi, Leanings.Api) : volume > many ? (AdviceTexts.WordSelfHost, Leanings.SelfHost) : (AdviceTexts.WordNeither, Leanings.Neither);

    private DecisionRow Shape()
    {
        var peak = LoadWeek.Of(scenario.Workload.Shape).PeakToMean;
        var isBursty = peak >= LoadKinds.BurstyFrom;
        var used = _fleet is { Feasible: true, Utilization: { } share } ? AdviceTexts.AnswerShapeUsed.With(_fleet.Name, RuleFacts.Percent(share)) : "";
        return Row(
            "shape", AdviceTexts.ThumbShape, AdviceTexts.SourceArticle, AdviceTexts.AnswerShape.With(Wording.Count(peak)) + used,
            isBursty ? Leanings.Api : Leanings.SelfHost);
    }

    private DecisionRow Cost()
    {
        if (_fleet is not { OngoingMonthlyUsd: { } own } || _api is not { OngoingMonthlyUsd: { } hosted })
            return Open("cost", AdviceTexts.ThumbCost, AdviceTexts.SourceArticle, AdviceTexts.OpenCost);
        var answer = AdviceTexts.AnswerCost.With(_api.Name, Money(hosted), _fleet.Name, Money(own));
        if (!_fleet.Feasible && !_api.Feasible)
            return Row("cost", AdviceTexts.ThumbCost, AdviceTexts.SourceArticle, $"{answer} {AdviceTexts.AnswerNeitherCan}", Leanings.Neither);
        if (!_fleet.Feasible || !_api.Feasible)
            return Row("cost", AdviceTexts.ThumbCost, AdviceTexts.SourceArticle, $"{answer} {AdviceTexts.AnswerCannot.With(_fleet.Feasible ? _api.Name : _fleet.Name)}", _fleet.Feasible ? Leanings.SelfHost : Leanings.Api);
        return Row("cost", AdviceTexts.ThumbCost, AdviceTexts.SourceArticle, answer, own < hosted ? Leanings.SelfHost : hosted < own ? Leanings.Api : Leanings.Neither);
    }

    /// <summary>What running the fleet costs, and whether that decides.</summary>
    private DecisionRow Team()
    {
        if (_fleet is not { OngoingMonthlyUsd: { } own })
            return Open("team", AdviceTexts.ThumbTeam, AdviceTexts.SourceBoth, AdviceTexts.OpenFleet);
        var work = _fleet.Ledger.Where(line => !line.OneOff && line.Group == LedgerGroups.Operations).Sum(line => line.AmountUsd);
        if (work == 0)
            return Open("team", AdviceTexts.ThumbTeam, AdviceTexts.SourceBoth, AdviceTexts.OpenTeam.With(_fleet.Name));
        var leans = _api is not { Feasible: true, OngoingMonthlyUsd: { } hosted } || !_fleet.Feasible ? Leanings.Neither
            : own < hosted ? Leanings.SelfHost
            : own - work < hosted ? Leanings.Api : Leanings.Neither;
        return Row("team", AdviceTexts.ThumbTeam, AdviceTexts.SourceBoth, AdviceTexts.AnswerTeam.With(_fleet.Name, Money(work), RuleFacts.Percent((double)(work / own))), leans);
    }

    private DecisionRow Start()
    {
        if (_fleet is null || scenario.Options.First(option => option.Id == _fleet.Id) is not SelfHostOption fleet)
            return Open("start", AdviceTexts.ThumbStart, AdviceTexts.SourceArticle, AdviceTexts.OpenFleet);
        var oneOff = _fleet.FirstMonthUsd - _fleet.OngoingMonthlyUsd ?? 0;
        return Row(
            "start", AdviceTexts.ThumbStart, AdviceTexts.SourceArticle, StartAnswer(_fleet.Name, fleet.LeadMonths, oneOff),
            fleet.LeadMonths > 0 || oneOff > 0 ? Leanings.Api : Leanings.Neither);
    }

    private string StartAnswer(string name, int months, decimal oneOffUsd) => (months, oneOffUsd) switch
    {
        (0, <= 0) => AdviceTexts.AnswerStartNow.With(name),
        (0, _) => AdviceTexts.AnswerStartWork.With(name, Money(oneOffUsd)),
        (_, <= 0) => AdviceTexts.AnswerStartMonths.With(name, MonthsInWords(months)),
        _ => AdviceTexts.AnswerStart.With(name, MonthsInWords(months), Money(oneOffUsd)),
    };

    private static string MonthsInWords(int months) => months == 1 ? AdviceTexts.WordOneMonth : AdviceTexts.WordMonths.With(months);

    private DecisionRow Privacy() => scenario.Workload.Requirements.DataStaysInside
        ? new DecisionRow("privacy", AdviceTexts.ThumbPrivacy, AdviceTexts.SourceArticle, AdviceTexts.AnswerInside, Leanings.SelfHost, IsDecisive: true)
        : Row("privacy", AdviceTexts.ThumbPrivacy, AdviceTexts.SourceArticle, AdviceTexts.AnswerOutside, Leanings.Neither);

    private DecisionRow Custom() => scenario.Workload.Requirements.CustomModel
        // An API may host that model, so that it decides nothing alone.
        ? Row("custom-model", AdviceTexts.ThumbCustom, AdviceTexts.SourceBoth, AdviceTexts.AnswerCustom, Leanings.SelfHost)
        : Row("custom-model", AdviceTexts.ThumbCustom, AdviceTexts.SourceBoth, AdviceTexts.AnswerNoCustom, Leanings.Neither);

    /// <summary>Tasks that go to different options; a workload without tasks has one model.</summary>
    private DecisionRow Variety()
    {
        var routes = scenario.Options.OfType<HybridOption>().Where(mix => mix.Mode == HybridModes.Tasks).SelectMany(mix => mix.Routes).ToList();
        var models = Math.Max(1, routes.Select(route => route.OptionId).Distinct().Count());
        var kinds = routes.Select(route => scenario.Options.First(option => option.Id == route.OptionId).Kind).Distinct().Count();
        return Row(
            "variety", AdviceTexts.ThumbVariety, AdviceTexts.SourceArticle, models == 1 ? AdviceTexts.AnswerOneModel : AdviceTexts.AnswerModels.With(models),
            kinds > 1 ? Leanings.Hybrid : models >= ManyModels ? Leanings.Api : Leanings.Neither);
    }

    private DecisionRow Latency()
    {
        if (scenario.Workload.Slo.TtftMs is not { } target)
            return Open("latency", AdviceTexts.ThumbLatency, AdviceTexts.SourceArticle, AdviceTexts.OpenTarget);
        var fleet = result.Options.Where(option => option.Kind == OptionKinds.SelfHost).Min(option => option.Estimate?.TtftSeconds * 1000);
        var api = scenario.Options.OfType<ApiOption>().Min(option => option.Latency?.TtftMs);
        if (fleet is null && api is null)
            return Open("latency", AdviceTexts.ThumbLatency, AdviceTexts.SourceArticle, AdviceTexts.OpenLatency);
        string Say(double? ms) => ms is { } known ? Wording.Seconds(known / 1000) : AdviceTexts.WordUnknown;
        var (own, hosted) = (fleet <= (double)target, api <= target);
        return Row(
            "latency", AdviceTexts.ThumbLatency, AdviceTexts.SourceArticle, AdviceTexts.AnswerLatency.With(Wording.Seconds((double)target / 1000), Say(fleet), Say((double?)api)),
            own == hosted || fleet is null || api is null ? Leanings.Neither : own ? Leanings.SelfHost : Leanings.Api);
    }

    private static DecisionRow Row(string id, string thumb, string source, string answer, string? leans) => new(id, thumb, source, answer, leans);

    private static DecisionRow Open(string id, string thumb, string source, string why) => new(id, thumb, source, why, null);
}
