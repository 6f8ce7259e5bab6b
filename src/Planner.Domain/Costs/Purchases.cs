using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>A way of buying instances, with its price.</summary>
/// <param name="Share">What the option states, with the way's terms.</param>
/// <param name="Item">Name of its ledger line.</param>
/// <param name="UsdPerHour">Price of an instance, USD an hour; an owned one's month spread over its hours.</param>
/// <param name="LostShare">Share of its time for which a spot instance is gone.</param>
/// <param name="BackupUsdPerHour">What stands in for it in that time, USD an hour; 0 for nothing.</param>
/// <param name="Source">Where the price comes from.</param>
internal sealed record PurchaseWay(PurchaseShare Share, string Item, double UsdPerHour, double LostShare, double BackupUsdPerHour, string Source)
{
    /// <summary>Price of an instance with what stands in for it, USD an hour.</summary>
    public double EffectiveUsdPerHour => UsdPerHour + (LostShare * BackupUsdPerHour);

    /// <summary>True where it is paid whether used or not.</summary>
    public bool IsCommitted => PurchaseKinds.IsCommitted(Share.Kind);
}

/// <summary>What instances cost in a month by the level at which they run.</summary>
/// <param name="PerInstance">USD an instance, for each level.</param>
/// <param name="PerUncommitted">USD an instance above the committed ones, for each level.</param>
/// <param name="CommittedShare">Share of the first level's instances that is committed where <paramref name="PerUncommitted"/> counts.</param>
internal sealed record PurchaseWeights(double[] PerInstance, double[] PerUncommitted, double CommittedShare);

/// <summary>What a fleet's hours cost by the ways its instances are bought.</summary>
/// <remarks>
/// The week's sizes are layers of instances: the lowest run in all hours, the highest in the busiest only. Committed instances are the lowest layers and are paid all month;
/// those above are paid by the running hour. A layer is cheaper committed exactly if it runs for at least committed price × hours of the month ÷ price by the hour; layers run the longer the lower they are,
/// so that taking each layer's cheaper way is the cheapest mix.
/// </remarks>
internal sealed class Purchases
{
    private readonly double _hoursPerMonth;
    private readonly double _committedShare;

    /// <param name="ways">The ways with a known price; for a stated mix those with a share.</param>
    /// <param name="isCheapest">True to find the mix, false to take the shares.</param>
    /// <param name="spotShare">Largest share of spot above the committed instances in a mix that is found.</param>
    /// <param name="hoursPerMonth">Hours of the month.</param>
    public Purchases(IReadOnlyList<PurchaseWay> ways, bool isCheapest, double spotShare, double hoursPerMonth)
    {
        (Ways, IsCheapest, _hoursPerMonth) = (ways, isCheapest, hoursPerMonth);
        if (isCheapest)
            Choose(spotShare);
        else
            Blend();
        foreach (var (_, share) in Committed)
            _committedShare += share;
        HourlyUsdPerHour = Hourly.Count == 0 ? double.PositiveInfinity : 0;
        foreach (var (way, share) in Hourly)
            HourlyUsdPerHour += share * way.EffectiveUsdPerHour;
    }

    /// <summary>All ways with a known price.</summary>
    public IReadOnlyList<PurchaseWay> Ways { get; }

    /// <summary>True where the mix is found rather than stated.</summary>
    public bool IsCheapest { get; }

    /// <summary>Committed ways: shares of the instances of the busiest hour where stated; one way with share 1 of those committed where found.</summary>
    public List<(PurchaseWay Way, double Share)> Committed { get; } = [];

    /// <summary>Ways paid by the hour; their shares of what runs above the committed instances add up to 1.</summary>
    public List<(PurchaseWay Way, double Share)> Hourly { get; } = [];

    /// <summary>Price of a committed instance, USD an hour; infinite where there is none.</summary>
    /// <param name="factor">Prices of reservations ÷ today's; owned machines keep theirs.</param>
    public double CommittedUsdPerHour(double factor = 1)
    {
        var usd = 0.0;
        foreach (var (way, share) in Committed)
            usd += share * way.UsdPerHour * (way.Share.Kind == PurchaseKinds.Owned ? 1 : factor);
        return _committedShare > 0 ? usd / _committedShare : double.PositiveInfinity;
    }

    /// <summary>Price of an instance paid by the hour, with what stands in for spot, USD an hour; infinite where there is none.</summary>
    public double HourlyUsdPerHour { get; }

