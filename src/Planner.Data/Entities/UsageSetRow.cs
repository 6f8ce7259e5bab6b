namespace Planner.Data.Entities;

/// <summary>A measured workload: what some files, or a database of logs, say was used.</summary>
public sealed class UsageSetRow : IOfWorkspace
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>Name of the configured database that holds the rows; null where they come from files.</summary>
    public string? Database { get; set; }

    public DateTime CreatedUtc { get; set; }

    /// <summary>The aggregation of all its rows (<see cref="Domain.Usage.UsageProfile"/>); null while there are none.</summary>
    public string? ProfileJson { get; set; }

    /// <summary>When the profile was made; null while there is none.</summary>
    public DateTime? MeasuredUtc { get; set; }

    public List<UsageImportRow> Imports { get; } = [];

    /// <inheritdoc/>
    public long WorkspaceId { get; set; }
}

/// <summary>A file whose rows a measured workload counts.</summary>
public sealed class UsageImportRow
{
    public long Id { get; set; }

    public long SetId { get; set; }

    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file as it came, 64 hex digits: the same file counts once.</summary>
    public required string Sha256 { get; set; }

    public long Bytes { get; set; }

    /// <summary>Id of its format.</summary>
    public required string Format { get; set; }

    /// <summary>What its columns mean (<see cref="Usage.UsageMapping"/>).</summary>
    public required string MappingJson { get; set; }

    /// <summary>Rows of the file.</summary>
    public long Rows { get; set; }

    /// <summary>Rows that count, each request once within the file.</summary>
    public long Counted { get; set; }

    /// <summary>Rows that name a request which another row of the file names too.</summary>
    public long Duplicates { get; set; }

    /// <summary>Rows that files imported before have too.</summary>
    public long AlreadyThere { get; set; }

    /// <summary>Rows left out, by reason (a list of <see cref="Usage.UsageSkipped"/>).</summary>
    public required string SkippedJson { get; set; }

    public DateTime FromUtc { get; set; }

    public DateTime ToUtc { get; set; }

    public DateTime ImportedUtc { get; set; }

    /// <summary>Name of the Parquet file with its normalised rows, in the folder for usage.</summary>
    public required string RowsFile { get; set; }
}
