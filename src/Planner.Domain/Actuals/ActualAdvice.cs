using System.Text.Json.Serialization;
using Planner.Domain.Advice;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;

namespace Planner.Domain.Actuals;

/// <summary>A change that would have cost less than what really happened.</summary>
/// <param name="Id"><see cref="ActualAdvice.Cheapest"/>, <see cref="ActualAdvice.Instances"/>, or one of <see cref="SizingChanges"/>.</param>
/// <param name="Sentence">The change in words.</param>
/// <param name="MonthlyUsd">What a month would cost, USD.</param>
/// <param name="SavingUsd">What it saves a month against <see cref="ActualAdvice.NowUsd"/>, USD, above 0.</param>
/// <param name="Figures">The figures that it rests on.</param>
/// <param name="Scenario">The scenario with the measured inputs and the change.</param>
public sealed record ActualChange(string Id, string Sentence, decimal MonthlyUsd, decimal SavingUsd, IReadOnlyList<Operand> Figures, [property: JsonIgnore] Scenario Scenario);

/// <summary>What to change, from what really happened.</summary>
/// <param name="Months">The month that it rests on: the latest whole one whose cost is known; null where there is none.</param>
/// <param name="NowUsd">What the option costs now, USD a month of the scenario's hours; null where that is not known.</param>
/// <param name="Changes">At most three changes, the largest saving first.</param>
/// <param name="Nothing">Why there is no change, a sentence; null where there is one.</param>
public sealed record ActualAdvice(string? Months, decimal? NowUsd, IReadOnlyList<ActualChange> Changes, string? Nothing)
{
    /// <summary>Another option is cheaper at what was really served.</summary>
    public const string Cheapest = "cheapest";

    /// <summary>Fewer instances carry the busiest hour that was watched.</summary>
    public const string Instances = "instances";

    private const int MostChanges = 3;

    // Months of other lengths and rounded inputs differ by so much of the cost without any saving.
    private const decimal LeastShare = 0.005m;

    /// <summary>Looks for what would have cost less.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The whole catalog, the scenario's own rows first.</param>
    /// <param name="sources">What was measured of the option.</param>
    /// <param name="compared">The comparison of plan and actual.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static ActualAdvice Of(Scenario scenario, CatalogSnapshot catalog, ActualSources sources, PlanAgainstActual compared, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(compared);
        // A source that joined later leaves the cost of the months before unknown, and what was served in them.
        static bool Tells(ActualMonth month) => month.IsWhole && month[ActualMeasures.Cost].Actual is { Value: not null, IsPart: false };
        var end = compared.Months.ToList().FindLastIndex(Tells);
        if (end < 0)
            return new ActualAdvice(null, null, [], ActualTexts.NoWholeMonth);
        // What it costs now and what else it could cost are of the same volume: that of one month.
        var first = DayOf(compared.Months[end].Month);
        var last = first.AddMonths(1).AddDays(-1);
        var (name, now) = (compared.Months[end].Month, NowOf(scenario, compared.Months[end], last));
        var option = scenario.Options.First(one => one.Id == compared.OptionId);
        var counted = option switch
        {
            ApiOption => sources with { Fleets = [] },
            SelfHostOption when sources.Fleets.Count > 0 => sources with { Usage = null },
            _ => sources,
        };
        if (MeasuredProfile.Of(counted, first, last) is not { } profile)
            return new ActualAdvice(name, now, [], ActualTexts.NothingServed);
        var measured = Measured(scenario, option, counted, profile, first, last, now);
        if (ScenarioRules.Check(measured, catalog) is [var fault, ..])
            return new ActualAdvice(name, now, [], ActualTexts.NotMeasurable.With(fault.Path, fault.Message));

        var changes = new List<ActualChange>();
        void Offer(string id, string sentence, decimal? then, Scenario changed, params ReadOnlySpan<Operand> figures)
        {
            if (then is { } usd && now - usd is var saving && saving > now * LeastShare && decimal.Round(saving, 2) > 0)
                changes.Add(new ActualChange(id, sentence, usd, saving, [.. figures], changed));
        }

