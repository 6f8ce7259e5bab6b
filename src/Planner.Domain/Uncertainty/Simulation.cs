namespace Planner.Domain.Uncertainty;

/// <summary>What a scenario's ranges make of its answer. It is reproducible from the scenario and the catalog snapshot alone.</summary>
/// <param name="EngineVersion">Version of the formulas that made it.</param>
/// <param name="Samples">Samples drawn; 0 where <paramref name="Reason"/> says why there are none.</param>
/// <param name="Seed">Seed of the quasi-random points; the same for every simulation.</param>
/// <param name="Reason">Why there are no figures; null where there are.</param>
/// <param name="Inputs">What is uncertain: the scenario's ranges in their order, then the throughput of modelled fleets.</param>
/// <param name="Likely">The month with every input at its likely value; null where there are no figures.</param>
/// <param name="Outlooks">What the samples say, one for each of <see cref="OutlookMetrics"/> that was computed.</param>
/// <param name="Tornado">What each input alone does to the month, the one that moves the decision most first.</param>
/// <param name="Flips">What each input alone would have to be for another option to be the cheapest, in the order of <paramref name="Inputs"/>.</param>
/// <param name="Information">What measuring is worth; null where there are no figures.</param>
public sealed record Simulation(
    string EngineVersion, int Samples, int Seed, string? Reason, IReadOnlyList<SimulatedInput> Inputs, SimulatedMonth? Likely, IReadOnlyList<Outlook> Outlooks,
    IReadOnlyList<TornadoBar> Tornado, IReadOnlyList<Flip> Flips, InformationWorth? Information)
{
    /// <summary>Share of samples in which the option that the verdict names is the cheapest in the month, 0 to 1; null where <see cref="ConfidenceReason"/> says why.</summary>
    public double? Confidence { get; init; }

    /// <summary>Why there is no confidence: nothing is uncertain, no option serves at a known cost, or one whose cost is unknown could be the cheapest; null where there is one.</summary>
    public string? ConfidenceReason { get; init; }
}

/// <summary>An uncertain input.</summary>
/// <param name="Path">Path in the document; of the option's throughput where it is implied.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Low">Lowest value in the input's unit; the lowest decile where it is implied.</param>
/// <param name="Likely">Likeliest value; the modelled one where it is implied, tokens/s of a replica.</param>
/// <param name="High">Highest value; the highest decile where it is implied.</param>
/// <param name="Implied">True for the throughput of a modelled fleet, whose range is the model's error.</param>
public sealed record SimulatedInput(string Path, string Name, double Low, double Likely, double High, bool Implied);

/// <summary>The values of <see cref="Outlook.Metric"/>.</summary>
public static class OutlookMetrics
{
    /// <summary>Recurring cost of the ongoing month, USD.</summary>
    public const string Month = "month";

    /// <summary>Present value of the cash that the option costs over the horizon, as if it served everything from the first month on, USD.</summary>
    public const string Horizon = "horizon";
}

/// <summary>What the samples say of one amount.</summary>
/// <param name="Metric">One of <see cref="OutlookMetrics"/>.</param>
/// <param name="NoneShare">Share of samples in which no option can serve, 0 to 1; with the shares in which each is cheapest it adds up to 1.</param>
/// <param name="Options">One an option, in the scenario's order.</param>
/// <param name="Edges">Edges of the bins of <see cref="OptionOutlook.Bins"/>, USD, rising; empty where no option could serve.</param>
public sealed record Outlook(string Metric, double NoneShare, IReadOnlyList<OptionOutlook> Options, IReadOnlyList<double> Edges);

