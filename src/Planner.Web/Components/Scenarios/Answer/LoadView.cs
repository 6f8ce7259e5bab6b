using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>The load over the week and what fleets and mixes make of it, as the Load tab shows it.</summary>
/// <param name="Title">The finding.</param>
/// <param name="TimeZone">IANA time zone in which the hours are counted.</param>
/// <param name="RequestsPerSecond">Mean requests a second in each of the 168 hours from Monday 00:00; empty where a stored answer is not redrawn.</param>
/// <param name="Fleets">The fleets whose throughput is known.</param>
/// <param name="Mixes">The mixes.</param>
/// <param name="Notes">What is not known, and why.</param>
public sealed record LoadView(
    string Title, string TimeZone, IReadOnlyList<double> RequestsPerSecond, IReadOnlyList<FleetLoad> Fleets, IReadOnlyList<MixLoad> Mixes, IReadOnlyList<string> Notes)
{
    /// <summary>True where every hour has the same load.</summary>
    public bool IsEven => RequestsPerSecond.All(rate => rate == RequestsPerSecond[0]);

    /// <summary>The week of a scenario.</summary>
    /// <param name="scenario">The scenario that was evaluated.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    /// <param name="options">The options in the scenario's order.</param>
    /// <param name="sound">True where the scenario has no fault under today's rules.</param>
    /// <param name="older">Why a stored answer is not redrawn; null where it is.</param>
    public static LoadView From(Scenario scenario, CatalogSnapshot catalog, IReadOnlyList<OptionView> options, bool sound, string? older)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        if (older is not null || !sound)
        {
            return new LoadView(AnswerTexts.LoadTitle, scenario.Workload.Shape.TimeZone, [], [], [], older is null ? [] : [older]);
        }

        var week = Engine.Week(scenario, catalog);
        var byId = options.ToDictionary(option => option.Id);
        var documents = scenario.Options.ToDictionary(option => option.Id);
        var known = week.Fleets.Select(fleet => fleet.OptionId).ToHashSet();
        return new LoadView(
            TitleOf(week), week.TimeZone, week.RequestsPerSecond,
            [.. week.Fleets.Select(fleet => FleetLoad.Of(fleet, byId[fleet.OptionId], (SelfHostOption)documents[fleet.OptionId]))],
            [.. week.Mixes.Select(mix => MixLoad.Of(mix, byId, ((HybridOption)documents[mix.OptionId]).Mode))],
            [.. options.Where(option => option.Result.Kind == OptionKinds.SelfHost && !known.Contains(option.Id)).Select(option => Texts.LoadUnknownFleet.With(option.Name, option.Result.Reasons.Count > 0 ? option.Result.Reasons[0] : ""))]);
    }

    private static string TitleOf(WeekResult week)
    {
        var (most, mean) = (week.RequestsPerSecond.Max(), week.RequestsPerSecond.Average());
        var ratio = mean > 0 ? most / mean : 1;
        // Moments within the hour count where they reach beyond the busiest hour.
        var bursts = week.PeakToMean > ratio * 1.001;
        if (ratio < 1.001)
        {
            return bursts ? Texts.LoadBursts.With(Format.Count(week.PeakToMean), Format.Count(mean)) : Texts.LoadFlat.With(Format.Count(mean));
        }

        var name = WeekHours.Name(week.RequestsPerSecond.ToList().IndexOf(most));
        return bursts
            ? Texts.LoadPeakBursts.With(name, Format.Count(most), Format.Count(ratio), Format.Count(week.PeakToMean))
            : Texts.LoadPeak.With(name, Format.Count(most), Format.Count(ratio));
    }
}

/// <summary>A fleet over the week.</summary>
/// <param name="Option">The option.</param>
/// <param name="Title">Whether what runs carries the load.</param>
/// <param name="Measure">Unit of load and capacity.</param>
/// <param name="Load">What the busiest moment of each hour needs.</param>
/// <param name="Limit">What the instances of each hour carry, spare replicas left out.</param>
/// <param name="Instances">Instances that run in each hour.</param>
/// <param name="Hours">What is to be said of each hour.</param>
/// <param name="Facts">Its figures with their labels.</param>
/// <param name="Purchases">The ways of buying its hours; null where a price is not known.</param>
public sealed record FleetLoad(
    OptionView Option, string Title, string Measure, IReadOnlyList<double> Load, IReadOnlyList<double> Limit, IReadOnlyList<double> Instances, IReadOnlyList<string> Hours,
    IReadOnlyList<CapacityFact> Facts, PurchaseView? Purchases)
{
    /// <summary>True where the fleet has one size all week.</summary>
    public bool IsConstant => Instances.All(running => running == Instances[0]);

    internal static FleetLoad Of(FleetWeek week, OptionView option, SelfHostOption document)
    {
        var spare = document.Fleet.SpareReplicas * (document.Tenancy is { Kind: Tenancies.Each, Tenants: var tenants } ? tenants : 1);
        // What is exactly full is not over: the hair's breadth that doubles lose is not to be hatched.
        var kept = spare * (option.Result.Capacity?.ReplicaTokensPerSecond ?? 0);
        List<double> limit = [.. week.CapacityTokensPerSecond.Select(capacity => Math.Max(0, capacity - kept) * (1 + 1e-9))];
        var measure = CapacityView.Basis(week.Basis);
        return new FleetLoad(
            option, week.HoursShort == 0 ? Texts.FleetCarries : Texts.FleetShort.With(week.HoursShort), measure, week.LoadTokensPerSecond, limit, week.Instances,
            [.. week.Instances.Select((running, hour) => running == 1 ? AnswerTexts.HourOne.With(Format.Count(limit[hour]), measure) : AnswerTexts.HourMany.With(Format.Count(running), Format.Count(limit[hour]), measure))],
            [.. FactsOf(week, option, limit, measure)], PurchaseView.Of(week.Mixes, option, document));
    }

    private static IEnumerable<CapacityFact> FactsOf(FleetWeek week, OptionView option, List<double> limit, string measure)
    {
        var (least, most) = (week.Instances.Min(), week.Instances.Max());
        yield return least == most
            ? new(AnswerTexts.Instances, Format.Count(most), AnswerTexts.FactAllWeek)
            : new(AnswerTexts.Instances, AnswerTexts.FactInstancesRange.With(Format.Count(least), Format.Count(most)), AnswerTexts.FactInstancesMean.With(Format.Count(week.Instances.Average())));
        yield return new(AnswerTexts.FactBusiestMoment, $"{Format.Count(week.LoadTokensPerSecond.Max())} {measure}", AnswerTexts.FactMean.With(Format.Count(week.LoadTokensPerSecond.Average())));
        yield return new(AnswerTexts.FactCarries, $"{Format.Count(limit.Max())} {measure}", least == most ? AnswerTexts.FactSpareOut : AnswerTexts.FactSpareOutLargest);
        yield return new(AnswerTexts.Utilization, Format.Percent(option.Result.Utilization), AnswerTexts.FactOfPaidHours);
    }
}

