using Planner.Domain.Capacity;

namespace Planner.Data.Entities;

/// <summary>The runs of one deployment that one benchmark file brought.</summary>
public sealed class MeasurementRow
{
    public long Id { get; set; }

    public required Deployment Deployment { get; set; }

    /// <summary>One of <see cref="Benchmarks.BenchmarkTools"/>.</summary>
    public required string Tool { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file as 64 hex digits; with the row of a point it says which run it is, so that no run counts twice.</summary>
    public required string Sha256 { get; set; }

    public DateTime ImportedUtc { get; set; }

    public string? Note { get; set; }

    /// <summary>When it was deleted; null while it is there. Nothing is removed, so a deletion can be undone.</summary>
    public DateTime? DeletedUtc { get; set; }

    public List<MeasurementPointRow> Points { get; } = [];
}

/// <summary>A run: a load and what it delivered. What was not measured is null.</summary>
public sealed class MeasurementPointRow
{
    public long Id { get; set; }

    public long MeasurementId { get; set; }

    /// <summary>Its place in the file, from 1.</summary>
    public int Row { get; set; }

    public double InputTokens { get; set; }

    public double OutputTokens { get; set; }

    public double? Concurrency { get; set; }

    public double? RequestsPerSecond { get; set; }

    public double OutputTokensPerSecond { get; set; }

    public double? TtftSeconds { get; set; }

    public double? ItlSeconds { get; set; }

    public DateOnly? TakenOn { get; set; }

    public string? Note { get; set; }
}

/// <summary>How far the capacity model was found off for a deployment.</summary>
public sealed class CorrectionRow
{
    /// <summary>The deployment as one text, so that it has one correction.</summary>
    public required string Key { get; set; }

    public required Deployment Deployment { get; set; }

    public double? OutputFactor { get; set; }

    public double? TtftFactor { get; set; }

    public double? ItlFactor { get; set; }

    /// <summary>Measured points that it was fitted on.</summary>
    public int Points { get; set; }

    public DateTime FittedUtc { get; set; }
}
