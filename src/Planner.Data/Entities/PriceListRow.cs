namespace Planner.Data.Entities;

/// <summary>Somebody's own price list: a feed whose files are brought by hand.</summary>
public sealed class PriceListRow
{
    /// <summary>Its id as a feed.</summary>
    public required string Id { get; set; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; set; }

    /// <summary>What its columns mean (<see cref="Feeds.PriceMapping"/>).</summary>
    public required string MappingJson { get; set; }

    public DateTime CreatedUtc { get; set; }
}
