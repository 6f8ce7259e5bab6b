using Microsoft.AspNetCore.Components;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>How the load spreads over the hours of the week.</summary>
public sealed partial class ShapeInputs : ComponentBase
{
    // Before dawn, when little else runs.
    private static readonly IReadOnlyList<int> Nights = [.. Enumerable.Range(0, WeekHours.Count).Where(hour => hour % WeekHours.PerDay < 6)];

    // Bursts that are no higher than the mean are none.
    private const decimal SomePeak = 3;

    private string? _pasted;
    private string? _problem;
    private bool _taken;
    private bool _peakBegun;

    [CascadingParameter]
    public required ScenarioForm Form { get; set; }

    private LoadShape Shape => Form.Draft.Workload.Shape;

    private string? Meaning => Shape.Kind switch
    {
        ShapeKinds.BusinessHours => InputsTexts.BusinessHoursMeaning,
        ShapeKinds.ConsumerEvening => InputsTexts.ConsumerEveningMeaning,
        ShapeKinds.Peak => InputsTexts.PeakMeaning,
        ShapeKinds.BatchWindow => InputsTexts.BatchWindowMeaning,
        _ => null,
    };

    private bool HasHours => Shape.Kind is not (ShapeKinds.Flat or ShapeKinds.Peak) || Shape.TimeZone != "UTC"
        || Form.Draft.Options.Any(option => option is HybridOption { Mode: HybridModes.Hours } or SelfHostOption { Fleet.Sizing: FleetSizings.Scheduled } or SelfHostOption { Fleet.OffHours.Count: > 0 });

    private IReadOnlyList<double> Weights => Shape.Weights is { Count: WeekHours.Count } weights ? [.. weights.Select(weight => (double)weight)] : new double[WeekHours.Count];

    /// <summary>Hours of one's own begin with those of the shape that was chosen before; a peak that only bursts began with goes with them.</summary>
    private void Choose(string? kind)
    {
        var own = _peakBegun && Shape.PeakToMean == SomePeak ? 1 : Shape.PeakToMean;
        _peakBegun = kind == ShapeKinds.Peak && own == 1;
        var peak = _peakBegun ? SomePeak : own;
        Form.Change(draft => With(draft, shape => shape with
        {
            Kind = kind ?? ShapeKinds.Flat,
            PeakToMean = peak,
            Weights = kind == ShapeKinds.Weights ? LoadPresets.WeightsOf(shape is { Kind: ShapeKinds.BatchWindow, Hours: not { Count: > 0 } } ? new LoadShape() : shape) : null,
            Hours = kind == ShapeKinds.BatchWindow ? Nights : null,
        }));
    }

    private void Paste(string? text)
    {
        (_pasted, _taken) = (text, false);
        (var weights, _problem) = string.IsNullOrWhiteSpace(text) ? (null, null) : WeekProfile.Read(text);
        if (weights is null)
        {
            return;
        }

        (_pasted, _taken) = (null, true);
        Form.Set("workload.shape.weights", weights);
    }

    private static Scenario With(Scenario draft, Func<LoadShape, LoadShape> change) =>
        draft with { Workload = draft.Workload with { Shape = change(draft.Workload.Shape) } };
}
