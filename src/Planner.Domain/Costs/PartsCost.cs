using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>A mix whose parts each serve a fixed share of the requests: by task, by the hours of the week, or while a fleet is down.</summary>
internal sealed class PartsCost : OptionCost
{
    private readonly IReadOnlyList<(OptionCost Cost, double Share)> _parts;
    private readonly OptionCost? _standIn;

    /// <param name="option">The mix.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="parts">Its parts, each resolved for its share of the volume.</param>
    /// <param name="standIn">The API that serves the whole load while a fleet is down, resolved for all of it; null where none does.</param>
    public PartsCost(HybridOption option, Scenario scenario, IReadOnlyList<(OptionCost Cost, decimal Share)> parts, OptionCost? standIn = null)
        : base(option, scenario, LeverEffect.Of(scenario.Workload))
    {
        _standIn = standIn;
        _parts = [.. parts.Select(part => (part.Cost, (double)part.Share))];
        foreach (var (part, _) in parts)
        {
            ServesNothing |= part.ServesNothing;
            Unpriced.AddRange(part.Unpriced.Select(reason => Reason.Of(part, reason.Text)));
            Excluded.AddRange(part.Excluded.Select(reason => Reason.Of(part, reason.Text)));
            Checks.AddRange(part.Checks.Select(check => check with { OptionId = Id }));
        }
    }

    /// <summary>Its parts, each with its share of the requests.</summary>
    public IReadOnlyList<(OptionCost Cost, double Share)> Parts => _parts;

    /// <inheritdoc/>
    public override double OneOffUsd(int months) => months == 0 ? Levers.OneOffUsd : 0;

    /// <inheritdoc/>
    public override int LeadMonths => _parts.Max(part => part.Cost.LeadMonths);

    /// <inheritdoc/>
    public override bool Carries(double requests)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            if (!_parts[i].Cost.Carries(requests * _parts[i].Share))
                return false;
        }

        return _standIn?.Carries(requests) != false;
    }

    public override double? CarriesRequests
    {
        get
        {
            var least = _standIn?.CarriesRequests ?? double.PositiveInfinity;
            foreach (var (part, share) in _parts)
            {
                if (part.CarriesRequests is not { } carries)
                    return null;
                least = share > 0 ? Math.Min(least, carries / share) : least;
            }

            return least;
        }
    }

    public override bool IsLimited => _standIn?.IsLimited == true || _parts.Any(part => part.Cost.IsLimited);

    public override MonthCost Month(in MonthTerms terms)
    {
        var sum = LeverCost(terms);
        foreach (var (part, share) in _parts)
            sum += part.Month(terms with { Requests = terms.Requests * share });
        return sum;
    }

    public override bool HasCurve => _parts.All(part => part.Cost.HasCurve);

    public override CostCurve Curve(bool firstMonth, bool capacityChecked) =>
        WithLevers(new SumCurve([.. _parts.Select(part => (part.Cost.Curve(firstMonth, capacityChecked), part.Share))], capacityChecked ? _standIn?.CarriesRequests ?? double.PositiveInfinity : double.PositiveInfinity), firstMonth);

    /// <remarks>What a stand-in serves while a fleet is down is counted for both: the fleet is held for it all the same.</remarks>
    public override IReadOnlyList<MixPart> MixParts()
    {
        var twice = _parts.Sum(part => part.Share) - 1;
        return [.. _parts.Select(part => new MixPart(part.Cost.Id, part.Cost is FleetCost && twice > 1e-9 ? part.Share - twice : part.Share)).Where(part => part.ServedShare > 0)];
    }

    public override OptionResult Evaluate()
    {
        var volume = (double)Scenario.Workload.RequestsPerMonth;
        Reason[] overLimit = _standIn?.CarriesRequests is { } carries && carries < volume
            ? [new(Reason.Other, Texts.ReasonStandInLimit.With(_standIn.Name, Wording.Count(carries), Wording.Count(volume)))]
            : [];
        return Merge([.. _parts.Select(part => (part.Cost, part.Cost.Evaluate()))], overLimit);
    }
}
