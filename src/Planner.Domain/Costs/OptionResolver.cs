using Planner.Domain.Catalogs;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Resolves a scenario's options against the catalog. A mix takes the options that it names from here; rules have made sure that they exist and form no circle.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="catalog">The catalog rows that it names.</param>
/// <param name="capacity">Where modelled throughput comes from; null for the capacity model itself.</param>
internal sealed class OptionResolver(Scenario scenario, CatalogSnapshot catalog, Func<SelfHostOption, Workload, ReplicaThroughput?>? capacity = null)
{
    private readonly OptionCost?[] _resolved = new OptionCost?[scenario.Options.Count];

    /// <summary>All options in the scenario's order.</summary>
    public List<OptionCost> All()
    {
        var costs = new List<OptionCost>(_resolved.Length);
        for (var i = 0; i < _resolved.Length; i++)
            costs.Add(Resolved(i));
        return costs;
    }

    /// <summary>An option by its place in the scenario.</summary>
    public OptionCost this[int index] => Resolved(index);

    /// <summary>Resolves an option anew when it is next asked for, since the scenario's numbers were set in place.</summary>
    public void Forget(int index) => _resolved[index] = null;

    private OptionCost Resolved(int index) => _resolved[index] ??= Resolve(index, scenario.Options[index], scenario);

    private OptionCost Resolve(int index, Option option, Scenario workload)
    {
        var path = $"options[{index}]";
        return option switch
        {
            ApiOption api => new ApiCost(api, path, workload, catalog),
            SelfHostOption fleet => Fleet(index, fleet, workload, 1),
            HybridOption mix => Mix(mix, workload),
            _ => throw new InvalidOperationException($"No cost for options of kind {option.Kind}."),
        };
    }

    private FleetCost Fleet(int index, SelfHostOption option, Scenario workload, decimal upShare) => new(option, $"options[{index}]", workload, catalog, capacity, upShare);

    /// <summary>The fleet of a mix: what comes while it is down the API serves.</summary>
    private FleetCost FleetOf(HybridOption mix, Scenario workload)
    {
        var index = IndexOf(mix.FleetOptionId);
        return mix.DowntimeShare == 0 ? (FleetCost)For(index, workload) : Fleet(index, (SelfHostOption)scenario.Options[index], workload, 1 - mix.DowntimeShare);
    }

    /// <summary>A mix pays for the token levers once, so its parts have them free of charge.</summary>
    private OptionCost Mix(HybridOption mix, Scenario workload)
    {
        var effect = LeverEffect.Of(workload.Workload);
        var free = effect.FixedUsd + effect.UsdPerRequest + effect.OneOffUsd == 0 ? workload : With(workload, work => work with { Levers = work.Levers!.WithoutCosts() });
        return mix.Mode switch
        {
            HybridModes.Overflow => Overflow(mix, workload, free),
            HybridModes.Tasks => new PartsCost(mix, workload, Tasks(mix, free)),
            HybridModes.Hours => new PartsCost(mix, workload, Hours(mix, free)),
            _ => new PartsCost(mix, workload, Fallback(mix, free), For(IndexOf(mix.ApiOptionId), free)),
        };
    }

    private OverflowCost Overflow(HybridOption mix, Scenario typed, Scenario workload)
    {
        var (apiIndex, fleetIndex) = (IndexOf(mix.ApiOptionId), IndexOf(mix.FleetOptionId));
        var option = (SelfHostOption)scenario.Options[fleetIndex];
        var fleet = FleetOf(mix, workload);
        var asBase = FleetCost.AsBase(option);
        // The mix keeps to the API's limits hour by hour; what overflows in a month says nothing of its busiest minute.
        var api = (ApiOption)scenario.Options[apiIndex] with { Limits = null };
        return new OverflowCost(
            mix, typed, (ApiCost)For(apiIndex, workload), fleet, ReferenceEquals(asBase, option) ? fleet : Fleet(fleetIndex, asBase, workload, 1 - mix.DowntimeShare),
            requests => Resolve(apiIndex, api, With(workload, work => work with { RequestsPerMonth = requests })));
    }