    /// <summary>Instances committed and hours of those above them.</summary>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    /// <param name="committedFactor">Committed prices ÷ today's.</param>
    /// <param name="hourlyFactor">Prices by the hour ÷ today's.</param>
    public (double Committed, double InstanceHours) Split(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels, double committedFactor = 1, double hourlyFactor = 1)
    {
        var committed = IsCheapest ? Cheapest(instances, levels, committedFactor, hourlyFactor) : _committedShare * instances[0];
        var instanceHours = 0.0;
        for (var i = 0; i < instances.Length; i++)
            instanceHours += levels[i].Hours * Math.Max(0, instances[i] - committed);
        return (committed, instanceHours);
    }

    /// <summary>Cost of a month, USD.</summary>
    /// <inheritdoc cref="Split"/>
    public double MonthUsd(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels, double committedFactor = 1, double hourlyFactor = 1)
    {
        var (committed, instanceHours) = Split(instances, levels, committedFactor, hourlyFactor);
        return (committed > 0 ? committed * _hoursPerMonth * CommittedUsdPerHour(committedFactor) : 0)
            + (instanceHours > 0 ? instanceHours * HourlyUsdPerHour * hourlyFactor : 0);
    }

    /// <summary>What a month costs as a sum over the levels, for bounds: Σ instances × weight + Σ max(0, instances − committed) × weight.</summary>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    public PurchaseWeights Weights(ReadOnlySpan<FleetLevel> levels)
    {
        var (perInstance, perUncommitted) = (new double[levels.Length], new double[levels.Length]);
        // Committed instances are those of one level, or a share of those of the first.
        var committed = IsCheapest ? CommittedLevel(levels, 1, 1) : -1;
        if (!IsCheapest && _committedShare > 0)
            perInstance[0] = _committedShare * _hoursPerMonth * CommittedUsdPerHour();
        for (var i = 0; i < levels.Length && Hourly.Count > 0; i++)
        {
            var usd = levels[i].Hours * HourlyUsdPerHour;
            if (!IsCheapest && _committedShare > 0)
                perUncommitted[i] = usd;
            else if (committed < 0 || i < committed)
                perInstance[i] = usd;
            if (i < committed)
                perInstance[committed] -= usd;
        }

        if (committed >= 0)
            perInstance[committed] += _hoursPerMonth * CommittedUsdPerHour();
        return new PurchaseWeights(perInstance, perUncommitted, IsCheapest ? 0 : _committedShare);
    }

    private double Cheapest(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels, double committedFactor, double hourlyFactor)
    {
        var level = CommittedLevel(levels, committedFactor, hourlyFactor);
        return level < 0 ? 0 : instances[level];
    }

    /// <summary>The highest level whose instances run long enough to be worth committing; −1 where none is.</summary>
    private int CommittedLevel(ReadOnlySpan<FleetLevel> levels, double committedFactor, double hourlyFactor)
    {
        if (_committedShare == 0)
            return -1;
        var enough = CommittedUsdPerHour(committedFactor) * _hoursPerMonth / (HourlyUsdPerHour * hourlyFactor);
        var hours = 0.0;
        for (var i = 0; i < levels.Length; i++)
        {
            hours += levels[i].Hours;
            if (hours >= enough)
                return i;
        }

        return -1;
    }

    private void Blend()
    {
        // In decimal, so that 0.3 of 1 − 0.7 is all of it.
        var committed = 0m;
        foreach (var way in Ways)
            committed += way.IsCommitted ? way.Share.Share : 0;
        foreach (var way in Ways)
        {
            if (way.IsCommitted)
                Committed.Add((way, (double)way.Share.Share));
            else
                Hourly.Add((way, (double)(way.Share.Share / (1 - committed))));
        }
    }

    private void Choose(double spotShare)
    {
        PurchaseWay? committed = null, onDemand = null, spot = null;
        foreach (var way in Ways)
        {
            if (way.IsCommitted)
                committed = committed is null || way.UsdPerHour < committed.UsdPerHour ? way : committed;
            else if (way.Share.Kind == PurchaseKinds.Spot)
                spot = way;
            else
                onDemand = way;
        }

        if (committed is not null)
            Committed.Add((committed, 1));
        if (spot is not null && (onDemand is null || spot.EffectiveUsdPerHour < onDemand.UsdPerHour) && spotShare > 0)
            Hourly.Add((spot, onDemand is null ? 1 : spotShare));
        if (onDemand is not null && (Hourly.Count == 0 || spotShare < 1))
            Hourly.Add((onDemand, Hourly.Count == 0 ? 1 : 1 - spotShare));
    }
}
