using Planner.Domain.Usage;

namespace Planner.Domain.Actuals;

/// <summary>Where the actual figures of an option come from.</summary>
/// <param name="Usage">What its API is measured to have served; null where no measured workload is linked.</param>
/// <param name="Fleets">What its fleets are watched to have done; empty where none is watched.</param>
public sealed record ActualSources(MeasuredUsage? Usage, IReadOnlyList<WatchedFleet> Fleets);

/// <summary>A measured workload that is what an option really served.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Profile">Its rows summed up.</param>
/// <param name="Models">Models that count, as the source calls them; empty for all.</param>
public sealed record MeasuredUsage(string Name, UsageProfile Profile, IReadOnlyList<string> Models)
{
    /// <summary>First day that has rows, UTC, whatever the model.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(Profile.FromUtc);

    /// <summary>Last day that has rows, UTC, whatever the model. A day ends at the midnight that the next one begins with; of sums of a day, the source may know no end.</summary>
    public DateOnly LastDay => Profile.Days.Select(day => day.Day).Append(DateOnly.FromDateTime(Profile.ToUtc.AddTicks(-1))).Max();

    /// <summary>The rows that count.</summary>
    internal IEnumerable<UsageDay> Days => Models.Count == 0 ? Profile.Days : Profile.Days.Where(day => Models.Contains(day.Model, StringComparer.Ordinal));
}

/// <summary>A fleet whose metrics are read.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Instances">Instances that it runs on, above 0; null for as many as planned.</param>
/// <param name="Hours">Its hours in order, as far as they were watched.</param>
public sealed record WatchedFleet(string Name, decimal? Instances, IReadOnlyList<FleetHour> Hours);
