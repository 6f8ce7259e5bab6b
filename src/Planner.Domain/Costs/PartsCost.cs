using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>A mix whose parts each serve a fixed share of the requests: by task, by the hours of the week, or while a fleet is down.</summary>
internal sealed class PartsCost : OptionCost
{
    private readonly IReadOnlyList<(OptionCost Cost, double Share)> _parts;

    /// <param name="option">The mix.</param>
    /// <param name="scenario">The scenario.</param>
    /// <param name="parts">Its parts, each resolved for its share of the volume.</param>
    public PartsCost(HybridOption option, Scenario scenario, IReadOnlyList<(OptionCost Cost, decimal Share)> parts)
        : base(option, scenario, LeverEffect.Of(scenario.Workload))
    {
        _parts = [.. parts.Select(part => (part.Cost, (double)part.Share))];
        foreach (var (part, _) in parts)
        {
            Unpriced.AddRange(part.Unpriced.Select(reason => Wording.Say(Texts.PartOfMix, part.Name, reason)));
            Excluded.AddRange(part.Excluded.Select(reason => Wording.Say(Texts.PartOfMix, part.Name, reason)));
            Checks.AddRange(part.Checks.Select(check => check with { OptionId = Id }));
        }
    }

    public override double? CarriesRequests
    {
        get
        {
            var least = double.PositiveInfinity;
            foreach (var (part, share) in _parts)
            {
                if (part.CarriesRequests is not { } carries)
                    return null;
                least = share > 0 ? Math.Min(least, carries / share) : least;
            }

            return least;
        }
    }

    public override bool IsLimited => _parts.Any(part => part.Cost.IsLimited);

    public override MonthCost Month(in MonthTerms terms)
    {
        var sum = LeverCost(terms);
        foreach (var (part, share) in _parts)
            sum += part.Month(terms with { Requests = terms.Requests * share });
        return sum;
    }

    public override bool HasCurve => false;

    public override CostCurve Curve(bool firstMonth, bool capacityChecked) => throw new NotSupportedException("A mix has pieces, not one staircase.");

    public override OptionResult Evaluate() => Merge([.. _parts.Select(part => (part.Cost, part.Cost.Evaluate()))]);
}
