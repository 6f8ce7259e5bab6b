namespace Planner.Data.Entities;

/// <summary>Prices of a row of the catalog from a day on. Every published change leaves one, the seed's first prices and the user's edits included.</summary>
public abstract class Revision
{
    public long Id { get; set; }

    /// <summary>Key of the row.</summary>
    public required string Key { get; set; }

    public DateOnly EffectiveFrom { get; set; }

    /// <summary>The prices as the scenario document writes them: <see cref="Domain.Scenarios.TokenPrices"/> or <see cref="Domain.Catalogs.HourlyPrices"/>.</summary>
    public required string PricesJson { get; set; }

    /// <summary><c>user</c>, or the source of the prices.</summary>
    public required string Source { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTime RecordedUtc { get; set; }

    public DateTime? FetchedAtUtc { get; set; }

    public long? FeedRunId { get; set; }
}

/// <summary>Prices of a sheet from a day on.</summary>
public sealed class PriceRevision : Revision;

/// <summary>Prices of an instance from a day on.</summary>
public sealed class InstanceRevision : Revision;