    /// <summary>The fleet serves all requests, and the API again those of its downtime.</summary>
    private List<(OptionCost, decimal)> Fallback(HybridOption mix, Scenario workload) =>
    [
        (FleetOf(mix, workload), 1),
        (For(IndexOf(mix.ApiOptionId), With(workload, work => work with { RequestsPerMonth = work.RequestsPerMonth * mix.DowntimeShare })), mix.DowntimeShare),
    ];

    /// <summary>The API serves the named hours; the fleet is off in them and serves the others.</summary>
    private List<(OptionCost, decimal)> Hours(HybridOption mix, Scenario workload)
    {
        var week = LoadWeek.Of(workload.Workload.Shape);
        var share = week.ShareOf(mix.Hours!);
        var (apiIndex, fleetIndex) = (IndexOf(mix.ApiOptionId), IndexOf(mix.FleetOptionId));
        if (share == 1)
            return [(For(apiIndex, workload), 1)];
        var named = mix.Hours!.ToHashSet();
        var others = Weighted(workload, 1 - share, hour => named.Contains(hour) ? 0 : week.Weights[hour], week);
        var fleet = (SelfHostOption)scenario.Options[fleetIndex];
        var off = fleet.Fleet with { OffHours = [.. named.Union(fleet.Fleet.OffHours ?? [])] };
        List<(OptionCost, decimal)> parts = [(Fleet(fleetIndex, fleet with { Fleet = off }, others, 1 - mix.DowntimeShare), 1 - share)];
        var served = share + ((1 - share) * mix.DowntimeShare);
        if (served > 0)
            parts.Add((For(apiIndex, Weighted(workload, served, hour => named.Contains(hour) || mix.DowntimeShare > 0 ? week.Weights[hour] : 0, week)), served));
        return parts;
    }

    /// <summary>Tasks that go to one option are served together: their volumes add up, their lengths are the mean weighted by volume.</summary>
    /// <remarks>Within another mix, whose part is longer or shorter than the workload, the lengths are so in proportion.</remarks>
    private List<(OptionCost, decimal)> Tasks(HybridOption mix, Scenario workload)
    {
        var (typed, now) = (scenario.Workload, workload.Workload);
        static decimal Length(decimal? own, decimal typed, decimal now) => own is { } length ? typed > 0 && now != typed ? length * now / typed : length : now;
        var parts = new List<(OptionCost, decimal)>();
        foreach (var routes in mix.Routes.GroupBy(route => route.OptionId))
        {
            var share = routes.Sum(route => route.Share);
            var input = routes.Sum(route => route.Share * Length(route.InputTokens, typed.InputTokens, now.InputTokens)) / share;
            var output = routes.Sum(route => route.Share * Length(route.OutputTokens, typed.OutputTokens, now.OutputTokens)) / share;
            var part = With(workload, work => work with { RequestsPerMonth = work.RequestsPerMonth * share, InputTokens = input, OutputTokens = output });
            parts.Add((For(IndexOf(routes.Key), part), share));
        }

        return parts;
    }

    private int IndexOf(string? id)
    {
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            if (scenario.Options[i].Id == id)
                return i;
        }

        throw new InvalidOperationException($"No option has the id {id}.");
    }

    private OptionCost For(int index, Scenario workload) => ReferenceEquals(workload, scenario) ? Resolved(index) : Resolve(index, scenario.Options[index], workload);

    private static Scenario With(Scenario scenario, Func<Workload, Workload> change) => scenario with { Workload = change(scenario.Workload) };

    /// <summary>The same hours with other weights. The hours keep their bursts: a flat week that bursts within the hour stays one.</summary>
    private static Scenario Weighted(Scenario scenario, decimal share, Func<int, decimal> weight, LoadWeek week) => With(scenario, work => work with
    {
        RequestsPerMonth = work.RequestsPerMonth * share,
        Shape = work.Shape with { Kind = ShapeKinds.Weights, Weights = [.. Enumerable.Range(0, LoadWeek.Hours).Select(weight)], BurstWithinHour = week.BurstAbove / week.BurstBelow },
    });
}
