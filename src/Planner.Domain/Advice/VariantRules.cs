using System.Text.Json;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>What trying variants of every fleet of a scenario found.</summary>
/// <param name="Checks">What the rules found that are only asked for (<see cref="Rule.IsOnRequest"/>).</param>
/// <param name="Sizings">What each fleet could cost instead, in the scenario's order.</param>
public sealed record FleetAdvice(IReadOnlyList<Check> Checks, IReadOnlyList<RightSizing> Sizings);

/// <summary>Rules that try variants of a fleet: found where somebody asks.</summary>
internal static class VariantRules
{
    /// <summary>Part of a fleet's month that a variant has to save to be told.</summary>
    private const decimal LeastSaving = 0.1m;

    public static FleetAdvice Find(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken)
    {
        var (checks, sizings) = (new List<Check>(), new List<RightSizing>());
        var currency = DisplayCurrency.Of(scenario);
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            if (scenario.Options[i] is not SelfHostOption fleet)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            if (Quantized(scenario, fleet, catalog) is var (precision, saved))
            {
                var name = precision.ToUpperInvariant();
                checks.Add(Told(
                    "free-quantization", Wording.Say(AdviceTexts.FreeQuantization, fleet.Name, name, Wording.Money(saved, currency)), fleet.Id,
                    RuleFacts.Fix(i, Wording.Say(AdviceTexts.FixPrecision, name), "precision", precision)));
            }

            var sizing = RightSizing.Of(scenario, fleet, catalog, cancellationToken);
            sizings.Add(sizing);
            if (sizing.Variants is [{ SavingUsd: { } saving } best, ..] && sizing.Feasible && saving >= LeastSaving * sizing.MonthlyUsd)
            {
                checks.Add(Told(
                    "right-size", Wording.Say(AdviceTexts.RightSize, fleet.Name, best.Sentence, Wording.Money(saving, currency)), fleet.Id,
                    new CheckFix(AdviceTexts.FixTake, [new CheckChange($"options[{i}]", JsonSerializer.SerializeToElement<Option>(best.Option, ScenarioJson.Options))])));
            }
        }

        return new FleetAdvice(checks, sizings);
    }

    private static Check Told(string id, string message, string optionId, CheckFix fix) => new(id, RuleCatalogue.Find(id)!.Severity, message, optionId) { Fix = fix };

    /// <summary>The precision with fewer bits, of those that the GPU computes natively, at which the same fleet costs least, and what that saves a month.</summary>
    private static (string Precision, decimal SavedUsd)? Quantized(Scenario scenario, SelfHostOption fleet, CatalogSnapshot catalog)
    {
        if (fleet.Throughput.IsGiven || CapacityEstimator.PartsOf(fleet, catalog).Parts is not { } parts || WeightPrecisions.Parse(fleet.Precision) is not { } now
            || Month(scenario, fleet, catalog) is not { } usd)
            return null;
        (string, decimal)? best = null;
        foreach (var (precision, isNative) in ((string, bool)[])[("fp8", parts.Gpu.Fp8Tflops is not null), ("int8", parts.Gpu.Int8Tops is not null)])
        {
            if (!isNative || !parts.Engine.Precisions.Contains(precision) || WeightPrecisions.Parse(precision)!.Value.BytesPerWeight() >= now.BytesPerWeight())
                continue;
            if (Month(scenario, fleet with { Precision = precision }, catalog) is { } other && usd - other > (best?.Item2 ?? 0))
                best = (precision, usd - other);
        }

        return best;
    }

    private static decimal? Month(Scenario scenario, SelfHostOption fleet, CatalogSnapshot catalog) =>
        RightSizing.Evaluate(scenario, fleet, catalog) is { Feasible: true } result ? result.OngoingMonthlyUsd : null;
}
