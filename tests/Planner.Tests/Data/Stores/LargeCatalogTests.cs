using Microsoft.EntityFrameworkCore;
using Planner.Benchmarks.Scale;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Stores;

/// <summary>The shipped catalog multiplied, with five years of changes: what the grids show of it is what one finds by hand.</summary>
public sealed class LargeCatalogTests(LargeCatalogTests.Multiplied multiplied) : IClassFixture<LargeCatalogTests.Multiplied>
{
    private const int Prices = 700;
    private const int Instances = 900;
    private const int PageSize = 150;

    private static readonly DateOnly Today = new(2026, 12, 1);

    public sealed class Multiplied : IAsyncLifetime
    {
        private readonly TestDatabase _database = new([.. SeedFile.Embedded("Seed/catalog/")]);

        internal CatalogStore Catalog => _database.Get<CatalogStore>();

        internal PlannerDbContext Open() => _database.Open();

        public async ValueTask InitializeAsync()
        {
            await _database.PrepareAsync();
            await LargeCatalog.FillAsync(_database.Get<IDbContextFactory<PlannerDbContext>>(), _database.Get<FeedPublisher>(), Prices, Instances, Today);
        }

        public ValueTask DisposeAsync()
        {
            _database.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task The_catalog_has_the_rows_that_were_asked_for_with_histories_of_five_years()
    {
        await using var context = multiplied.Open();

        Assert.Equal((Prices, Instances), (await context.Prices.CountAsync(), await context.Instances.CountAsync()));
        Assert.All([await context.PriceRevisions.MinAsync(revision => revision.EffectiveFrom), await context.InstanceRevisions.MinAsync(revision => revision.EffectiveFrom)], first =>
            Assert.InRange(first, Today.AddYears(-6), Today.AddYears(-4)));
        Assert.InRange(await context.InstanceRevisions.CountAsync(), 4 * Instances, 8 * Instances);
        Assert.True(await context.Instances.AnyAsync(row => row.OverrideJson != null) && await context.Instances.AnyAsync(row => row.RetiredUtc != null) && await context.InstanceQuotes.AnyAsync());
    }

    [Theory]
    [MemberData(nameof(PriceColumns))]
    public async Task Pages_of_price_sheets_hold_every_row_once_in_the_order_of_a_sort_by_hand(int column, bool descending)
    {
        var query = new PriceQuery { SortBy = (PriceSort)column, Descending = descending, Take = PageSize };
        var entries = await AllAsync(skip => multiplied.Catalog.Prices.PageAsync(query with { Skip = skip }));

        var byHand = Sorted(entries, entry => query.SortBy switch
        {
            PriceSort.Key => entry.Sheet.Key,
            PriceSort.Seller => entry.Sheet.Seller,
            PriceSort.Mode => entry.Mode,
            PriceSort.Context => entry.Sheet.ContextTokens,
            PriceSort.Input => entry.Sheet.Prices.InputUsdPerM,
            PriceSort.Output => entry.Sheet.Prices.OutputUsdPerM,
            PriceSort.CacheRead => entry.Sheet.Prices.CacheReadUsdPerM,
            PriceSort.CacheWrite => entry.Sheet.Prices.CacheWriteUsdPerM,
            PriceSort.BatchInput => entry.Sheet.Prices.BatchInputUsdPerM,
            PriceSort.BatchOutput => entry.Sheet.Prices.BatchOutputUsdPerM,
            PriceSort.Source => entry.Sheet.Provenance.Source,
            PriceSort.AsOf => entry.State.Source.AsOf,
            _ => entry.Sheet.Name,
        }, descending);

        Assert.Equal(byHand, entries.Select(entry => entry.Key));
    }

    [Theory]
    [MemberData(nameof(InstanceColumns))]
    public async Task Pages_of_instances_hold_every_row_once_in_the_order_of_a_sort_by_hand(int column, bool descending)
    {
        var query = new InstanceQuery { SortBy = (InstanceSort)column, Descending = descending, Take = PageSize };
        var entries = await AllAsync(skip => multiplied.Catalog.Instances.PageAsync(query with { Skip = skip }));

        var byHand = Sorted(entries, entry => query.SortBy switch
        {
            InstanceSort.Cloud => entry.Instance.Cloud,
            InstanceSort.Type => entry.Instance.Type,
            InstanceSort.Region => entry.Instance.Region,
            InstanceSort.Gpu => entry.Instance.Gpu,
            InstanceSort.GpuCount => entry.Instance.GpuCount,
            InstanceSort.GpuMemory => entry.Instance.GpuMemoryGb,
            InstanceSort.OnDemand => entry.Instance.Prices.OnDemandUsd,
            InstanceSort.Spot => entry.Instance.Prices.SpotUsd,
            InstanceSort.Reserved1Y => entry.Instance.Prices.Reserved1YUsd,
            InstanceSort.Reserved3Y => entry.Instance.Prices.Reserved3YUsd,
            InstanceSort.Source => entry.Instance.Provenance.Source,
            InstanceSort.AsOf => entry.State.Source.AsOf,
            _ => entry.Instance.Key,
        }, descending);

        Assert.Equal(byHand, entries.Select(entry => entry.Key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task The_catalog_of_another_day_is_what_a_walk_along_the_changes_gives(int yearsAgo)
    {
        var day = Today.AddYears(-yearsAgo);
        await using var context = multiplied.Open();
        var revisions = await context.InstanceRevisions.AsNoTracking().OrderBy(revision => revision.Id).ToListAsync();
        var retired = await context.Instances.Where(row => row.RetiredUtc != null).ToDictionaryAsync(row => row.Key, row => DateOnly.FromDateTime(row.RetiredUtc!.Value));
        var byHand = new Dictionary<string, InstanceRevision>();
        foreach (var revision in revisions.Where(revision => revision.EffectiveFrom <= day && !(retired.TryGetValue(revision.Key, out var end) && end <= day)))
        {
            if (!byHand.TryGetValue(revision.Key, out var before) || before.EffectiveFrom <= revision.EffectiveFrom)
                byHand[revision.Key] = revision;
        }

        var entries = await AllAsync(skip => multiplied.Catalog.Instances.PageAsync(new InstanceQuery { AsOf = day, Skip = skip, Take = PageSize }));

        Assert.Equal(byHand.Keys.Order(StringComparer.Ordinal), entries.Select(entry => entry.Key));
        Assert.All(entries, entry => Assert.Equal(
            (byHand[entry.Key].EffectiveFrom, byHand[entry.Key].PricesJson),
            (entry.Instance.Provenance.AsOf, System.Text.Json.JsonSerializer.Serialize(entry.Instance.Prices, Planner.Domain.Scenarios.ScenarioJson.Options))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Beyond_the_last_row_there_is_an_empty_page_that_still_knows_their_number(bool past)
    {
        var query = new InstanceQuery { AsOf = past ? Today : null };
        var first = await multiplied.Catalog.Instances.PageAsync(query);

        var beyond = await multiplied.Catalog.Instances.PageAsync(query with { Skip = first.Total + 1 });

        Assert.Equal((0, first.Total), (beyond.Items.Count, beyond.Total));
        Assert.NotEqual(0, first.Total);
    }

    public static TheoryData<int, bool> PriceColumns() => Columns<PriceSort>();

    public static TheoryData<int, bool> InstanceColumns() => Columns<InstanceSort>();

    private static TheoryData<int, bool> Columns<TColumn>() where TColumn : struct, Enum
    {
        var columns = new TheoryData<int, bool>();
        foreach (var column in Enum.GetValues<TColumn>())
        {
            columns.Add((int)(object)column, false);
            columns.Add((int)(object)column, true);
        }

        return columns;
    }

    /// <summary>All pages, one after the other; each says the same number of rows, and together they have as many.</summary>
    private static async Task<List<TEntry>> AllAsync<TEntry>(Func<int, Task<Page<TEntry>>> ask)
    {
        var entries = new List<TEntry>();
        Page<TEntry> page;
        do
        {
            page = await ask(entries.Count);
            entries.AddRange(page.Items);
        }
        while (page.Items.Count > 0);
        Assert.Equal(page.Total, entries.Count);
        return entries;
    }

    /// <summary>Keys by a value, those without one last, equal ones by key.</summary>
    private static IEnumerable<string> Sorted<TEntry>(IReadOnlyList<TEntry> entries, Func<TEntry, IComparable?> value, bool descending) where TEntry : CatalogEntry
    {
        var known = entries.Where(entry => value(entry) is not null).ToList();
        known.Sort((one, other) =>
        {
            var order = (value(one), value(other)) is (string text, string otherText) ? string.CompareOrdinal(text, otherText) : value(one)!.CompareTo(value(other));
            return order != 0 ? (descending ? -order : order) : string.CompareOrdinal(one.Key, other.Key);
        });
        return known.Concat(entries.Where(entry => value(entry) is null).OrderBy(entry => entry.Key, StringComparer.Ordinal)).Select(entry => entry.Key);
    }
}
