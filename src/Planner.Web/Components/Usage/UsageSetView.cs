using Planner.Domain.Usage;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>A figure of a measured workload.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure; <see cref="Format.Unknown"/> where it is not known.</param>
/// <param name="Detail">What belongs to it, or why it is not known.</param>
public sealed record UsageTile(string Label, string Value, string Detail);

/// <summary>A model of a measured workload.</summary>
/// <param name="Name">Seller and model.</param>
/// <param name="Totals">What it used.</param>
/// <param name="Share">Its share of what is known of all: cost, else tokens, else requests; null where that is not known.</param>
public sealed record UsageModelLine(string Name, UsageTotals Totals, double? Share);

/// <summary>A measured workload as its page shows it.</summary>
public sealed record UsageSetView
{
    private const int MostModels = 6;

    private static readonly Hue[] Hues = [OptionPalette.Api, OptionPalette.SelfHost, OptionPalette.Mixed, OptionPalette.Purple, OptionPalette.Amber, OptionPalette.Sky];

    public required IReadOnlyList<UsageTile> Tiles { get; init; }

    /// <summary>The hours of the week; null where the source sums up whole days.</summary>
    public required UsageWeek? Week { get; init; }

    /// <summary>Mean of each hour of the week; what was not measured is no number.</summary>
    public required IReadOnlyList<double> WeekValues { get; init; }

    /// <summary>What the week shows, in a sentence.</summary>
    public required string WeekTitle { get; init; }

    /// <summary>The models, the one with the most first.</summary>
    public required IReadOnlyList<UsageModelLine> Models { get; init; }

    /// <summary>Head of the shares of the models: "Share of the cost".</summary>
    public required string ShareOf { get; init; }

    /// <summary>The first day of <see cref="Tracks"/>.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Usage by day of the largest models and of all others; empty where the measure is not known.</summary>
    public required IReadOnlyList<DayTrack> Tracks { get; init; }

    /// <summary>What is counted by day.</summary>
    public required UsageCount Measure { get; init; }

    /// <summary>What can be counted by day: what every row states.</summary>
    public required IReadOnlyList<UsageCount> Measures { get; init; }