        var volume = new Operand("requests", (double)measured.Workload.RequestsPerMonth, "requests/month", ActualTexts.SourceMeasured.With(name));
        var result = Engine.Evaluate(measured, catalog);
        if (result.Options.Where(other => other.Id != option.Id && other is { Feasible: true, OngoingMonthlyUsd: not null }).MinBy(other => other.OngoingMonthlyUsd) is { } best)
            Offer(Cheapest, ActualTexts.ChangeCheapest.With(best.Name), best.OngoingMonthlyUsd, measured, volume, new Operand("month", (double)best.OngoingMonthlyUsd!.Value, "USD/month", best.Name));
        if (option is SelfHostOption && measured.Options.OfType<SelfHostOption>().First(one => one.Id == option.Id) is var fleet)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OfferFewer(measured, catalog, fleet, counted, first, last, Offer);
            foreach (var variant in RightSizing.Of(measured, AsWatched(fleet, counted), catalog, cancellationToken).Variants.Where(variant => variant.Change != SizingChanges.Replicas).Take(1))
                Offer(variant.Change, $"{variant.Sentence}.", variant.MonthlyUsd, With(measured, variant.Option), volume, new Operand("month", (double)variant.MonthlyUsd, "USD/month", option.Name));
        }

        List<ActualChange> told = [.. changes.OrderByDescending(change => change.SavingUsd).Take(MostChanges)];
        return new ActualAdvice(name, now, told, told.Count == 0 ? ActualTexts.NothingSaves.With(name) : null);
    }

    private delegate void Offering(string id, string sentence, decimal? then, Scenario changed, params ReadOnlySpan<Operand> figures);

    /// <summary>As many instances as the busiest hour needs that was watched, where more ran.</summary>
    private static void OfferFewer(Scenario measured, CatalogSnapshot catalog, SelfHostOption fleet, ActualSources sources, DateOnly first, DateOnly last, Offering offer)
    {
        if (sources.Fleets.Count == 0 || sources.Fleets.Any(watched => watched.Instances is null) || new OptionResolver(measured with { Options = [fleet] }, catalog)[0] is not FleetCost cost)
            return;
        var basis = cost.HoursOf(measured.Workload.RequestsPerMonth, 1).Basis;
        var hours = sources.Fleets.SelectMany(watched => watched.Hours)
            .Where(hour => DateOnly.FromDateTime(hour.StartUtc) >= first && DateOnly.FromDateTime(hour.StartUtc) <= last && hour.Seconds >= SaturatedHour.LeastSeconds).ToList();
        // An hour of which nobody knows the load might be the busiest.
        if (hours.Count == 0 || hours.Exists(hour => Tokens(hour, basis) is null))
            return;
        var peak = hours.GroupBy(hour => hour.StartUtc).Select(hour => (Start: hour.Key, PerSecond: hour.Sum(one => Tokens(one, basis)!.Value / one.Seconds))).MaxBy(hour => hour.PerSecond);
        var (ran, perSecond) = (sources.Fleets.Sum(watched => watched.Instances!.Value), peak.PerSecond);
        if (cost.InstancesFor(perSecond) is not { } needed || needed >= ran || needed > int.MaxValue)
            return;
        var fewer = fleet with { Fleet = fleet.Fleet with { Sizing = FleetSizings.Fixed, Instances = (int)needed, Schedule = null } };
        if (RightSizing.Evaluate(measured, fewer, catalog) is { Feasible: true } result)
        {
            offer(
                Instances, needed == 1 ? ActualTexts.ChangeOneInstance.With(ran) : ActualTexts.ChangeInstances.With(needed, ran), result.OngoingMonthlyUsd, With(measured, fewer),
                new Operand("busiest hour", perSecond, "tokens/s", ActualTexts.SourcePeak.With(peak.Start)),
                new Operand("an instance", cost.HoursOf(measured.Workload.RequestsPerMonth, 1).TokensPerSecond ?? 0, "tokens/s", ActualTexts.SourceInstanceCapacity),
                new Operand("instances", needed, "instances", ActualTexts.SourceNeeded));
        }
    }

    /// <summary>A fleet of as many instances as really ran, so that what a variant saves is measured against them.</summary>
    private static SelfHostOption AsWatched(SelfHostOption fleet, ActualSources sources) =>
        fleet.Fleet.Sizing is FleetSizings.Fixed or FleetSizings.WeeklyPeak && sources.Fleets is { Count: > 0 } watched && watched.All(one => one.Instances is not null)
            ? fleet with { Fleet = fleet.Fleet with { Sizing = FleetSizings.Fixed, Instances = (int)Math.Min(100_000, Math.Ceiling(watched.Sum(one => one.Instances!.Value))) } }
            : fleet;

    private static double? Tokens(FleetHour hour, string basis) => basis switch
    {
        ThroughputBases.Input => hour.PromptTokens,
        ThroughputBases.Output => hour.GeneratedTokens,
        _ => hour.PromptTokens + hour.GeneratedTokens,
    };

    /// <summary>The latest month's cost in a month of the scenario's hours; what is as planned is of such a month already.</summary>
    private static decimal NowOf(Scenario scenario, ActualMonth month, DateOnly last)
    {
        var (cost, asPlanned) = (month[ActualMeasures.Cost].Actual.Value!.Value, month.AsPlannedUsd ?? 0);
        return Money.Round(asPlanned + ((cost - asPlanned) * (double)scenario.HoursPerMonth / (last.Day * 24.0)));
    }

    private static Scenario Measured(Scenario scenario, Option option, ActualSources sources, UsageProfile profile, DateOnly first, DateOnly last, decimal now)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(scenario.Workload.Shape.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        var source = string.Join(", ", sources.Fleets.Select(fleet => fleet.Name).Prepend(sources.Usage?.Name).OfType<string>());
        var measured = MeasuredScenario.Of(scenario, profile, source, zone, last.Day).Scenario with { BaselineMonthlyUsd = decimal.Round(now, 2) };
        return option is SelfHostOption fleet && PrefixShare(sources, first, last) is { } share
            ? With(measured, fleet with { PrefixCacheShare = share })
            : measured;
    }

    /// <summary>Share of the prompt tokens that the engines found in their prefix cache; null where they do not say.</summary>
    private static decimal? PrefixShare(ActualSources sources, DateOnly first, DateOnly last)
    {
        var hours = sources.Fleets.SelectMany(fleet => fleet.Hours).Where(hour => DateOnly.FromDateTime(hour.StartUtc) >= first && DateOnly.FromDateTime(hour.StartUtc) <= last).ToList();
        if (hours.Count == 0 || hours.Exists(hour => hour.PrefixQueries is null || hour.PrefixHits is null))
            return null;
        var queries = hours.Sum(hour => hour.PrefixQueries!.Value);
        return queries > 0 ? decimal.Round((decimal)Math.Clamp(hours.Sum(hour => hour.PrefixHits!.Value) / queries, 0, 0.99), 4) : null;
    }

    private static Scenario With(Scenario scenario, Option changed) => scenario with { Options = [.. scenario.Options.Select(option => option.Id == changed.Id ? changed : option)] };

    private static DateOnly DayOf(string month) => DateOnly.ParseExact(month, "yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}