/// <summary>What the samples say of one option. Costs are those of the samples in which it can serve.</summary>
/// <param name="Id">The option's id.</param>
/// <param name="Name">The option's name.</param>
/// <param name="CheapestShare">Share of all samples in which it is the cheapest that can serve, 0 to 1; a tie goes to the earlier option.</param>
/// <param name="InfeasibleShare">Share of all samples in which it cannot serve, or has no known cost, 0 to 1.</param>
/// <param name="Cost">Its cost, USD; null where <paramref name="Reason"/> says why.</param>
/// <param name="Saving">Present bill less its cost, USD; null where <paramref name="SavingReason"/> says why, and for the option that is the present bill.</param>
/// <param name="SavingShare">Share of all samples in which it can serve and costs less than the present bill, 0 to 1; null with <paramref name="Saving"/>.</param>
/// <param name="Bins">Samples by cost: between two edges each, the lower one included, the last one both.</param>
/// <param name="Reason">Why there is no cost: it could serve in no sample, or a price is unknown; null where there is one.</param>
/// <param name="SavingReason">Why there is no saving; null where there is one, and for the option that is the present bill.</param>
public sealed record OptionOutlook(
    string Id, string Name, double CheapestShare, double InfeasibleShare, Spread? Cost, Spread? Saving, double? SavingShare, IReadOnlyList<int> Bins, string? Reason, string? SavingReason);

/// <summary>How an amount is spread over the samples, USD.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="P10">One in ten samples is below.</param>
/// <param name="P50">Half of the samples are below.</param>
/// <param name="P90">Nine in ten samples are below.</param>
public sealed record Spread(double Mean, double P10, double P50, double P90);

/// <summary>The ongoing month at certain values of the inputs.</summary>
/// <param name="Usd">Cost by option in the scenario's order, USD; null where it cannot serve or its price is unknown.</param>
/// <param name="CheapestOptionId">The cheapest of them; null where none can serve.</param>
/// <param name="SavingUsd">Present bill less the cheapest, USD; null where either is unknown.</param>
public sealed record SimulatedMonth(IReadOnlyList<double?> Usd, string? CheapestOptionId, double? SavingUsd);

/// <summary>What one input does to the month while the others are at their likely values.</summary>
/// <param name="Path">The input's path.</param>
/// <param name="Name">The input in words.</param>
/// <param name="Low">Its low value.</param>
/// <param name="High">Its high value.</param>
/// <param name="AtLow">The month there.</param>
/// <param name="AtHigh">The month there.</param>
/// <param name="DifferenceAtLow">Cost of the second cheapest option less that of the cheapest, USD; both are those at the likely values. Below 0 the answer is another. Null where either cannot serve.</param>
/// <param name="DifferenceAtHigh">The same at the high value.</param>
/// <param name="SwingUsd">How far the two are apart, at least 0; null where one of them is.</param>
/// <remarks>Where at the likely values only one option can serve, its cost stands for the difference.</remarks>
public sealed record TornadoBar(
    string Path, string Name, double Low, double High, SimulatedMonth AtLow, SimulatedMonth AtHigh, double? DifferenceAtLow, double? DifferenceAtHigh, double? SwingUsd);

/// <summary>The value of one input, nearest to its likely one, at which another option is the cheapest; the other inputs are at their likely values.</summary>
/// <param name="Path">The input's path.</param>
/// <param name="Name">The input in words.</param>
/// <param name="Value">The value; null where none within the range changes the answer.</param>
/// <param name="ToOptionId">The cheapest option there; null where none can serve, or where there is no value.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record Flip(string Path, string Name, double? Value, string? ToOptionId, string Sentence);

/// <summary>What measuring is worth to the choice of an option.</summary>
/// <param name="TotalUsdPerMonth">Value of knowing every input before choosing, USD a month, at least 0; null where <paramref name="Reason"/> says why.</param>
/// <param name="Reason">Why no value can be told; null where it can.</param>
/// <param name="Sentence">The total in words; the reason where there is none.</param>
/// <param name="Inputs">Value of knowing one input, the highest first; empty where there is no total.</param>
public sealed record InformationWorth(double? TotalUsdPerMonth, string? Reason, string Sentence, IReadOnlyList<InputWorth> Inputs);

/// <summary>What measuring one input is worth.</summary>
/// <param name="Path">The input's path.</param>
/// <param name="Name">The input in words.</param>
/// <param name="UsdPerMonth">Value of knowing it and nothing else, USD a month, 0 to the total.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record InputWorth(string Path, string Name, double UsdPerMonth, string Sentence);
