using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Tests.Web.Catalog;

/// <summary>Rows of the catalog as the stores give them.</summary>
internal static class CatalogRows
{
    private static readonly Provenance LiteLlm = new("litellm", "https://example.org/prices.json", new DateOnly(2026, 8, 1));
    private static readonly Provenance Vantage = new("vantage", null, new DateOnly(2025, 11, 30));

    internal static RowState State(
        int ageDays = 0, bool userPrices = false, bool userAdded = false, DateTime? fetched = null, DateTime? edited = null, DateTime? retired = null,
        string? note = null) =>
        new(LiteLlm, null, fetched, ageDays, userPrices, userAdded, edited, note, retired, retired is null ? null : "user", 3);

    internal static PriceEntry Price(TokenPrices prices, RowState? state = null, TokenPrices? feed = null, params string[] warnings) => new(
        new PriceSheet("openai:gpt-x", "openai", "GPT X", prices, 128_000, null, LiteLlm), "chat", feed ?? prices, warnings, state ?? State());

    internal static InstanceEntry Instance(HourlyPrices prices, int gpus = 4, RowState? state = null) => new(
        new Instance("aws:g5.12xlarge:us-east-1", "aws", "g5.12xlarge", "us-east-1", "A10G", gpus, 24, 48, 192, prices, Vantage), prices, state ?? State());
}
