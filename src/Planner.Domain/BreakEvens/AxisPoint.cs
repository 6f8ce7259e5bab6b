using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.BreakEvens;

/// <summary>A scenario moved along an axis.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Catalog">The catalog rows that it names.</param>
/// <param name="Axis">One of <see cref="BreakEvenAxes"/>.</param>
/// <param name="Own">The option that the axis belongs to, resolved; null for an axis of the whole scenario.</param>
internal sealed record AxisPoint(Scenario Scenario, CatalogSnapshot Catalog, string Axis, OptionCost? Own)
{
    // Of an hour of a machine, or of a million tokens.
    private const double LeastUsd = 1e-6;

    private decimal TokensPerRequest => Scenario.Workload.TokensPerRequest;

    /// <summary>The point at which the scenario itself lies; null where that is unknown.</summary>
    public double? Here => Axis switch
    {
        BreakEvenAxes.RequestsPerMonth => (double)Scenario.Workload.RequestsPerMonth,
        BreakEvenAxes.TokensPerMonth => (double)(Scenario.Workload.RequestsPerMonth * TokensPerRequest),
        BreakEvenAxes.OutputTokens => (double)Scenario.Workload.OutputTokens,
        BreakEvenAxes.Utilization => Own!.Evaluate().Utilization,
        BreakEvenAxes.ApiPrice => Scenario.Workload.RequestsPerMonth > 0 ? ((ApiCost)Own!).UsageUsd * 1e6 / (double)Scenario.Workload.RequestsPerMonth / (double)TokensPerRequest : null,
        BreakEvenAxes.InstancePrice => (double?)((FleetCost)Own!).Prices.OnDemandUsdPerHour,
        _ => (double?)((FleetCost)Own!).Throughput?.TokensPerSecond,
    };

    /// <summary>True where there is something to move: prices are moved in proportion, and one that is next to nothing would take what goes with it beyond what can be computed.</summary>
    public bool IsMovable => Axis is BreakEvenAxes.ApiPrice or BreakEvenAxes.InstancePrice ? Here >= LeastUsd : Here > 0;

    /// <summary>The scenario at a point; everything that the axis does not move stays.</summary>
    public Scenario At(double point) => Axis switch
    {
        BreakEvenAxes.RequestsPerMonth => With(work => work with { RequestsPerMonth = Exact(point) }),
        BreakEvenAxes.TokensPerMonth => With(work => work with { RequestsPerMonth = Exact(point) / TokensPerRequest }),
        BreakEvenAxes.Utilization => With(work => work with { RequestsPerMonth = Exact(point * (double)work.RequestsPerMonth / Here!.Value) }),
        BreakEvenAxes.OutputTokens => Answering(Exact(point)),
        BreakEvenAxes.ApiPrice => With<ApiOption>(option => Priced(option, Exact(point / Here!.Value))),
        BreakEvenAxes.InstancePrice => With<SelfHostOption>(option => Rented(option, Exact(point / Here!.Value))),
        _ => With<SelfHostOption>(option => Serving(option, Exact(point))),
    };

    /// <summary>A double with all of its digits: a cast would drop the last two.</summary>
    private static decimal Exact(double value) => decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private Scenario With(Func<Workload, Workload> change) => Scenario with { Workload = change(Scenario.Workload) };

    private Scenario With<T>(Func<T, Option> change)
        where T : Option => Scenario with { Options = [.. Scenario.Options.Select(option => option.Id == Own!.Id ? change((T)option) : option)] };

    /// <summary>Answers of another length; those of a mix' tasks keep their proportions, so that it still serves the same load as the options beside it.</summary>
    private Scenario Answering(decimal outputTokens)
    {
        var typed = Scenario.Workload.OutputTokens;
        var moved = With(work => work with { OutputTokens = outputTokens });
        return typed == 0 || !Scenario.Options.Any(option => option is HybridOption { Routes.Count: > 0 }) ? moved : moved with
        {
            Options =
            [
                .. Scenario.Options.Select(option => option is HybridOption mix
                    ? mix with { Routes = [.. mix.Routes.Select(route => route with { OutputTokens = route.OutputTokens * outputTokens / typed })] }
                    : option),
            ],
        };
    }

    private ApiOption Priced(ApiOption option, decimal factor) => option with
    {
        Price = Priced(option.Price ?? Catalog.Prices[option.PriceKey!].Prices, factor),
        PriceChanges = [.. option.ChangesWith(option.PriceKey is { } key ? Catalog.Prices.GetValueOrDefault(key) : null).Select(change => change with { Price = Priced(change.Price, factor) })],
    };

    private static TokenPrices Priced(TokenPrices prices, decimal factor) => prices.EachWithTiers((_, usd) => usd * factor);

    private SelfHostOption Rented(SelfHostOption option, decimal factor)
    {
        var fleet = (FleetCost)Own!;
        // The catalog's prices move with the user's own, so that they are written down beside them.
        decimal? Rent(string kind, decimal? own) => kind switch
        {
            PurchaseKinds.Owned => null,
            PurchaseKinds.OnDemand => own * factor,
            _ => (own ?? fleet.Prices.ListedUsdPerHour(kind)) * factor,
        };
        return option with
        {
            InstanceUsdPerHour = (option.InstanceUsdPerHour ?? fleet.Prices.ListedUsdPerHour(PurchaseKinds.OnDemand)) * factor,
            Purchase = [.. option.Purchase.Select(share => share with { UsdPerHour = Rent(share.Kind, share.UsdPerHour) })],
            AdditionalFleets = [.. option.AdditionalFleets.Select(beside => beside with { UsdPerHour = Rent(beside.Purchase, beside.UsdPerHour) })],
        };
    }

    private SelfHostOption Serving(SelfHostOption option, decimal tokensPerSecond)
    {
        var known = ((FleetCost)Own!).Throughput;
        return option with
        {
            LoadFactor = known?.LoadFactor ?? option.LoadFactor ?? SelfHostOption.DefaultLoadFactor,
            Throughput = option.Throughput with { Kind = ThroughputKinds.Stated, TokensPerSecond = tokensPerSecond, Basis = known?.Basis ?? option.Throughput.Basis },
        };
    }
}
