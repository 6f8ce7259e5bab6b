using Planner.Domain.Costs;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;

namespace Planner.Domain.Actuals;

/// <summary>What one option really used and cost, month by month. A month of which a part was measured is scaled to the whole.</summary>
internal sealed class MeasuredMonths(Option option, ActualSources sources, PlannedMonths plan)
{
    private const double Percentile = 0.95;

    /// <summary>The fleet whose instances are watched: the option itself, or the one that a mix names; null for an API.</summary>
    private string? FleetId => option switch { SelfHostOption fleet => fleet.Id, HybridOption mix => mix.FleetOptionId, _ => null };

    private IReadOnlyList<WatchedFleet> Fleets => FleetId is null ? [] : sources.Fleets;

    /// <summary>Shortest time watched of which a month is told, hours: an hour may be any of a day's.</summary>
    private const double LeastHours = MeasuredScenario.LeastDays * 24;

    private MeasuredUsage? Usage => sources.Usage;

    /// <summary>The months from the first that has anything measured to the last.</summary>
    public IEnumerable<DateOnly> Months()
    {
        var days = new List<DateOnly>();
        if (Usage is { } usage)
            days.AddRange([usage.FirstDay, usage.LastDay]);
        foreach (var fleet in Fleets.Where(fleet => fleet.Hours.Count > 0))
            days.AddRange([DateOnly.FromDateTime(fleet.Hours[0].StartUtc), DateOnly.FromDateTime(fleet.Hours[^1].StartUtc)]);
        if (days.Count == 0)
            yield break;
        for (var month = First(days.Min()); month <= days.Max(); month = month.AddMonths(1))
            yield return month;
    }

    /// <summary>The actual figures of a month.</summary>
    public (IReadOnlyList<SourceCoverage> Coverage, IReadOnlyDictionary<string, ActualFigure> Figures, double? AsPlannedUsd) Of(DateOnly month)
    {
        var hours = FleetId is { } id ? plan.HoursNear(month, id) : null;
        // A fleet that joined later is no part of the months before.
        var fleets = Fleets.Where(fleet => fleet.Hours.Count > 0 && First(DateOnly.FromDateTime(fleet.Hours[0].StartUtc)) <= month)
            .Select(fleet => FleetMonth.Of(fleet, month, hours?.RunningShare ?? 1)).ToList();
        // What a gateway counted before one's own fleet tells its tokens as long as the fleet itself is not watched.
        var api = Usage is { } usage && !(option is SelfHostOption && fleets.Count > 0) ? UsageMonth.Of(usage, month) : null;
        var (cost, asPlanned) = Cost(month, api, fleets, hours);
        var (input, output) = (Tokens(api, fleets, one => one.Input, one => one.Input), Tokens(api, fleets, one => one.Output, one => one.Output));
        IEnumerable<SourceCoverage?> coverage = [api?.Coverage, .. fleets.Select(fleet => fleet.Coverage)];
        return ([.. coverage.OfType<SourceCoverage>()], new Dictionary<string, ActualFigure>
        {
            [ActualMeasures.Cost] = cost,
            [ActualMeasures.InputTokens] = input,
            [ActualMeasures.OutputTokens] = output,
            [ActualMeasures.UsdPerMillionTokens] = ActualFigure.PerMillion(cost, input, output),
            [ActualMeasures.Utilization] = Utilization(fleets, hours),
            [ActualMeasures.GpuHours] = GpuHours(fleets, hours),
            [ActualMeasures.TtftP95] = Latency(fleets, total => total.Ttft),
            [ActualMeasures.ItlP95] = Latency(fleets, total => total.Itl),
        }, cost.Value is null ? null : asPlanned);
    }

    private (ActualFigure Cost, double AsPlanned) Cost(DateOnly month, UsageMonth? api, List<FleetMonth> fleets, InstanceHours? hours) => option switch
    {
        ApiOption => (api?.Cost ?? ActualFigure.Not(ActualTexts.NoUsage), 0),
        SelfHostOption => FleetCostOf(month, fleets, hours),
        _ => MixCost(month, api, fleets, hours),
    };

