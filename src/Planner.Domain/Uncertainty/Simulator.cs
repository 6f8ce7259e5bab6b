using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Numerics;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Uncertainty;

/// <summary>Draws the uncertain inputs again and again and sums up what the options then cost.</summary>
internal static class Simulator
{
    /// <summary>Samples of every simulation.</summary>
    public const int Samples = 10_000;

    /// <summary>Seed of every simulation: whoever repeats it finds the same figures.</summary>
    public const int Seed = 1;

    private const int SamplesBetweenLooks = 256;

    public static Simulation Run(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken)
    {
        var kernel = new SampleKernel(scenario, catalog);
        if (kernel.Inputs.Count == 0)
            return new Simulation(Engine.Version, 0, Seed, Texts.SimulationNothing, [], null, [], [], [], null) { ConfidenceReason = Texts.SimulationNothing };
        var drawn = Draw(kernel, cancellationToken);
        var sensitivity = new Sensitivity(scenario, kernel);
        var costs = new OptionResolver(scenario, catalog).All();
        string?[] unknown = [.. costs.Select(cost => cost.IsUnknown ? Texts.SimulationUnpriced.With(cost.Unpriced[0].Text) : null)];
        var month = OutlookBuilder.Of(OutlookMetrics.Month, scenario, drawn.Month, drawn.Bills, unknown);
        var (confidence, reason) = ConfidenceOf(costs, month);
        return new Simulation(
            Engine.Version, Samples, Seed, null,
            [.. kernel.Inputs.Select(input => new SimulatedInput(input.Path, input.Name, input.Low, input.Likely, input.High, input.OptionIndex is not null))],
            sensitivity.Likely,
            [month, OutlookBuilder.Of(OutlookMetrics.Horizon, scenario, drawn.Horizon, drawn.HorizonBills, unknown)],
            sensitivity.Tornado(), sensitivity.Flips(),
            InformationOf(scenario, kernel.Inputs, drawn, cancellationToken))
        { Confidence = confidence, ConfidenceReason = reason };
    }

    /// <summary>How sure the verdict is: nobody knows where an option of unknown cost could undercut it.</summary>
    private static (double? Share, string? Reason) ConfidenceOf(List<OptionCost> costs, Outlook month)
    {
        if (costs.FindAll(cost => cost.IsUnknown) is { Count: > 0 } unknown)
            return (null, Texts.ConfidenceUnpriced.With(string.Join(", ", unknown.Select(cost => cost.Name))));
        var cheapest = costs.ConvertAll(cost => cost.Evaluate()).Where(option => option.Feasible).MinBy(option => option.OngoingMonthlyUsd);
        return cheapest is null ? (null, Texts.ConfidenceNobody) : (month.Options.First(option => option.Id == cheapest.Id).CheapestShare, null);
    }

    /// <summary>All samples.</summary>
    /// <param name="Inputs">Values by input and sample.</param>
    /// <param name="Month">Cost of the month by option and sample, USD; NaN where an option cannot serve.</param>
    /// <param name="Bills">Present bill of the month by sample, USD; NaN where none is known.</param>
    /// <param name="Horizon">Present cost of the horizon by option and sample, likewise.</param>
    /// <param name="HorizonBills">Present cost of staying by sample, likewise.</param>
    private readonly record struct Drawn(double[][] Inputs, double[][] Month, double[] Bills, double[][] Horizon, double[] HorizonBills);

    private static Drawn Draw(SampleKernel kernel, CancellationToken cancellationToken)
    {
        var points = new ScrambledHalton(kernel.Inputs.Count, Seed);
        var drawn = new Drawn(Columns(kernel.Inputs.Count), Columns(kernel.OptionCount), new double[Samples], Columns(kernel.OptionCount), new double[Samples]);
        Span<double> point = stackalloc double[kernel.Inputs.Count];
        Span<double> usd = stackalloc double[kernel.OptionCount];
        for (var sample = 0; sample < Samples; sample++)
        {
            if (sample % SamplesBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            points.Fill(sample, point);
            for (var i = 0; i < point.Length; i++)
            {
                point[i] = kernel.Inputs[i].Quantile(point[i]);
                drawn.Inputs[i][sample] = point[i];
            }

            kernel.Set(point);
            drawn.Bills[sample] = kernel.Month(usd);
            for (var i = 0; i < usd.Length; i++)
                drawn.Month[i][sample] = usd[i];
            drawn.HorizonBills[sample] = kernel.Horizon(usd);
            for (var i = 0; i < usd.Length; i++)
                drawn.Horizon[i][sample] = usd[i];
        }

        return drawn;
    }

    private static double[][] Columns(int count)
    {
        var columns = new double[count][];
        for (var i = 0; i < count; i++)
            columns[i] = new double[Samples];
        return columns;
    }

    private static InformationWorth InformationOf(Scenario scenario, IReadOnlyList<UncertainInput> inputs, in Drawn drawn, CancellationToken cancellationToken)
    {
        var currency = DisplayCurrency.Of(scenario);
        var (total, reason) = PerfectInformation.Total(drawn.Month);
        if (total is not { } all)
            return new InformationWorth(null, reason, reason!, []);
        var worth = new List<InputWorth>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Alone it cannot be worth more than with all the others; the estimate may say so by its error.
            var usd = Math.Min(all, PerfectInformation.Of(drawn.Inputs[i], drawn.Month).Value ?? 0);
            worth.Add(new InputWorth(
                inputs[i].Path, inputs[i].Name, usd,
                usd > 0 ? Texts.InformationWorth.With(inputs[i].Name, Wording.Money((decimal)usd, currency)) : Texts.InformationNothing.With(inputs[i].Name)));
        }

        worth.Sort((one, other) => other.UsdPerMonth.CompareTo(one.UsdPerMonth));
        return new InformationWorth(all, null, all > 0 ? Texts.InformationAll.With(Wording.Money((decimal)all, currency)) : Texts.InformationAllNothing, worth);
    }
}
