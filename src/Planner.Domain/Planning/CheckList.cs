using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Planner.Domain.Advice;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Planning;

/// <summary>The severities of a <see cref="Check"/>.</summary>
public static class CheckSeverities
{
    /// <summary>The figures do not hold as they stand.</summary>
    public const string Error = "error";

    /// <summary>Something that often goes wrong.</summary>
    public const string Warning = "warning";

    /// <summary>Good to know.</summary>
    public const string Info = "info";
}

/// <summary>What a reader should know before signing.</summary>
internal static class CheckList
{
    public static List<Check> Of(Scenario scenario, CatalogSnapshot catalog, List<OptionResult> options, List<OptionCost> costs, Verdict verdict, IReadOnlyList<LeverWaterfall> levers)
    {
        var currency = DisplayCurrency.Of(scenario);
        var checks = new List<Check>();
        var facts = new RuleFacts(scenario, catalog, options, costs, verdict, checks);
        ReasonRulebook.Find(facts);
        checks.AddRange(costs.SelectMany(cost => cost.Checks));
        if (scenario.BaselineMonthlyUsd is null && scenario.BaselineOptionId is null)
            checks.Add(Check.Of("no-baseline", Texts.CheckNoBaseline, null));
        if (scenario is { BaselineMonthlyUsd: { } bill, BaselineOptionId: { } inPlace })
            checks.Add(Check.Of("two-baselines", Texts.CheckTwoBaselines.With(Wording.Money(bill, currency), options.Find(option => option.Id == inPlace)!.Name), null));
        // Where prompts must stay inside, an API is no way out.
        if (!scenario.Workload.Requirements.DataStaysInside && options.Find(option => option.Id == verdict.CheapestOptionId) is { Kind: OptionKinds.SelfHost } fleet && options.TrueForAll(option => option.Kind == OptionKinds.SelfHost))
            checks.Add(Check.Of("no-fallback", Texts.CheckNoFallback.With(fleet.Name), fleet.Id));
        AddRanges(scenario, catalog, checks);
        foreach (var waterfall in levers)
        {
            foreach (var step in waterfall.Steps.Where(step => step.DeltaMonthlyUsd > 0))
                checks.Add(Check.Of("lever-costs", Texts.CheckLeverCosts.With(LeverIds.NameOf(step.LeverId), waterfall.Name, Wording.Money(step.DeltaMonthlyUsd!.Value, currency)), waterfall.OptionId));
        }

        if (NotUsed(scenario, options) is { Count: > 0 } unused)
            checks.Add(Check.Of("not-used", string.Join(" ", unused), null));
        if (UnknownMembers(scenario) is { } unknown)
            checks.Add(Check.Of("unknown-members", Texts.CheckUnknownMembers.With(string.Join(", ", unknown)), null));
        RuleBook.Find(facts);
        FixBook.Complete(facts, checks);
        return checks;
    }

    /// <summary>Ranges that stand around another value than the scenario's: what is simulated is then not what is shown.</summary>
    private static void AddRanges(Scenario scenario, CatalogSnapshot catalog, List<Check> checks)
    {
        if (scenario.Ranges.Count == 0)
            return;
        var copy = new ScenarioCopy(scenario, catalog, [.. scenario.Ranges.Select(range => range.Path)]);
        var off = new List<string>();
        foreach (var range in scenario.Ranges)
        {
            if (RangeTargets.ValueAt(copy.Scenario, catalog, range.Path) is not { } value || value == range.Likely)
                continue;
            off.Add(value < range.Low || value > range.High
                ? Texts.RangeOffOutside.With(range.Path, Plain(value), Plain(range.Low), Plain(range.High))
                : Texts.RangeOffLikely.With(range.Path, Plain(value), Plain(range.Likely)));
        }

        if (off.Count > 0)
            checks.Add(Check.Of("range-off", Texts.CheckRangeOff.With(string.Join("; ", off)), null));
        if (scenario.Workload.Volume is { Basis: not VolumeBases.RequestsPerMonth } && scenario.Ranges.Any(range => range.Path == ScenarioCopy.VolumePath))
            checks.Add(Check.Of("range-overrides-volume", Texts.CheckRangeOverridesVolume, null));
    }

    private static string Plain(decimal value) => value.ToString("#,0.############", CultureInfo.CurrentCulture);

    /// <summary>Sentences that name the inputs that the document keeps but that no figure of this scenario depends on; a reader must not believe they count.</summary>
    private static List<string> NotUsed(Scenario scenario, List<OptionResult> options)
    {
        var workload = scenario.Workload;
        // The capacity model speaks also beside a stated or measured throughput, and a mix costs what it mixes.
        var modelled = options.Exists(option => option.Estimate is not null);
        var hosted = scenario.Options.Any(option => option is ApiOption);
        (string Path, bool Set)[] inputs =
        [
            ("workload.shape.hours", workload.Shape is { Hours: not null, Kind: not ShapeKinds.BatchWindow }),
            ("workload.outputCv", workload.OutputCv != 0 && !modelled),
            ("workload.slo", workload.Slo is { TtftMs: not null } or { TpotMs: not null } && !modelled && !hosted),
        ];
        var unused = inputs.Where(input => input.Set).Select(input => input.Path).ToList();
        List<string> sentences = unused.Count > 0 ? [Texts.CheckNotUsed.With(string.Join(", ", unused))] : [];
        // Options carry no tier, while a search for plans asks for them.
        if (workload.Requirements.MinimumQualityTier is not null)
            sentences.Add(Texts.CheckTierNotUsed.With("workload.requirements.minimumQualityTier"));
        return sentences;
    }

    /// <summary>Paths within a part of the document of the members that this version does not know; null where there are none.</summary>
    private static List<string>? UnknownMembers(DocumentNode node)
    {
        List<string>? found = node.Unknown is { Count: > 0 } unknown ? [.. unknown.Keys] : null;
        void Add(DocumentNode child, string name, int? index)
        {
            if (UnknownMembers(child) is { } below)
                (found ??= []).AddRange(below.Select(path => index is { } at ? $"{name}[{at}].{path}" : $"{name}.{path}"));
        }

        foreach (var part in PartsByType.GetOrAdd(node.GetType(), PartsOf))
        {
            switch (part.Get!(node))
            {
                case DocumentNode child:
                    Add(child, part.Name, null);
                    break;
                case IReadOnlyList<DocumentNode> list:
                    for (var i = 0; i < list.Count; i++)
                        Add(list[i], part.Name, i);
                    break;
            }
        }

        return found;
    }

    /// <summary>The members of a part of the document that hold further parts; looked up once a type, since every evaluation asks.</summary>
    private static readonly ConcurrentDictionary<Type, JsonPropertyInfo[]> PartsByType = new();

    private static JsonPropertyInfo[] PartsOf(Type type) => ScenarioJson.Options.GetTypeInfo(type).Properties
        .Where(property => property is { Get: not null, IsExtensionData: false }
            && (property.PropertyType.IsAssignableTo(typeof(DocumentNode)) || property.PropertyType.IsAssignableTo(typeof(IReadOnlyList<DocumentNode>))))
        .ToArray();
}
