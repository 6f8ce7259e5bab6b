using System.Text.Json;
using System.Text.RegularExpressions;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Rules about the scenario as a whole.</summary>
internal static partial class WorkloadRulebook
{
    /// <summary>The clouds' month: 365 × 24 ÷ 12 hours.</summary>
    private const decimal CloudHours = 730;

    /// <summary>A target for the first token up to this is one that people state for a whole answer, ms.</summary>
    private const decimal ShortTtftMs = 200;

    /// <summary>The targets that are offered where none are set: those of the worked examples.</summary>
    private const decimal UsualTtftMs = 2000, UsualTpotMs = 60;

    public static void Find(RuleFacts facts)
    {
        var (scenario, workload) = (facts.Scenario, facts.Workload);
        if (scenario.HoursPerMonth != CloudHours)
        {
            var share = RuleFacts.Percent((double)Math.Abs(scenario.HoursPerMonth - CloudHours) / (double)CloudHours);
            facts.Tell(
                "hours-of-month", (scenario.HoursPerMonth < CloudHours ? AdviceTexts.HoursShorter : AdviceTexts.HoursLonger).With(scenario.HoursPerMonth, share), null,
                new CheckFix(AdviceTexts.FixHours, HoursChange));
        }

        FindFlatLoad(facts);
        FindTargets(facts);
        FindFallback(facts);
        if (workload.Requirements.MinimumQualityTier is null && Models(facts) is { Count: > 1 } models)
            facts.Tell("quality-not-compared", AdviceTexts.QualityNotCompared.With(string.Join(", ", models)), null);
        if (workload.ReasoningTokens == 0 && workload.OutputTokens > 0)
            FindReasoning(facts);
    }

    // The same in every scenario, and asked for at every edit.
    private static readonly CheckChange[] HoursChange = [new("hoursPerMonth", CloudHours)];
    private static readonly CheckChange[] PeakChange = [new("workload.shape.peakToMean", 2m)];
    private static readonly CheckChange[] TargetChanges = [new("workload.slo.ttftMs", UsualTtftMs), new("workload.slo.tpotMs", UsualTpotMs)];

    private static void FindFlatLoad(RuleFacts facts)
    {
        if (facts.Workload.Shape is not { Kind: ShapeKinds.Flat, PeakToMean: 1 } || facts.Workload.BatchShare == 1)
            return;
        foreach (var option in facts.Scenario.Options)
        {
            if (option is not SelfHostOption fleet)
                continue;
            var isStated = fleet.Fleet.Sizing is FleetSizings.Fixed or FleetSizings.Scheduled;
            facts.Tell("flat-load", (isStated ? AdviceTexts.FlatLoadStated : AdviceTexts.FlatLoad).With(option.Name), null, new CheckFix(AdviceTexts.FixPeakToMean, PeakChange));
            return;
        }
    }

    private static void FindTargets(RuleFacts facts)
    {
        var (workload, slo) = (facts.Workload, facts.Workload.Slo);
        if (slo is { TtftMs: null, TpotMs: null })
        {
            foreach (var result in facts.Results)
            {
                if (result is not { Kind: OptionKinds.SelfHost, Capacity.Rank: ThroughputKinds.Modelled, Capacity.Basis: not ThroughputBases.Input })
                    continue;
                facts.Tell("no-targets", AdviceTexts.NoTargets.With(result.Name), null, new CheckFix(AdviceTexts.FixTargets, TargetChanges));
                break;
            }
        }

        var tokens = workload.OutputTokens + workload.ReasoningTokens;
        if (!(slo.TtftMs <= ShortTtftMs) || tokens <= 1)
            return;
        var tpot = (double?)slo.TpotMs;
        foreach (var result in facts.Results)
            tpot ??= result.Estimate?.TpotSeconds * 1000;
        facts.Tell(
            "first-token-only",
            tpot is { } ms
                ? AdviceTexts.FirstTokenOnly.With(slo.TtftMs, Wording.Count((double)tokens), Wording.Count(ms), Wording.Seconds(((double)slo.TtftMs!.Value + ((double)(tokens - 1) * ms)) / 1000))
                : AdviceTexts.FirstTokenUntimed.With(slo.TtftMs, Wording.Count((double)(tokens - 1))),
            null);
    }

