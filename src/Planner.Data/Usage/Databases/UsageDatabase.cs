using System.Text.Json.Serialization;
using Planner.Domain;
using Planner.Domain.Usage;

namespace Planner.Data.Usage;

/// <summary>What a configured database holds, and how it is asked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UsageDatabaseKind>))]
public enum UsageDatabaseKind
{
    /// <summary>LiteLLM's own PostgreSQL with its spend logs.</summary>
    [JsonStringEnumMemberName("liteLlmPostgres")]
    LiteLlmPostgres,

    /// <summary>Langfuse's ClickHouse with its observations.</summary>
    [JsonStringEnumMemberName("langfuseClickHouse")]
    LangfuseClickHouse,

    /// <summary>Helicone's ClickHouse with its requests.</summary>
    [JsonStringEnumMemberName("heliconeClickHouse")]
    HeliconeClickHouse,
}

/// <summary>A configured database of logs. It holds nothing that is secret.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Kind">What it holds; null where the configuration does not say it rightly.</param>
/// <param name="Fault">Why it cannot be used as it is configured, a sentence; null where it can be tried.</param>
public sealed record UsageDatabase(string Name, UsageDatabaseKind? Kind, string? Fault)
{
    /// <summary>True where it is asked in a way that was not tried on the servers in use.</summary>
    public bool IsExperimental => Kind is UsageDatabaseKind.LangfuseClickHouse or UsageDatabaseKind.HeliconeClickHouse;
}

/// <summary>What became of a measurement.</summary>
public abstract record UsageMeasurement
{
    private UsageMeasurement()
    {
    }

    /// <summary>It is the measured workload now.</summary>
    /// <param name="Profile">The measured workload.</param>
    /// <param name="LeftOut">Requests of the time that do not count, by the rules for files (<see cref="UsageFault"/>).</param>
    public sealed record Measured(UsageProfile Profile, long LeftOut) : UsageMeasurement;

    /// <summary>The measured workload stays what it was.</summary>
    /// <param name="Problems">Why; paths are <c>from</c>, <c>to</c>, or empty for the database.</param>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : UsageMeasurement;

    /// <summary>There is no such measured workload, or its rows come from files.</summary>
    public sealed record NoSet : UsageMeasurement;
}
