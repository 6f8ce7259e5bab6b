using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Uncertainty;

/// <summary>An input that is known only as a range, and how its values are drawn.</summary>
internal sealed class UncertainInput
{
    // One in ten lies below a band, one in ten above it.
    private static readonly double Decile = NormalDistribution.Quantile(0.9);

    private UncertainInput(string path, string name, double low, double likely, double high) => (Path, Name, Low, Likely, High) = (path, name, low, likely, high);

    /// <summary>Path in the document; of the option's throughput for what the capacity model implies.</summary>
    public string Path { get; }

    /// <summary>What it is, in words.</summary>
    public string Name { get; }

    /// <summary>Lowest value; what one in ten measurements is below where it is implied.</summary>
    public double Low { get; }

    /// <summary>Likeliest value; the modelled one where it is implied.</summary>
    public double Likely { get; }

    /// <summary>Highest value; what one in ten measurements is above where it is implied.</summary>
    public double High { get; }

    /// <summary>True where it has no decimals.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Place of the option whose modelled throughput it is; null for a range of the user's.</summary>
    public int? OptionIndex { get; private init; }

    private Triangular Triangular { get; init; }

    private double Median { get; init; }

    private double Sigma { get; init; }

    /// <summary>All that is uncertain in a scenario without faults: its ranges, then the throughput of modelled fleets.</summary>
    public static List<UncertainInput> Of(Scenario scenario, CatalogSnapshot catalog, ScenarioCopy copy)
    {
        var inputs = new List<UncertainInput>();
        foreach (var range in scenario.Ranges)
            inputs.Add(Stated(InputNames.Of(scenario, range.Path), range, copy.At(range.Path)!.IsWhole));
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            if (scenario.Options[i] is SelfHostOption { Throughput.IsGiven: false } fleet && Implied(fleet, i, scenario, catalog) is { } implied)
                inputs.Add(implied);
        }

        return inputs;
    }

    /// <summary>The value that it stays below with a probability above 0 and below 1.</summary>
    public double Quantile(double probability)
    {
        if (OptionIndex is not null)
            return Median * Math.Exp(Sigma * NormalDistribution.Quantile(probability));
        var value = Triangular.Quantile(probability);
        return IsWhole ? Math.Clamp(Math.Round(value), Low, High) : value;
    }

    /// <summary>A range of the user's.</summary>
    private static UncertainInput Stated(string name, InputRange range, bool isWhole)
    {
        var (low, likely, high) = ((double)range.Low, (double)range.Likely, (double)range.High);
        return new UncertainInput(range.Path, name, low, likely, high) { IsWhole = isWhole, Triangular = new Triangular(low, likely, high) };
    }

    /// <summary>A lognormal through the model's band; null where the model says nothing, or not how sure it is.</summary>
    private static UncertainInput? Implied(SelfHostOption fleet, int index, Scenario scenario, CatalogSnapshot catalog)
    {
        var levers = LeverEffect.Of(scenario.Workload, fleet.PrefixCacheShare);
        var serving = levers.IsOn ? fleet with { PrefixCacheShare = Math.Min(0.99m, levers.Workload.CacheReadShare) } : fleet;
        if (CapacityEstimator.Of(serving, levers.Workload, catalog).Estimate is not { TokensPerSecond: > 0 and var likely, Band: { } band })
            return null;
        var (low, high) = (band.LowTokensPerSecond, band.HighTokensPerSecond);
        return new UncertainInput($"options[{index}].throughput", Texts.InputModelled.With(fleet.Name), low, likely, high)
        {
            OptionIndex = index,
            Median = Math.Sqrt(low * high),
            Sigma = Math.Log(high / low) / 2 / Decile,
        };
    }
}