    /// <summary>An API of the scenario that could stand in for the cheapest fleet, in no mix with it.</summary>
    private static void FindFallback(RuleFacts facts)
    {
        var scenario = facts.Scenario;
        if (scenario.Workload.Requirements.DataStaysInside || facts.CheapestApi is not { OngoingMonthlyUsd: { } month } api)
            return;
        var index = -1;
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            if (scenario.Options[i] is SelfHostOption && scenario.Options[i].Id == facts.Verdict.CheapestOptionId)
                index = i;
        }

        if (index < 0 || facts.MixOf(scenario.Options[index].Id) is not null)
            return;
        var fleet = scenario.Options[index];
        var mix = new HybridOption
        {
            Id = OptionIds.Free(scenario, "fallback"),
            Name = AdviceTexts.FallbackName.With(fleet.Name, api.Name) is { Length: <= 200 } name ? name : AdviceTexts.FixFallback,
            Mode = HybridModes.Fallback,
            FleetOptionId = fleet.Id,
            ApiOptionId = api.Id,
            DowntimeShare = 0.01m,
        };
        // As an option, so that the document says its kind.
        var fix = scenario.Options.Count >= ScenarioRules.MostOptions
            ? null
            : new CheckFix(AdviceTexts.FixFallback.With(api.Name), [new CheckChange($"options[{scenario.Options.Count}]", JsonSerializer.SerializeToElement<Option>(mix, ScenarioJson.Options))]);
        facts.Tell("fallback-not-planned", AdviceTexts.FallbackNotPlanned.With(fleet.Name, api.Name, facts.Money(month / 100)), fleet.Id, fix);
    }

    /// <summary>Names of the models that the options serve, each once; null where none is named.</summary>
    private static List<string>? Models(RuleFacts facts)
    {
        List<string>? models = null;
        foreach (var option in facts.Scenario.Options)
        {
            if (ModelOf(facts, option) is { } model && models?.Exists(other => IsSame(model, other)) != true)
                (models ??= []).Add(model);
        }

        return models;
    }

    /// <summary>The model's name by the price sheet or the catalog's row of the model; null where neither is known.</summary>
    private static string? ModelOf(RuleFacts facts, Option option) => option switch
    {
        ApiOption { PriceKey: { } key } => facts.Catalog.Prices.GetValueOrDefault(key)?.Name,
        SelfHostOption { Model: { } key } => facts.Catalog.Models.GetValueOrDefault(key)?.Name,
        _ => null,
    };

    /// <summary>True where two names say the same model: signs differ from seller to seller, and open weights are sold under words for how they are served.</summary>
    private static bool IsSame(string name, string other) => Spelled(name) == Spelled(other);

    private static string Spelled(string name) =>
        string.Concat((OpenWeights().IsMatch(name) ? ServedAs().Replace(name, "") : name).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>A number of parameters, which only makers of open weights put into a name.</summary>
    [GeneratedRegex(@"\d[Bb]\b")]
    private static partial Regex OpenWeights();

    [GeneratedRegex(@"\b(instruct|instant|versatile|turbo)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ServedAs();

    private static void FindReasoning(RuleFacts facts)
    {
        foreach (var option in facts.Scenario.Options)
        {
            // Keys name a model in the maker's own words.
            var key = option is ApiOption api ? api.PriceKey : (option as SelfHostOption)?.Model;
            if (key is not null && Reasoner().IsMatch(key) && !Answerer().IsMatch(key))
            {
                facts.Tell("reasoning-missing", AdviceTexts.ReasoningMissing.With(option.Name), option.Id);
                return;
            }
        }
    }

    /// <summary>Keys of models, or of price sheets, that think before they answer, by their makers' names for them.</summary>
    [GeneratedRegex(@"(^|[/:.\-_])(o[1345](-|$)|gpt-5|gpt-oss|deepseek-r\d|qwq|grok-4|magistral)|thinking|reason", RegexOptions.IgnoreCase)]
    private static partial Regex Reasoner();

    /// <summary>Those of the same names that answer at once.</summary>
    [GeneratedRegex(@"non?-?(thinking|reason)|gpt-5[.\d]*-chat", RegexOptions.IgnoreCase)]
    private static partial Regex Answerer();
}
