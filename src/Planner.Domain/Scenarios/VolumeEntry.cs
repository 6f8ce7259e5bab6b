namespace Planner.Domain.Scenarios;

/// <summary>How the volume was typed. Figures rest on <see cref="Workload.RequestsPerMonth"/> alone; this remembers what it was computed from.</summary>
public sealed record VolumeEntry : DocumentNode
{
    /// <summary>How far requests a month may be from what they were computed from: a writer may round them to whole ones.</summary>
    private const double Rounding = 0.5;

    /// <summary>What <see cref="Value"/> counts, one of <see cref="VolumeBases"/>.</summary>
    public string Basis { get; init; } = VolumeBases.RequestsPerMonth;

    /// <summary>The figure as typed, requests or tokens by <see cref="Basis"/>, 0 to 10²⁰.</summary>
    public decimal Value { get; init; }

    /// <summary>Users, above 0 to 10¹⁰; null where the basis does not count by user.</summary>
    public decimal? Users { get; init; }

    /// <summary>Days of a month that have this volume, above 0 to 31, such as 22 working days; null for all of them, hours of a month ÷ 24.</summary>
    public decimal? DaysPerMonth { get; init; }

    /// <summary>Requests a month that this entry means.</summary>
    /// <param name="workload">Its lengths turn tokens into requests.</param>
    /// <param name="hoursPerMonth">Hours in a month.</param>
    /// <returns>
    /// value, by month; value × days, by day; value × users × days, by user and day; where tokens are counted, these ÷ (input + output + reasoning tokens of a request).
    /// Rounded to a millionth of a request. Null where users or tokens of a request are missing, the basis is unknown or the figure is too large for a decimal.
    /// </returns>
    public decimal? RequestsPerMonth(Workload workload, decimal hoursPerMonth)
    {
        ArgumentNullException.ThrowIfNull(workload);
        try
        {
            return Unit(workload, hoursPerMonth) is var (times, by) ? decimal.Round(Value * times / by, 6) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>True where the workload's requests a month are what this entry means, give or take half a request.</summary>
    /// <param name="workload">The workload that holds both.</param>
    /// <param name="hoursPerMonth">Hours in a month.</param>
    public bool Agrees(Workload workload, decimal hoursPerMonth)
    {
        ArgumentNullException.ThrowIfNull(workload);
        // In double: the difference of two decimals that nobody has checked yet may be no decimal.
        return RequestsPerMonth(workload, hoursPerMonth) is { } meant && Math.Abs((double)meant - (double)workload.RequestsPerMonth) <= Rounding;
    }

    /// <summary>This entry with the value that means the workload's requests a month, in as few decimals as keep them.</summary>
    /// <param name="workload">The workload whose volume is kept.</param>
    /// <param name="hoursPerMonth">Hours in a month.</param>
    /// <returns>The entry; with a value of 0 where the basis cannot be converted.</returns>
    public VolumeEntry Matching(Workload workload, decimal hoursPerMonth)
    {
        ArgumentNullException.ThrowIfNull(workload);
        try
        {
            if (Unit(workload, hoursPerMonth) is not var (times, by))
                return this with { Value = 0 };
            var exact = workload.RequestsPerMonth * by / times;
            var rounded = Enumerable.Range(0, 13).Select(decimals => this with { Value = decimal.Round(exact, decimals) });
            return rounded.FirstOrDefault(entry => entry.Agrees(workload, hoursPerMonth)) ?? this with { Value = exact };
        }
        catch (OverflowException)
        {
            return this with { Value = 0 };
        }
    }

    /// <summary>A workload after an edit, with volume and requests a month in step again.</summary>
    /// <param name="before">The scenario before the edit.</param>
    /// <param name="after">The scenario after it.</param>
    /// <returns>Where requests a month were edited, the entry is gone; where what the entry means changed (by value, users, days or lengths), requests a month follow; else <paramref name="after"/> as it is.</returns>
    public static Scenario Follow(Scenario before, Scenario after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (old, now) = (before.Workload, after.Workload);
        if (now.Volume is not { } entry)
            return after;
        if (now.RequestsPerMonth != old.RequestsPerMonth && entry == old.Volume)
            return after with { Workload = now.At(now.RequestsPerMonth) };
        return entry.RequestsPerMonth(now, after.HoursPerMonth) is { } meant && meant != old.Volume?.RequestsPerMonth(old, before.HoursPerMonth)
            ? after with { Workload = now with { RequestsPerMonth = meant } }
            : after;
    }

    /// <summary>Requests a month of a value of 1, as numerator and denominator; null where they cannot be told.</summary>
    private (decimal Times, decimal By)? Unit(Workload workload, decimal hoursPerMonth)
    {
        var days = DaysPerMonth ?? hoursPerMonth / 24;
        var tokens = workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens;
        return Basis switch
        {
            VolumeBases.RequestsPerMonth => (1, 1),
            VolumeBases.RequestsPerDay when days > 0 => (days, 1),
            VolumeBases.RequestsPerUserPerDay when days > 0 && Users is > 0 and var users => (users * days, 1),
            VolumeBases.TokensPerMonth when tokens > 0 => (1, tokens),
            VolumeBases.TokensPerDay when days > 0 && tokens > 0 => (days, tokens),
            _ => null,
        };
    }
}

/// <summary>The values of <see cref="VolumeEntry.Basis"/>.</summary>
public static class VolumeBases
{
    /// <summary>Requests a month.</summary>
    public const string RequestsPerMonth = "requestsPerMonth";

    /// <summary>Requests a day.</summary>
    public const string RequestsPerDay = "requestsPerDay";

    /// <summary>Requests of one user on one day.</summary>
    public const string RequestsPerUserPerDay = "requestsPerUserPerDay";

    /// <summary>Tokens a month: input, output and reasoning.</summary>
    public const string TokensPerMonth = "tokensPerMonth";

    /// <summary>Tokens a day: input, output and reasoning.</summary>
    public const string TokensPerDay = "tokensPerDay";
}

/// <summary>Ranges of an entry of the volume, and that requests a month are what it means.</summary>
internal static class VolumeRules
{
    public static void Check(Scenario scenario, FaultList faults)
    {
        if (scenario.Workload.Volume is not { } volume)
            return;
        const string path = "workload.volume";
        faults.OneOf(
            $"{path}.basis", volume.Basis,
            VolumeBases.RequestsPerMonth, VolumeBases.RequestsPerDay, VolumeBases.RequestsPerUserPerDay, VolumeBases.TokensPerMonth, VolumeBases.TokensPerDay);
        faults.Between($"{path}.value", volume.Value, 0, 1e20m);
        faults.Above($"{path}.users", volume.Users, 0, 1e10m);
        if (volume is { Basis: VolumeBases.RequestsPerUserPerDay, Users: null })
            faults.Add($"{path}.users", Texts.Required);
        faults.Above($"{path}.daysPerMonth", volume.DaysPerMonth, 0, 31);
        if (volume.RequestsPerMonth(scenario.Workload, scenario.HoursPerMonth) is { } meant && !volume.Agrees(scenario.Workload, scenario.HoursPerMonth))
            faults.Add($"{path}.value", Texts.VolumeDisagrees.With(meant, scenario.Workload.RequestsPerMonth));
    }
}