    private (ActualFigure, double) FleetCostOf(DateOnly month, List<FleetMonth> fleets, InstanceHours? hours)
    {
        if (FaultOf(fleets) is { } fault)
            return (ActualFigure.Not(fault), 0);
        var recurring = plan.RecurringNear(month);
        if (recurring.Value is not { } planned || hours is not { } paid)
            return (ActualFigure.Not(recurring.Unknown ?? Texts.HorizonBeyond), 0);
        if (fleets is [{ Instances: null }])
            return (ActualFigure.Of(planned, "as planned", new Operand("as planned", planned, "USD", ActualTexts.SourceAsPlannedInstances)) with { IsPlanned = true }, planned);
        var ran = fleets.Sum(fleet => fleet.InstanceHours);
        var committed = paid.Committed * HoursIn(month);
        // Everything but the hours that are paid as they run.
        var asPlanned = Math.Max(0, planned - (paid.PlannedHours * paid.UsdPerHour));
        List<Operand> operands = [new("instanceHours", ran, "instance-hours", string.Join("; ", fleets.Select(fleet => fleet.HoursInWords)))];
        if (committed > 0)
            operands.Add(new("committed", committed, "instance-hours", ActualTexts.SourceCommitted));
        operands.Add(new("price", paid.UsdPerHour, "USD/h", ActualTexts.SourcePrice));
        if (asPlanned > 0)
            operands.Add(new("as planned", asPlanned, "USD", ActualTexts.SourceAsPlanned));
        var formula = committed > 0 ? "max(0, instanceHours − committed) × price" : "instanceHours × price";
        return (ActualFigure.Of((Math.Max(0, ran - committed) * paid.UsdPerHour) + asPlanned, asPlanned > 0 ? $"{formula} + as planned" : formula, [.. operands]), asPlanned);
    }

    private (ActualFigure, double) MixCost(DateOnly month, UsageMonth? api, List<FleetMonth> fleets, InstanceHours? hours)
    {
        if (api is null)
            return (ActualFigure.Not(ActualTexts.NoUsage), 0);
        if (api.Cost.Value is not { } bill)
            return (api.Cost, 0);
        if (FaultOf(fleets) is { } fault)
            return (ActualFigure.Not(fault), 0);
        if (fleets.Exists(fleet => fleet.Instances is null))
            return (ActualFigure.Not(ActualTexts.MixInstances), 0);
        if (hours is not { } paid || plan.BesideNear(month) is not { } beside)
            return (ActualFigure.Not(Texts.HorizonBeyond), 0);
        if (paid.Committed > 0)
            return (ActualFigure.Not(ActualTexts.MixCommitted), 0);
        var ran = fleets.Sum(fleet => fleet.InstanceHours);
        return (ActualFigure.Of(
            bill + (ran * paid.UsdPerHour) + beside, "bill + instanceHours × price + as planned",
            new Operand("bill", bill, "USD", api.Coverage.Source), new Operand("instanceHours", ran, "instance-hours", string.Join("; ", fleets.Select(fleet => fleet.HoursInWords))),
            new Operand("price", paid.UsdPerHour, "USD/h", ActualTexts.SourcePrice), new Operand("as planned", beside, "USD", ActualTexts.SourceBeside)), beside);
    }

    /// <summary>Why the hours of the fleets' instances are not known; null where they are.</summary>
    private static string? FaultOf(List<FleetMonth> fleets) => fleets.Count == 0 ? ActualTexts.NoFleet
        : fleets.Find(fleet => fleet.Coverage.Covered == 0) is { } gap ? ActualTexts.NotWatched.With(gap.Coverage.Source)
        : fleets.Find(fleet => fleet.Coverage.Covered < LeastHours) is { } brief ? ActualTexts.WatchedBriefly.With(brief.Coverage.Source, LeastHours)
        : fleets.Count > 1 && fleets.Find(fleet => fleet.Instances is null) is { } uncounted ? ActualTexts.SeveralFleets.With(uncounted.Coverage.Source)
        : null;

    private ActualFigure Tokens(UsageMonth? api, List<FleetMonth> fleets, Func<UsageMonth, ActualFigure> ofApi, Func<FleetMonth, ActualFigure> ofFleet)
    {
        var parts = new List<(string Name, ActualFigure Figure)>();
        if (api is not null)
            parts.Add((api.Coverage.Source, ofApi(api)));
        parts.AddRange(fleets.Select(fleet => (fleet.Coverage.Source, ofFleet(fleet))));
        if (option is ApiOption or HybridOption && api is null)
            return ActualFigure.Not(ActualTexts.NoUsage);
        if (parts.Count == 0 || (option is HybridOption && fleets.Count == 0))
            return ActualFigure.Not(ActualTexts.NoFleet);
        if (parts.Find(part => part.Figure.Value is null).Figure is { } unknown)
            return unknown;
        return parts is [var only]
            ? only.Figure
            : ActualFigure.Of(parts.Sum(part => part.Figure.Value!.Value), string.Join(" + ", parts.Select(part => part.Name)), [.. parts.Select(part => new Operand(part.Name, part.Figure.Value!.Value, "tokens", part.Figure.Formula))]);
    }

