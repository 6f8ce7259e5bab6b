using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Overview;
using Planner.Web.Components.Scenarios;
using Xunit;

namespace Planner.Tests.Web.Overview;

/// <summary>
/// The break-even over changes of prices. A request of 400 + 100 tokens costs 400 × $2.50 + 100 × $10 per million, $0.002; at $8 for its output $0.0018. Two machines of a typed $5 cost $7,200 in 720 hours.
/// </summary>
public class BreakEvenTrendTests
{
    private static readonly Scenario Example = Documents.Chat(
        new ApiOption { Id = "api", Name = "Acme One", PriceKey = "acme:one" },
        Documents.Fleet() with { Model = "small", InstanceKey = "aws:g5:us", InstanceUsdPerHour = 5, TensorParallel = 1, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 100_000, Basis = "total" } });

    [Fact]
    public async Task Each_change_of_a_price_that_moved_it_is_a_step_and_nothing_else_is()
    {
        using var database = await TestDatabase.PreparedAsync(SmallCatalog.Prices(), SmallCatalog.Instances(), SmallCatalog.Models);
        var session = await ScenarioSession.BeginAsync(database.Get<ScenarioStore>(), database.Get<CatalogStore>(), database.Time, Example);
        Assert.Equal(SaveState.Saved, await session.SaveAsync());
        var trend = new BreakEvenTrend(database.Get<ScenarioStore>(), database.Get<CatalogStore>(), database.Time);
        Assert.Empty(await trend.OfAsync(session.Id!));

        var raised = await SetAsync(database, new DateOnly(2026, 12, 5), prices => prices with { OutputUsdPerM = 8 });
        // Nothing of the scenario is billed at this price.
        await SetAsync(database, new DateOnly(2026, 12, 7), prices => prices with { BatchInputUsdPerM = 0.5m });
        await SetAsync(database, new DateOnly(2026, 12, 9), prices => prices with { InputUsdPerM = 5, OutputUsdPerM = 16 });

        var points = await trend.OfAsync(session.Id!);
        Assert.Equal([null, raised, new DateOnly(2026, 12, 9)], points.Select(point => point.From));
        Assert.Equal([3_600_000d, 4_000_000, 2_000_000], points.Select(point => Math.Round(point.Requests!.Value)));
    }

    private static async Task<DateOnly> SetAsync(TestDatabase database, DateOnly day, Func<TokenPrices, TokenPrices> change)
    {
        database.Time.Now = new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero);
        var prices = database.Get<CatalogStore>().Prices;
        var row = (await prices.FindAsync("acme:one"))!;
        await prices.EditAsync(new PriceEdit("acme:one", row.Sheet.Seller, row.Sheet.Name, row.Mode, row.Sheet.ContextTokens, null, change(row.Sheet.Prices), null), row.State.Version);
        return day;
    }
}