/// <summary>The ways of buying a fleet's hours, compared.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Rows">As stated, all on demand, and the cheapest mix; only the first where all are alike.</param>
/// <param name="CanBuy">True where the cheapest mix costs less than what is stated.</param>
public sealed record PurchaseView(string Title, IReadOnlyList<PurchaseRow> Rows, bool CanBuy)
{
    internal static PurchaseView? Of(IReadOnlyList<PurchaseComparison> mixes, OptionView option, SelfHostOption document)
    {
        if (mixes.Count == 0)
        {
            return null;
        }

        var stated = mixes[0].MonthlyUsd;
        var saving = stated - mixes[^1].MonthlyUsd;
        // Less than a cent is rounding.
        var canBuy = saving >= 0.01m;
        var title = canBuy
            ? Texts.PurchaseSaves.With(Format.MoneyHeadline(saving, option.Currency), Format.Percent((double)(saving / stated)))
            : Texts.PurchaseBest;
        // Where there is but one way to buy, one row says it all.
        var differing = mixes.All(mix => mix.Parts.SequenceEqual(mixes[0].Parts)) ? mixes.Take(1) : mixes;
        return new PurchaseView(title, [.. differing.Select(mix => new PurchaseRow(NameOf(mix.Id, document), mix.MonthlyUsd, mix.MonthlyUsd - stated, [.. mix.Parts.Select(part => InWords(part, option))]))], canBuy);
    }

    private static string NameOf(string id, SelfHostOption document) => id switch
    {
        "asStated" => document.PurchaseMix == PurchaseMixes.Cheapest ? AnswerTexts.MixCheapestListed : AnswerTexts.MixAsStated,
        "onDemand" => AnswerTexts.MixOnDemand,
        _ => AnswerTexts.MixCheapest,
    };

    private static string InWords(PurchasePart part, OptionView option) => part.Instances is { } instances
        ? AnswerTexts.PartAllMonth.With(Format.Count(instances), PurchaseWords.Within(part.Kind), Format.Money(part.MonthlyUsd, option.Currency))
        : AnswerTexts.PartHours.With(Format.Count(part.InstanceHours), PurchaseWords.Within(part.Kind), Format.Money(part.MonthlyUsd, option.Currency));
}

/// <summary>A way of buying a fleet's hours.</summary>
/// <param name="Name">What it is.</param>
/// <param name="MonthlyUsd">Instances of a month, USD.</param>
/// <param name="AgainstStatedUsd">Difference to the month as stated, USD; negative where it saves.</param>
/// <param name="Parts">What it consists of, in words.</param>
public sealed record PurchaseRow(string Name, decimal MonthlyUsd, decimal AgainstStatedUsd, IReadOnlyList<string> Parts);

/// <summary>Who serves what in a mix.</summary>
/// <param name="Option">The mix.</param>
/// <param name="Sentence">Its parts in a sentence.</param>
/// <param name="Base">Instances of its fleets, in words; null where it has none.</param>
public sealed record MixLoad(OptionView Option, string Sentence, string? Base)
{
    internal static MixLoad Of(MixWeek mix, Dictionary<string, OptionView> byId, string mode)
    {
        var option = byId[mix.OptionId];
        List<(OptionView Option, double Share)> parts = [.. mix.Parts.Select(part => (byId[part.OptionId], part.ServedShare))];
        var shares = Format.Percents([.. parts.Select(part => part.Share)]);
        var sentence = parts switch
        {
            [] => Texts.MixNothing,
            [var only] => (only.Option.Result.Kind == OptionKinds.Api && mode == HybridModes.Overflow ? Texts.MixApiOnly : Texts.MixFleetOnly).With(only.Option.Name),
            [var one, var other] => Texts.MixBoth.With(one.Option.Name, shares[0], other.Option.Name, shares[1]),
            _ => string.Join(", ", parts.Zip(shares, (part, share) => $"{part.Option.Name} {share}")),
        };
        var fleet = option.Result.Instances is { } instances
            ? (instances == 1 ? AnswerTexts.MixBaseOne : AnswerTexts.MixBaseMany).With(Format.Number(instances), Format.Percent(option.Result.Utilization))
            : null;
        return new MixLoad(option, sentence, fleet);
    }
}