    /// <summary>Hours of the fleets' instances in the month, and where they are known from; null with the reason where they are not.</summary>
    private (double? Hours, string Source) InstanceHoursOf(List<FleetMonth> fleets, InstanceHours? hours)
    {
        if (option is ApiOption)
            return (null, ActualTexts.ApiUtilization);
        if (FaultOf(fleets) is { } fault)
            return (null, fault);
        if (fleets is not [{ Instances: null } planned])
            return (fleets.Sum(fleet => fleet.InstanceHours), string.Join("; ", fleets.Select(fleet => fleet.HoursInWords)));
        return option is HybridOption ? (null, ActualTexts.MixInstances)
            : hours is { } paid ? ((paid.Committed * planned.Coverage.Of) + paid.PlannedHours, ActualTexts.SourceAsPlannedInstances)
            : (null, Texts.HorizonBeyond);
    }

    private ActualFigure GpuHours(List<FleetMonth> fleets, InstanceHours? hours) => InstanceHoursOf(fleets, hours) switch
    {
        (null, var reason) => ActualFigure.Not(reason),
        ({ } ran, var source) when hours is { } paid => ActualFigure.Of(
            ran * paid.Gpus, "instanceHours × gpus", new Operand("instanceHours", ran, "instance-hours", source), new Operand("gpus", paid.Gpus, "GPUs/instance", ActualTexts.SourceGpus)),
        _ => ActualFigure.Not(Texts.HorizonBeyond),
    };

    private ActualFigure Utilization(List<FleetMonth> fleets, InstanceHours? hours)
    {
        var (known, source) = InstanceHoursOf(fleets, hours);
        if (known is not { } ran)
            return ActualFigure.Not(source);
        if (hours is not { TokensPerSecond: { } each and > 0 } paid)
            return ActualFigure.Not(Texts.ReasonThroughputUnknown);
        var served = 0.0;
        foreach (var fleet in fleets)
        {
            var tokens = paid.Basis switch
            {
                ThroughputBases.Input => fleet.Input,
                ThroughputBases.Output => fleet.Output,
                _ => fleet.Input.Value is null ? fleet.Input : fleet.Output.Value is null ? fleet.Output : ActualFigure.Of(fleet.Input.Value.Value + fleet.Output.Value.Value, ""),
            };
            if (tokens.Value is not { } counted)
                return tokens;
            served += counted;
        }

        return ran > 0
            ? ActualFigure.Of(
                served / (each * ran * 3600), "tokens ÷ (capacity × instanceHours × 3600)", new Operand("tokens", served, "tokens", ActualTexts.SourceBasis.With(paid.Basis)),
                new Operand("capacity", each, "tokens/s", ActualTexts.SourceInstanceCapacity),
                new Operand("instanceHours", ran, "instance-hours", source))
            : ActualFigure.Not(ActualTexts.NoTokens);
    }

    private ActualFigure Latency(List<FleetMonth> fleets, Func<FleetHour, LatencyBuckets?> of)
    {
        if (option is ApiOption)
            return ActualFigure.Not(ActualTexts.ApiLatency);
        if (fleets.Count == 0)
            return ActualFigure.Not(ActualTexts.NoFleet);
        LatencyBuckets? sum = null;
        foreach (var fleet in fleets)
        {
            if (fleet.Total is not { } total || of(total) is not { } buckets)
                continue;
            if (sum is not null && sum.Plus(buckets) is null)
                return ActualFigure.Not(ActualTexts.OtherBounds);
            sum = sum?.Plus(buckets) ?? buckets;
        }

        return sum?.Percentile(Percentile) is { } p95
            ? ActualFigure.Of(p95.Seconds, "p95 of the buckets", new Operand("observations", sum.Total, "", string.Join("; ", fleets.Select(fleet => fleet.Coverage.Source)))) with { IsAbove = p95.IsAbove }
            : ActualFigure.Not(ActualTexts.NotObserved);
    }

    private static DateOnly First(DateOnly day) => new(day.Year, day.Month, 1);

    internal static double HoursIn(DateOnly month) => DateTime.DaysInMonth(month.Year, month.Month) * 24.0;

