namespace Planner.Domain.Scenarios;

/// <summary>How many instances run, and when.</summary>
public sealed record Fleet : DocumentNode
{
    /// <summary>One of <see cref="FleetSizings"/>.</summary>
    public string Sizing { get; init; } = FleetSizings.WeeklyPeak;

    /// <summary>Instances of a fixed fleet, 1 to 100,000; null otherwise.</summary>
    public int? Instances { get; init; }

    /// <summary>Fewest replicas of a sized fleet, 0 to 100,000; an autoscaled one keeps them running all week.</summary>
    public int MinimumReplicas { get; init; }

    /// <summary>Replicas kept besides those the load needs, 0 to 1,000; 1 is N + 1.</summary>
    public int SpareReplicas { get; init; }

    /// <summary>Replicas by which an autoscaled fleet grows and shrinks, 1 to 1,000.</summary>
    public int StepReplicas { get; init; } = 1;

    /// <summary>Minutes for which an instance is paid before it serves, 0 to 60: boot, pull, loading of weights. Counted at each start of an autoscaled or scheduled fleet.</summary>
    public decimal ColdStartMinutes { get; init; }

    /// <summary>Replicas that a scheduled fleet runs in each of the 168 hours of the week from Monday 00:00, 0 to 100,000 each; null otherwise.</summary>
    public IReadOnlyList<int>? Schedule { get; init; }

    /// <summary>Hours of the week in which the fleet is off, 0 to 167 from Monday 00:00; null for none. Load in them is not served.</summary>
    public IReadOnlyList<int>? OffHours { get; init; }

    /// <summary>Hours a month in which a fixed fleet, or one sized for the peak, runs and serves the whole load; null for all hours.</summary>
    public decimal? RunningHoursPerMonth { get; init; }
}

/// <summary>The values of <see cref="Fleet.Sizing"/>.</summary>
public static class FleetSizings
{
    /// <summary>As many instances as stated, all week.</summary>
    public const string Fixed = "fixed";

    /// <summary>Enough for the worst hour, all week.</summary>
    public const string WeeklyPeak = "weeklyPeak";

    /// <summary>Autoscaled: enough for each hour.</summary>
    public const string Hourly = "hourly";

    /// <summary>As many replicas as the schedule says for each hour.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Fixed, WeeklyPeak, Hourly, Scheduled];
}

/// <summary>A fleet that serves none of the load: staging, disaster recovery.</summary>
public sealed record AdditionalFleet : DocumentNode
{
    /// <summary>What it is, 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>Instances of the option's kind, 1 to 100,000.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Hours a month in which it runs; null for all hours.</summary>
    public decimal? HoursPerMonth { get; init; }

    /// <summary>One of <see cref="PurchaseKinds"/>, owned ones excepted.</summary>
    public string Purchase { get; init; } = PurchaseKinds.OnDemand;

    /// <summary>The user's own price, USD an hour and instance; null for that of the main fleet's instance.</summary>
    public decimal? UsdPerHour { get; init; }
}

/// <summary>Tenants whose requests go to adapters (LoRA) of their own.</summary>
public sealed record Tenancy : DocumentNode
{
    /// <summary>Tenants, 1 to 10,000; the load is spread evenly over them.</summary>
    public int Tenants { get; init; } = 1;

    /// <summary><c>shared</c>: adapters on one base deployment. <c>each</c>: a fleet for each tenant.</summary>
    public string Kind { get; init; } = Tenancies.Shared;

    /// <summary>Throughput that serving several adapters at once costs, 0 to 0.9; counts where shared.</summary>
    public decimal OverheadShare { get; init; }
}

/// <summary>The values of <see cref="Tenancy.Kind"/>.</summary>
public static class Tenancies
{
    /// <summary>Adapters on one base deployment.</summary>
    public const string Shared = "shared";

    /// <summary>A fleet for each tenant.</summary>
    public const string Each = "each";
}