    public static UsageSetView Of(UsageProfile profile, UsageSetState state)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(state);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(state.Zone);
        var week = UsageWeek.Of(profile, zone);
        IReadOnlyList<UsageCount> measures = [.. Enum.GetValues<UsageCount>().Where(measure => Value(profile.Totals, measure) is not null)];
        var measure = measures.Count == 0 || measures.Contains(state.Measure) ? state.Measure : measures[0];
        var (models, shareOf) = ModelsOf(profile);
        return new UsageSetView
        {
            Tiles = TilesOf(profile, week),
            Week = week,
            WeekValues = week is null ? [] : Values(week),
            WeekTitle = week is null ? "" : WeekTitleOf(week),
            Models = models,
            ShareOf = shareOf,
            FirstDay = profile.Days.Count == 0 ? default : profile.Days.Min(day => day.Day),
            Tracks = measures.Count == 0 ? [] : TracksOf(profile, measure),
            Measure = measure,
            Measures = measures,
        };
    }

    /// <summary>What a measure is called, with its unit.</summary>
    public static string NameOf(UsageCount measure) => measure switch
    {
        UsageCount.Requests => UsageTexts.MeasureRequests,
        UsageCount.Cost => "USD",
        _ => UsageTexts.MeasureTokens,
    };

    private static List<UsageTile> TilesOf(UsageProfile profile, UsageWeek? week)
    {
        var all = profile.Totals;
        var tried = all.Requests + all.Failed;
        var tiles = new List<UsageTile>
        {
            new(UsageTexts.Requests, Format.Count(all.Requests), all.Requests is { } requests ? profile.DaysMeasured < MeasuredScenario.LeastDays ? UsageTexts.Answered : UsageTexts.AnsweredPerDay.With(Format.Count(requests / profile.DaysMeasured)) : UsageTexts.RequestsUnknown),
            new(UsageTexts.Tokens, Format.Count(all.Tokens), all.Tokens is not null ? UsageTexts.TokensInOut.With(Format.Count(all.InputTokens), Format.Count(all.OutputTokens)) : UsageTexts.TokensUnknown),
            new(UsageTexts.Cost, Format.MoneyHeadline(all.CostUsd), all.CostUsd is { } cost ? profile.DaysMeasured < MeasuredScenario.LeastDays ? UsageTexts.CostAsStated : UsageTexts.CostPerDay.With(Format.Money(cost / (decimal)profile.DaysMeasured)) : UsageTexts.CostUnknown),
            new(UsageTexts.CostPerMillion, Format.Rate(all.UsdPerMillionTokens), all.UsdPerMillionTokens is not null ? UsageTexts.CostPerMillionDetail : UsageTexts.CostPerMillionUnknown),
            new(UsageTexts.ColumnMeasured, UsageWords.Counted((long)Math.Ceiling(profile.DaysMeasured), UsageTexts.DaysOne, UsageTexts.DaysMany), UsageWords.Span(profile.FromUtc, profile.ToUtc)),
            new(UsageTexts.FailedRequests, Percent(all.Failed, tried), Share(all.Failed, tried, UsageTexts.ShareOfTried, UsageTexts.FailedUnknown)),
            new(UsageTexts.ReadFromCache, Percent(all.CacheReadTokens, all.InputTokens), Share(all.CacheReadTokens, all.InputTokens, UsageTexts.ShareOfPromptTokens, UsageTexts.CacheUnknown)),
            new(UsageTexts.BatchRequests, Percent(all.BatchRequests, all.Requests), Share(all.BatchRequests, all.Requests, UsageTexts.ShareOfAllRequests, UsageTexts.BatchUnknown)),
            new(UsageTexts.PeakToMean, week is null ? Format.Unknown : $"{Format.Number(decimal.Round((decimal)week.PeakToMean, 1))} ×", week is null ? UsageTexts.PeakUnknown : UsageTexts.PeakDetail),
            GrowthTile(profile),
        };
        if (profile.Ttft is { } first)
            tiles.Add(LatencyTile(UsageTexts.Ttft, first));
        if (profile.Duration is { } duration)
            tiles.Add(LatencyTile(UsageTexts.TimeOfRequest, duration));
        return tiles;
    }

    private static UsageTile GrowthTile(UsageProfile profile) => UsageTrend.Of(profile) is { } trend
        ? new(UsageTexts.GrowthPerMonth, (trend.PerMonth > 0 ? "+" : "") + Format.Percent(trend.PerMonth), UsageTexts.GrowthDetail.With(trend.Weeks, Format.Percent(trend.FitShare)))
        : new(UsageTexts.GrowthPerMonth, Format.Unknown, UsageTexts.GrowthUnknown.With(UsageTrend.FewestWeeks));

    private static UsageTile LatencyTile(string label, LatencyDistribution latency) =>
        new(label, Domain.Wording.Seconds(latency.P50Ms / 1000.0), UsageTexts.LatencyDetail.With(Domain.Wording.Seconds(latency.P95Ms / 1000.0), Domain.Wording.Seconds(latency.P99Ms / 1000.0)));

    private static string Percent(long? part, long? whole) => whole is > 0 ? Format.Percent((double?)part / whole) : Format.Unknown;

    private static string Share(long? part, long? whole, string text, string unknown) => part is { } some && whole is > 0 and var all ? text.With(Format.Count(some), Format.Count(all)) : unknown;

    private static string WeekTitleOf(UsageWeek week)
    {
        var busiest = Enumerable.Range(0, week.Means.Count).MaxBy(hour => week.Means[hour]);
        var missing = week.Seen.Count(times => times == 0);
        var most = Values(week)[busiest];
        var text = (week.Measure, most) switch
        {
            (UsageMeasure.Requests, 1) => UsageTexts.BusiestRequestsOne,
            (UsageMeasure.Requests, _) => UsageTexts.BusiestRequestsMany,
            (_, 1) => UsageTexts.BusiestTokensOne,
            _ => UsageTexts.BusiestTokensMany,
        };
        var title = text.With(WeekHours.Name(busiest), Format.Count(most));
        return missing > 0 ? UsageTexts.BusiestMissing.With(title, missing, WeekHours.Count) : title;
    }

    private static IReadOnlyList<double> Values(UsageWeek week)
    {
        // A mean is worth no more digits than the counts that it is of.
        var digits = week.Means.Max() >= 20 ? 0 : 1;
        return [.. week.Means.Select((mean, hour) => week.Seen[hour] == 0 ? double.NaN : (double)decimal.Round(mean, digits))];
    }

    /// <summary>What a week counts: "requests an hour".</summary>
    public static string MeasureOf(UsageWeek week)
    {
        ArgumentNullException.ThrowIfNull(week);
        return week.Measure == UsageMeasure.Requests ? UsageTexts.RequestsPerHour : UsageTexts.TokensPerHour;
    }

    private static (IReadOnlyList<UsageModelLine> Models, string ShareOf) ModelsOf(UsageProfile profile)
    {
        var all = profile.Totals;
        var measure = all.CostUsd > 0 ? UsageCount.Cost : all.Tokens > 0 ? UsageCount.Tokens : UsageCount.Requests;
        var whole = Value(all, measure);
        var lines = UsageModels.Of(profile).Select(model => new UsageModelLine(
            UsageWords.Model(model.Seller, model.Model), model.Totals, whole > 0 && Value(model.Totals, measure) is { } part ? (double)(part / whole.Value) : null));
        return ([.. lines.OrderByDescending(line => line.Share).ThenByDescending(line => line.Totals.Tokens)], measure switch { UsageCount.Cost => UsageTexts.ShareOfCost, UsageCount.Requests => UsageTexts.ShareOfRequests, _ => UsageTexts.ShareOfTokens });
    }

    private static List<DayTrack> TracksOf(UsageProfile profile, UsageCount measure)
    {
        var first = profile.Days.Min(day => day.Day);
        var count = profile.Days.Max(day => day.Day).DayNumber - first.DayNumber + 1;
        var models = profile.Days.GroupBy(day => UsageWords.Model(day.Seller, day.Model))
            .OrderByDescending(model => model.Sum(day => Value(day.Totals, measure))).ThenBy(model => model.Key, StringComparer.Ordinal).ToList();
        var tracks = models.Take(MostModels).Select((model, place) => new DayTrack(model.Key, Hues[place].Fill, Daily(model))).ToList();
        if (models.Count > MostModels)
            tracks.Add(new DayTrack(UsageWords.Counted(models.Count - MostModels, UsageTexts.OthersOne, UsageTexts.OthersMany), OptionPalette.Neutral.Fill, Daily(models.Skip(MostModels).SelectMany(model => model))));
        return tracks;

        double[] Daily(IEnumerable<UsageDay> days)
        {
            var values = new double[count];
            foreach (var day in days)
                values[day.Day.DayNumber - first.DayNumber] += (double)(Value(day.Totals, measure) ?? 0);
            return values;
        }
    }

    private static decimal? Value(UsageTotals totals, UsageCount measure) => measure switch
    {
        UsageCount.Requests => totals.Requests,
        UsageCount.Cost => totals.CostUsd,
        _ => totals.Tokens,
    };
}
