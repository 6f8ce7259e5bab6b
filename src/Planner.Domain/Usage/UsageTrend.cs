namespace Planner.Domain.Usage;

/// <summary>How measured usage grows.</summary>
/// <param name="PerMonth">Growth a month; 0.05 is 5 %.</param>
/// <param name="Weeks">Whole weeks that it rests on, at least <see cref="FewestWeeks"/>.</param>
/// <param name="FitShare">Share of the weeks' variation that the trend explains (R²), 0 to 1.</param>
public sealed record UsageTrend(double PerMonth, int Weeks, double FitShare)
{
    /// <summary>Fewest whole weeks of which a trend is told.</summary>
    public const int FewestWeeks = 4;

    private const double WeeksPerMonth = 365.25 / 12 / 7;

    /// <summary>Fits an exponential to the whole weeks of a profile by least squares of the logarithms, counted back from its end, so that weekends weigh alike.</summary>
    /// <param name="profile">The measured workload.</param>
    /// <returns>The trend of requests, or of tokens where requests are unknown; null where there are fewer whole weeks, or one without usage.</returns>
    public static UsageTrend? Of(UsageProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var weeks = (int)Math.Floor(profile.DaysMeasured / 7);
        if (weeks < FewestWeeks)
            return null;
        var sums = new double[weeks];
        foreach (var hour in profile.Hours)
        {
            var before = (int)Math.Ceiling((profile.ToUtc - hour.StartUtc).TotalDays / 7) - 1;
            if (before >= 0 && before < weeks && (hour.Totals.Requests ?? hour.Totals.Tokens) is { } usage)
                sums[weeks - 1 - before] += usage;
        }

        return Array.Exists(sums, sum => sum <= 0) ? null : Fit([.. sums.Select(sum => Math.Log(sum))]);
    }

    private static UsageTrend Fit(double[] logs)
    {
        var middle = (logs.Length - 1) / 2.0;
        var mean = logs.Average();
        var (across, square, all) = (0.0, 0.0, 0.0);
        for (var week = 0; week < logs.Length; week++)
        {
            across += (week - middle) * (logs[week] - mean);
            square += (week - middle) * (week - middle);
            all += (logs[week] - mean) * (logs[week] - mean);
        }

        var slope = across / square;
        return new UsageTrend(Math.Exp(slope * WeeksPerMonth) - 1, logs.Length, all == 0 ? 1 : Math.Clamp(slope * across / all, 0, 1));
    }
}
