using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>An axis that the scenario may be asked along.</summary>
/// <param name="Axis">One of <see cref="BreakEvenAxes.All"/>.</param>
/// <param name="OptionId">The option that it belongs to; null for an axis of the whole scenario.</param>
/// <param name="OptionName">That option's name where it is one of several of its kind; null otherwise.</param>
/// <param name="Reason">Why it cannot be asked; null where it can.</param>
public sealed record AxisOffer(string Axis, string? OptionId, string? OptionName, string? Reason)
{
    /// <summary>What it is called, with the option where several have one.</summary>
    public string Name => AxisWords.Name(Axis, OptionName);

    /// <summary>All that a scenario without faults has options for, requests a month first.</summary>
    public static IReadOnlyList<AxisOffer> Of(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return [.. BreakEvenAxes.All.SelectMany(axis =>
        {
            var kind = BreakEvenAxes.OptionKind(axis);
            var owners = scenario.Options.Where(option => option.Kind == kind).ToList();
            return kind is null
                ? [new AxisOffer(axis, null, null, ReasonOf(axis, null))]
                : owners.Select(owner => new AxisOffer(axis, owner.Id, owners.Count > 1 ? owner.Name : null, ReasonOf(axis, owner.Id)));
        })];

        string? ReasonOf(string axis, string? optionId) => Engine.CheckAxis(scenario, catalog, axis, null, null, optionId) is [var problem, ..] ? problem.Message : null;
    }

    /// <summary>The offer that an address names; the first that can be asked of that axis where it names no option or one that is gone, and null where it names no axis that there is.</summary>
    public static AxisOffer? Find(IReadOnlyList<AxisOffer> offers, string? axis, string? optionId)
    {
        var all = offers.Where(offer => offer.Axis == axis).ToList();
        return all.Find(offer => offer.OptionId == optionId) ?? all.Find(offer => offer.Reason is null) ?? all.FirstOrDefault();
    }

    /// <summary>What to ask beside an axis for a map: the price of an API where there is one, else the first that moves another input; null where nothing does.</summary>
    public static AxisOffer? Beside(IReadOnlyList<AxisOffer> offers, AxisOffer x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var others = offers.Where(offer => offer.Reason is null && offer.Axis != x.Axis && !(BreakEvenAxes.IsVolume(x.Axis) && BreakEvenAxes.IsVolume(offer.Axis))).ToList();
        return (BreakEvenAxes.IsVolume(x.Axis) ? others.Find(offer => offer.Axis == BreakEvenAxes.ApiPrice) : null) ?? others.FirstOrDefault();
    }
}

/// <summary>What the break-even panel is asked, and what was found beyond requests a month.</summary>
/// <param name="Offers">What it may be asked along.</param>
/// <param name="X">The axis that was chosen.</param>
/// <param name="Y">The second axis of a map; null for lines along one.</param>
/// <param name="Lines">Costs along the axis; not worked out for requests a month, which every answer has.</param>
/// <param name="Map">Who is cheapest over both.</param>
public sealed record AxesState(IReadOnlyList<AxisOffer> Offers, AxisOffer X, AxisOffer? Y, RunState<BreakEvenView> Lines, RunState<MapView> Map)
{
    /// <summary>True for lines along requests a month, which every answer has.</summary>
    public bool IsPlain => Y is null && X.Axis == BreakEvenAxes.RequestsPerMonth;
}

/// <summary>What is to be asked.</summary>
/// <param name="X">The axis.</param>
/// <param name="Y">The second axis of a map; null for lines along one.</param>
public sealed record AxesChoice(AxisOffer X, AxisOffer? Y);
