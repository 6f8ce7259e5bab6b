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
            if (Quantized(scenario, fleet, catalog) is var (variant, saved))
                checks.Add(FreeQuantization(i, fleet, variant, Wording.Money(saved, currency)));

            var sizing = RightSizing.Of(scenario, fleet, catalog, cancellationToken);
            sizings.Add(sizing);
            if (sizing.Variants is [{ SavingUsd: { } saving } best, ..] && sizing.Feasible && saving >= LeastSaving * sizing.MonthlyUsd)
            {
                checks.Add(Told(
                    "right-size", AdviceTexts.RightSize.With(fleet.Name, best.Sentence, Wording.Money(saving, currency)), fleet.Id,
                    new CheckFix(AdviceTexts.FixTake, [new CheckChange($"options[{i}]", JsonSerializer.SerializeToElement<Option>(best.Option, ScenarioJson.Options))])));
            }
        }

        return new FleetAdvice(checks, sizings);
    }

    private static Check Told(string id, string message, string optionId, CheckFix fix) => Check.Of(id, message, optionId) with { Fix = fix };

    private static Check FreeQuantization(int index, SelfHostOption fleet, SelfHostOption variant, string saved)
    {
        var name = variant.Precision.ToUpperInvariant();
        var told = AdviceTexts.FreeQuantization.With(fleet.Name, name, saved);
        List<CheckChange> changes = [RuleFacts.Change(index, "precision", variant.Precision)];
        if (fleet.Throughput.IsGiven)
        {
            told = AdviceTexts.FreeQuantizationGiven.With(told, Wording.Count((double)fleet.Throughput.TokensPerSecond!.Value), Wording.Count((double)variant.Throughput.TokensPerSecond!.Value));
            changes.Add(RuleFacts.Change(index, "throughput.kind", ThroughputKinds.Stated));
            changes.Add(RuleFacts.Change(index, "throughput.tokensPerSecond", variant.Throughput.TokensPerSecond));
        }

        return Told("free-quantization", told, fleet.Id, new CheckFix(AdviceTexts.FixPrecision.With(name), changes));
    }

    /// <summary>The fleet at the precision with fewer bits, of those that the GPU computes natively, at which it costs least, and what that saves a month. A throughput that is given changes by the model's ratio.</summary>
    private static (SelfHostOption Variant, decimal SavedUsd)? Quantized(Scenario scenario, SelfHostOption fleet, CatalogSnapshot catalog)
    {
        if (CapacityEstimator.PartsOf(fleet, catalog).Parts is not { } parts || WeightPrecisions.Parse(fleet.Precision) is not { } now
            || RightSizing.Evaluate(scenario, fleet, catalog) is not { Feasible: true, OngoingMonthlyUsd: { } usd } outcome)
            return null;
        (SelfHostOption, decimal)? best = null;
        foreach (var (precision, isNative) in ((string, bool)[])[("fp8", parts.Gpu.Fp8Tflops is not null), ("int8", parts.Gpu.Int8Tops is not null)])
        {
            if (!isNative || !parts.Engine.Precisions.Contains(precision) || WeightPrecisions.Parse(precision)!.Value.BytesPerWeight() >= now.BytesPerWeight())
                continue;
            if (RightSizing.Restated(scenario, fleet, outcome, fleet with { Precision = precision }, catalog) is { } variant
                && RightSizing.Evaluate(scenario, variant, catalog) is { Feasible: true, OngoingMonthlyUsd: { } other } && usd - other > (best?.Item2 ?? 0))
                best = (variant, usd - other);
        }

        return best;
    }
}
