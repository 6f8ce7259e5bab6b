using Planner.Domain.Planning;
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
    private readonly CommittedKind _oneYear;
    private readonly CommittedKind _threeYears;
    private readonly CommittedKind _owned;

    /// <summary>The committed ways of one kind together.</summary>
    /// <param name="Share">Their share of the instances of the busiest hour; 1 for the one way of a mix that is found.</param>
    /// <param name="UsdPerHour">Mean price, USD an hour.</param>
    /// <param name="PrepaidUsdPerHour">Part of it that is paid when a term begins.</param>
    private readonly record struct CommittedKind(double Share, double UsdPerHour, double PrepaidUsdPerHour);

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
        (_oneYear, _threeYears, _owned) = (KindOf(PurchaseKinds.Reserved1Y), KindOf(PurchaseKinds.Reserved3Y), KindOf(PurchaseKinds.Owned));
        _committedShare = _oneYear.Share + _threeYears.Share + _owned.Share;
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

    private static MonthTerms Today => new(0);

    /// <summary>Price of a committed instance, USD an hour; infinite where there is none. Owned machines keep theirs.</summary>
    /// <param name="terms">Prices of the month.</param>
    public double CommittedUsdPerHour(in MonthTerms terms) => _committedShare > 0
        ? ((_oneYear.Share * _oneYear.UsdPerHour * terms.OneYearFactor) + (_threeYears.Share * _threeYears.UsdPerHour * terms.ThreeYearFactor) + (_owned.Share * _owned.UsdPerHour)) / _committedShare
        : double.PositiveInfinity;

    /// <summary>Price of an instance paid by the hour, with what stands in for spot, USD an hour; infinite where there is none.</summary>
    public double HourlyUsdPerHour { get; }

    /// <summary>Instances committed today and hours of those above them.</summary>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    public (double Committed, double InstanceHours) Split(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels)
    {
        var (committed, instanceHours) = Split(instances, levels, Today);
        return (committed.Total, instanceHours);
    }

    /// <summary>Instances committed in a month and hours of those above them.</summary>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    /// <param name="terms">Prices of the month, and what is committed already: that stays, and stands in for instances paid by the hour.</param>
    public (Commitments Committed, double InstanceHours) Split(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels, in MonthTerms terms)
    {
        var committed = Commit(IsCheapest ? Cheapest(instances, levels, terms) : instances[0], terms.Held);
        var total = committed.Total;
        var instanceHours = 0.0;
        for (var i = 0; i < instances.Length; i++)
            instanceHours += levels[i].Hours * Math.Max(0, instances[i] - total);
        return (committed, instanceHours);
    }

    /// <summary>Cost of today's month, USD.</summary>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    public double MonthUsd(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels) => Month(instances, levels, Today, default).Usd;

    /// <summary>Cost of the instances in a month.</summary>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    /// <param name="terms">Prices of the month, and what is committed already.</param>
    /// <param name="owned">Terms of owned machines.</param>
    public MonthCost Month(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels, in MonthTerms terms, in OwnedTerms owned)
    {
        var (committed, instanceHours) = Split(instances, levels, terms);
        var month = CommittedMonth(committed, terms, owned);
        return month with { Usd = month.Usd + (instanceHours > 0 ? instanceHours * HourlyUsdPerHour * terms.InstanceFactor : 0) };
    }

    /// <summary>Instances by kind where so many are wanted: each kind has its share, and what is held stays.</summary>
    public Commitments Commit(double wanted, in Commitments held)
    {
        // A share of 0 keeps what is beyond all bounds out of what nobody commits to.
        static double Keep(in CommittedKind kind, double wanted, double held) => kind.Share > 0 ? Math.Max(kind.Share * wanted, held) : 0;
        return new Commitments(Keep(_oneYear, wanted, held.OneYear), Keep(_threeYears, wanted, held.ThreeYears), Keep(_owned, wanted, held.Owned));
    }

    /// <summary>Cost of committed instances in a month.</summary>
    public MonthCost CommittedMonth(in Commitments committed, in MonthTerms terms, in OwnedTerms owned)
    {
        var oneYear = Reserve(_oneYear, committed.OneYear, terms.OneYearFactor);
        var threeYears = Reserve(_threeYears, committed.ThreeYears, terms.ThreeYearFactor);
        var usd = oneYear.Usd + threeYears.Usd + (committed.Owned * _owned.UsdPerHour * _hoursPerMonth);
        return new MonthCost(usd, committed.Owned, committed.Owned * (owned.Depreciation + owned.CapitalCharge), oneYear, threeYears);
    }

    private Reserved Reserve(in CommittedKind kind, double instances, double factor)
    {
        var hours = instances * _hoursPerMonth * factor;
        return new Reserved(instances, hours * kind.UsdPerHour, hours * kind.PrepaidUsdPerHour);
    }

    private CommittedKind KindOf(string kind)
    {
        var (share, usd, prepaid) = (0.0, 0.0, 0.0);
        foreach (var (way, part) in Committed)
        {
            if (way.Share.Kind != kind)
                continue;
            share += part;
            usd += part * way.UsdPerHour;
            prepaid += part * way.UsdPerHour * (double)way.Share.UpfrontShare;
        }

        return share > 0 ? new CommittedKind(share, usd / share, prepaid / share) : default;
    }

    /// <summary>What a month costs as a sum over the levels, for bounds: Σ instances × weight + Σ max(0, instances − committed) × weight.</summary>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    public PurchaseWeights Weights(ReadOnlySpan<FleetLevel> levels)
    {
        var (perInstance, perUncommitted) = (new double[levels.Length], new double[levels.Length]);
        // Committed instances are those of one level, or a share of those of the first.
        var committed = IsCheapest ? CommittedLevel(levels, Today) : -1;
        if (!IsCheapest && _committedShare > 0)
            perInstance[0] = _committedShare * _hoursPerMonth * CommittedUsdPerHour(Today);
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
            perInstance[committed] += _hoursPerMonth * CommittedUsdPerHour(Today);
        return new PurchaseWeights(perInstance, perUncommitted, IsCheapest ? 0 : _committedShare);
    }

    private double Cheapest(ReadOnlySpan<double> instances, ReadOnlySpan<FleetLevel> levels, in MonthTerms terms)
    {
        var level = CommittedLevel(levels, terms);
        return level < 0 ? 0 : instances[level];
    }

    /// <summary>The highest level whose instances run long enough to be worth committing; −1 where none is.</summary>
    private int CommittedLevel(ReadOnlySpan<FleetLevel> levels, in MonthTerms terms)
    {
        if (_committedShare == 0)
            return -1;
        var enough = CommittedUsdPerHour(terms) * _hoursPerMonth / (HourlyUsdPerHour * terms.InstanceFactor);
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

    /// <summary>What a month of these instances costs, part by part.</summary>
    /// <param name="id">What the comparison is called.</param>
    /// <param name="instances">Instances at each level, the most first.</param>
    /// <param name="levels">The levels, with their paid hours a month.</param>
    public PurchaseComparison Compared(string id, double[] instances, FleetLevel[] levels)
    {
        var (committed, instanceHours) = Split(instances, levels);
        var parts = new List<PurchasePart>();
        foreach (var (way, share) in Committed)
        {
            var count = IsCheapest ? committed : share * instances[0];
            if (count > 0)
                parts.Add(new PurchasePart(way.Share.Kind, count, count * _hoursPerMonth, Money.Round(count * _hoursPerMonth * way.UsdPerHour)));
        }

        foreach (var (way, share) in Hourly)
        {
            if (instanceHours * share > 0)
                parts.Add(new PurchasePart(way.Share.Kind, null, instanceHours * share, Money.Round(instanceHours * share * way.EffectiveUsdPerHour)));
        }

        return new PurchaseComparison(id, parts.Sum(part => part.MonthlyUsd), parts);
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
