namespace Planner.Domain.Scenarios;

/// <summary>What a vendor lets one account send in a minute. A limit that is null is not known, and then nothing is held against it.</summary>
public sealed record RateLimits : DocumentNode
{
    /// <summary>Requests a minute (RPM), above 0 to 10⁹.</summary>
    public decimal? RequestsPerMinute { get; init; }

    /// <summary>Tokens a minute (TPM), prompt and generated ones together, as the vendor counts them; above 0 to 10¹².</summary>
    public decimal? TokensPerMinute { get; init; }

    /// <summary>Prompt tokens a minute (ITPM), cached ones included; above 0 to 10¹².</summary>
    public decimal? InputTokensPerMinute { get; init; }

    /// <summary>Generated tokens a minute (OTPM), reasoning included; above 0 to 10¹².</summary>
    public decimal? OutputTokensPerMinute { get; init; }
}
