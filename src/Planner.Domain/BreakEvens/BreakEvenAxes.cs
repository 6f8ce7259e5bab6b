using Planner.Domain.Scenarios;

namespace Planner.Domain.BreakEvens;

/// <summary>The axes on which a break-even can be asked for.</summary>
public static class BreakEvenAxes
{
    /// <summary>Requests a month; lengths and shape stay.</summary>
    public const string RequestsPerMonth = "requestsPerMonth";

    /// <summary>Tokens a month (input, output and reasoning); lengths and shape stay.</summary>
    public const string TokensPerMonth = "tokensPerMonth";

    /// <summary>Utilization of a self-hosted option's fleet as sized, 1 for 100 %: the volume is the scenario's × utilization ÷ its utilization there.</summary>
    public const string Utilization = "utilization";

    /// <summary>Generated tokens of a request (OSL) without reasoning; everything else stays.</summary>
    public const string OutputTokens = "outputTokens";

    /// <summary>An API's usage ÷ tokens of the workload, USD per million: its token prices move together, fixed charges stay.</summary>
    public const string ApiPrice = "apiPrice";

    /// <summary>On-demand price of a self-hosted option's instance, USD an hour: its other rents move alike, owned machines stay.</summary>
    public const string InstancePrice = "instancePrice";

    /// <summary>What a replica of a self-hosted option serves, tokens/s on its basis.</summary>
    public const string Throughput = "throughput";

    /// <summary>Largest throughput that is searched, tokens/s.</summary>
    internal const double MostTokensPerSecond = 1e8;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [RequestsPerMonth, TokensPerMonth, Utilization, OutputTokens, ApiPrice, InstancePrice, Throughput];

    /// <summary>Unit of an axis.</summary>
    public static string Unit(string axis) => axis switch
    {
        TokensPerMonth => "tokens/month",
        Utilization => "utilization",
        OutputTokens => "output tokens/request",
        ApiPrice => "USD/M tokens",
        InstancePrice => "USD/hour",
        Throughput => "tokens/s",
        _ => "requests/month",
    };

    /// <summary>The same in a sentence.</summary>
    public static string UnitInWords(string axis) => axis switch
    {
        TokensPerMonth => Texts.UnitTokensMonth,
        Utilization => Texts.UnitUtilization,
        OutputTokens => Texts.UnitOutputTokens,
        ApiPrice => Texts.UnitApiPrice,
        InstancePrice => Texts.UnitInstancePrice,
        Throughput => Texts.UnitThroughput,
        _ => Texts.UnitRequestsMonth,
    };

    /// <summary>Smallest value that is searched.</summary>
    public static double Smallest(string axis) => axis switch { OutputTokens => 1, Throughput => 0.01, _ => 0 };

    /// <summary>Largest value that is searched: as many requests a month as a workload may have, or their tokens, 10⁷ output tokens, 10⁸ tokens/s.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="workload">The scenario's workload, whose requests have tokens.</param>
    public static double Largest(string axis, Workload workload) => axis switch
    {
        TokensPerMonth => (double)(WorkloadRules.MostRequests * workload.TokensPerRequest),
        Utilization => 1,
        OutputTokens => 1e7,
        ApiPrice or InstancePrice => 1000,
        Throughput => MostTokensPerSecond,
        _ => (double)WorkloadRules.MostRequests,
    };

    /// <summary>The range that is searched unless told otherwise.</summary>
    /// <inheritdoc cref="Largest"/>
    public static (double From, double To) Range(string axis, Workload workload) => axis switch
    {
        OutputTokens => (1, 1e5),
        Throughput => (1, 1e6),
        _ => (Smallest(axis), Largest(axis, workload)),
    };

    /// <summary>True where an axis moves the volume and nothing else.</summary>
    public static bool IsVolume(string axis) => axis is RequestsPerMonth or TokensPerMonth or Utilization;

    /// <summary>Kind of the option that an axis belongs to; null for an axis of the whole scenario.</summary>
    public static string? OptionKind(string axis) => axis switch
    {
        ApiPrice => OptionKinds.Api,
        Utilization or InstancePrice or Throughput => OptionKinds.SelfHost,
        _ => null,
    };
}