    /// <summary>A measured workload in a month.</summary>
    private sealed record UsageMonth(SourceCoverage Coverage, ActualFigure Cost, ActualFigure Input, ActualFigure Output)
    {
        public static UsageMonth Of(MeasuredUsage usage, DateOnly month)
        {
            var days = DateTime.DaysInMonth(month.Year, month.Month);
            var last = month.AddDays(days - 1);
            var covered = Math.Max(0, (usage.LastDay < last ? usage.LastDay : last).DayNumber - (usage.FirstDay > month ? usage.FirstDay : month).DayNumber + 1);
            var coverage = new SourceCoverage(usage.Name, covered, days, "days");
            // A month without a row between two exports is one that is missing.
            if (covered == 0 || usage.Profile.Days.All(day => day.Day < month || day.Day > last))
                return new UsageMonth(coverage, ActualFigure.Not(Outside()), ActualFigure.Not(Outside()), ActualFigure.Not(Outside()));
            if (usage.Profile.DaysMeasured < MeasuredScenario.LeastDays)
                return new UsageMonth(coverage, Short(), Short(), Short());
            var counted = usage.Days.Where(day => day.Day >= month && day.Day <= last).ToList();
            var totals = UsageTotals.Sum(counted.Select(day => day.Totals));
            ActualFigure Scaled(double? measured, string unit, string missing, int covered) => measured is not { } known ? ActualFigure.Not(missing.With(usage.Name))
                : covered == days ? ActualFigure.Of(known, "measured", new Operand("measured", known, unit, usage.Name))
                : ActualFigure.Of(known * days / covered, "measured × days ÷ covered", new Operand("measured", known, unit, usage.Name), new Operand("days", days, "days", ActualTexts.SourceMonth), new Operand("covered", covered, "days", usage.Name));
            return new UsageMonth(
                coverage, Billed(), Scaled(totals.InputTokens, "tokens", ActualTexts.NoInput, covered), Scaled(totals.OutputTokens, "tokens", ActualTexts.NoOutput, covered));

            // Bills lag behind by days: those that are billed tell the month.
            ActualFigure Billed()
            {
                var unbilled = counted.Where(day => day.Totals.CostUsd is null).Select(day => day.Day).ToHashSet();
                return unbilled.Count == covered || counted.Count == 0 && unbilled.Count > 0
                    ? ActualFigure.Not(ActualTexts.NoCost.With(usage.Name))
                    : Scaled((double?)UsageTotals.Sum(counted.Where(day => !unbilled.Contains(day.Day)).Select(day => day.Totals)).CostUsd, "USD", ActualTexts.NoCost, covered - unbilled.Count) with { IsPart = unbilled.Count > 0 };
            }

            ActualFigure Short() => ActualFigure.Not(ActualTexts.MeasuredBriefly.With(usage.Name));

            string Outside() => ActualTexts.NotMeasured.With(usage.Name);
        }
    }

    /// <summary>A watched fleet in a month.</summary>
    /// <param name="Coverage">Hours watched of those in which it runs.</param>
    /// <param name="Instances">Instances that it runs on; null for as many as planned.</param>
    /// <param name="InstanceHours">Hours of its instances in the whole month.</param>
    /// <param name="HoursInWords">How they come about.</param>
    /// <param name="Total">What was watched; null where nothing was.</param>
    /// <param name="Input">Prompt tokens.</param>
    /// <param name="Output">Generated tokens.</param>
    private sealed record FleetMonth(SourceCoverage Coverage, double? Instances, double InstanceHours, string HoursInWords, FleetHour? Total, ActualFigure Input, ActualFigure Output)
    {
        public static FleetMonth Of(WatchedFleet fleet, DateOnly month, double runningShare)
        {
            var hours = fleet.Hours.Where(hour => hour.StartUtc.Year == month.Year && hour.StartUtc.Month == month.Month).ToList();
            var total = hours.Count == 0 ? null : hours.Aggregate(static (sum, next) => sum.Plus(next));
            var watched = (total?.Seconds ?? 0) / 3600;
            // A fleet that ran for longer than planned did so.
            var whole = Math.Max(watched, HoursIn(month) * runningShare);
            var instances = (double?)fleet.Instances;
            var coverage = new SourceCoverage(fleet.Name, watched, whole, "hours");
            ActualFigure Scaled(double? measured) => watched == 0 ? ActualFigure.Not(ActualTexts.NotWatched.With(fleet.Name))
                : measured is not { } known ? ActualFigure.Not(ActualTexts.NotCounted.With(fleet.Name))
                : watched < LeastHours ? ActualFigure.Not(ActualTexts.WatchedBriefly.With(fleet.Name, LeastHours))
                : watched == whole ? ActualFigure.Of(known, "measured", new Operand("measured", known, "tokens", fleet.Name))
                : ActualFigure.Of(known * whole / watched, "measured × hours ÷ watched", new Operand("measured", known, "tokens", fleet.Name), new Operand("hours", whole, "h", ActualTexts.SourceMonth), new Operand("watched", watched, "h", fleet.Name));
            return new FleetMonth(
                coverage, instances, (instances ?? 0) * whole, ActualTexts.SourceInstanceHours.With(fleet.Name, instances, whole, watched), total, Scaled(total?.PromptTokens), Scaled(total?.GeneratedTokens));
        }
    }
}
