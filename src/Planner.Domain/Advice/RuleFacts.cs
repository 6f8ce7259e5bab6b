using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>What rules look at, and where they tell what they find. An evaluation asks them every time, so they allocate only for what they tell.</summary>
internal sealed class RuleFacts(Scenario scenario, CatalogSnapshot catalog, IReadOnlyList<OptionResult> results, IReadOnlyList<OptionCost> costs, Verdict verdict, List<Check> checks)
{
    public Scenario Scenario => scenario;

    public Workload Workload => scenario.Workload;

    public CatalogSnapshot Catalog => catalog;

    /// <summary>Outcomes in the scenario's order.</summary>
    public IReadOnlyList<OptionResult> Results => results;

    /// <summary>The options resolved, in the same order.</summary>
    public IReadOnlyList<OptionCost> Costs => costs;

    public Verdict Verdict => verdict;

    /// <summary>The currency in which sentences write amounts.</summary>
    public DisplayCurrency Currency => field ??= DisplayCurrency.Of(scenario);

    /// <summary>The cheapest API that can serve; null where there is none.</summary>
    public OptionResult? CheapestApi
    {
        get
        {
            OptionResult? cheapest = null;
            foreach (var result in results)
            {
                if (result is { Kind: OptionKinds.Api, Feasible: true } && (cheapest is null || result.OngoingMonthlyUsd < cheapest.OngoingMonthlyUsd))
                    cheapest = result;
            }

            return cheapest;
        }
    }

    /// <summary>Notes what a rule has found, with its own severity.</summary>
    public void Tell(string id, string message, string? optionId, CheckFix? fix = null) =>
        checks.Add(Check.Of(id, message, optionId) with { Fix = fix });

    /// <summary>A change of one value of an option.</summary>
    /// <param name="option">The option's place in the scenario.</param>
    /// <param name="label">The change in words.</param>
    /// <param name="member">Path within the option.</param>
    /// <param name="value">The value.</param>
    public static CheckFix Fix(int option, string label, string member, object? value) => new(label, [Change(option, member, value)]);

    /// <inheritdoc cref="Fix"/>
    public static CheckChange Change(int option, string member, object? value) => new($"options[{option}].{member}", value);

    /// <summary>A mix of the scenario that names a fleet; null for none.</summary>
    public HybridOption? MixOf(string fleetId)
    {
        foreach (var option in scenario.Options)
        {
            if (option is HybridOption mix && (mix.FleetOptionId == fleetId || mix.Routes.Any(route => route.OptionId == fleetId)))
                return mix;
        }

        return null;
    }

    /// <summary>The GPU of a fleet; null where it is unknown.</summary>
    public Gpu? GpuOf(SelfHostOption option) =>
        ((option.InstanceKey is { } key ? catalog.Instances.GetValueOrDefault(key)?.Gpu : null) ?? option.Gpu) is { } gpu ? catalog.Gpus.GetValueOrDefault(gpu) : null;

    public string Money(decimal usd) => Wording.Money(usd, Currency);

    /// <summary>A rate, with the digits that tell it from its neighbours.</summary>
    public string Rate(double usd) => Currency.With(((double)Currency.From((decimal)usd)).ToString(usd >= 100 ? "#,0" : usd >= 1 ? "0.00" : "0.000", System.Globalization.CultureInfo.CurrentCulture));

    public static string Percent(double share) => "{0:0.#} %".With(share * 100);
}
