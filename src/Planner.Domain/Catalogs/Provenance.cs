namespace Planner.Domain.Catalogs;

/// <summary>Where a fact comes from and when it held.</summary>
/// <param name="Source">Name of the source: a feed's id, a vendor's page, or <c>user</c>.</param>
/// <param name="Url">Address of the source; null where there is none.</param>
/// <param name="AsOf">Day on which the fact held.</param>
public sealed record Provenance(string Source, string? Url, DateOnly AsOf);
