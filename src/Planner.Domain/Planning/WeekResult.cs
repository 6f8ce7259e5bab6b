namespace Planner.Domain.Planning;

/// <summary>The load over the week and what each fleet makes of it.</summary>
/// <param name="TimeZone">IANA time zone in which the hours are counted.</param>
/// <param name="RequestsPerSecond">Mean requests a second in each of the 168 hours from Monday 00:00, before the token levers.</param>
/// <param name="PeakToMean">Load of the busiest moment ÷ mean load.</param>
/// <param name="Fleets">The self-hosted options whose capacity is known, in the scenario's order.</param>
public sealed record WeekResult(string TimeZone, IReadOnlyList<double> RequestsPerSecond, double PeakToMean, IReadOnlyList<FleetWeek> Fleets)
{
    /// <summary>The mixes whose parts are known, in the scenario's order.</summary>
    public IReadOnlyList<MixWeek> Mixes { get; init; } = [];
}

/// <summary>A fleet over the week.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="Basis">Which tokens are counted: <c>total</c>, <c>output</c> or <c>input</c>.</param>
/// <param name="LoadTokensPerSecond">What the busiest moment of each hour needs, tokens/s; 168 values.</param>
/// <param name="CapacityTokensPerSecond">What the instances that run in each hour can serve at the SLO, spare replicas counted, tokens/s; 168 values.</param>
/// <param name="Instances">Instances that run in each hour; 168 values. Committed ones are paid in the others too.</param>
/// <param name="HoursShort">Hours of the week in which the load exceeds what runs, spare replicas left out.</param>
/// <param name="Mixes">The ways of buying these hours, compared; empty where no price is known.</param>
public sealed record FleetWeek(
    string OptionId, string Basis, IReadOnlyList<double> LoadTokensPerSecond, IReadOnlyList<double> CapacityTokensPerSecond, IReadOnlyList<double> Instances, int HoursShort,
    IReadOnlyList<PurchaseComparison> Mixes);

/// <summary>A way of buying a fleet's hours.</summary>
/// <param name="Id"><c>asStated</c>, <c>onDemand</c> or <c>cheapest</c> (of all ways that have a price).</param>
/// <param name="MonthlyUsd">Instances of a month, USD, without overhead and further lines.</param>
/// <param name="Parts">What it consists of.</param>
public sealed record PurchaseComparison(string Id, decimal MonthlyUsd, IReadOnlyList<PurchasePart> Parts);

/// <summary>A part of a purchase mix.</summary>
/// <param name="Kind">One of <see cref="Scenarios.PurchaseKinds"/>.</param>
/// <param name="Instances">Instances that are paid all month; null where they are paid by the hour.</param>
/// <param name="InstanceHours">Hours of instances paid in the month.</param>
/// <param name="MonthlyUsd">Their cost, what stands in for spot counted, USD.</param>
public sealed record PurchasePart(string Kind, double? Instances, double InstanceHours, decimal MonthlyUsd);

/// <summary>Who serves what in a mix.</summary>
/// <param name="OptionId">The mix.</param>
/// <param name="Parts">Its parts; one that serves nothing is left out.</param>
public sealed record MixWeek(string OptionId, IReadOnlyList<MixPart> Parts);

/// <summary>A part of a mix.</summary>
/// <param name="OptionId">The option that serves it.</param>
/// <param name="ServedShare">Share of the requests that it serves, above 0 to 1; the shares of a mix add up to 1.</param>
public sealed record MixPart(string OptionId, double ServedShare);
