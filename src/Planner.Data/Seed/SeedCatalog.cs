using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Seed;

/// <summary>Takes over the catalog that ships with the product, once a content.</summary>
/// <remarks>
/// It adds rows that are missing and updates rows that still come from an older shipped catalog. It never touches the user's prices, a row that a
/// feed has taken over or the user has added, and it brings no retired row back.
/// </remarks>
public sealed class SeedCatalog(IReadOnlyList<SeedFile> files, TimeProvider time)
{
    /// <summary>Applies every file whose content this database has not seen, each in one transaction.</summary>
    /// <exception cref="InvalidDataException">A shipped file is not of its form.</exception>
    public async Task ApplyAsync(PlannerDbContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var file in files)
        {
            var sha256 = file.Sha256();
            var state = await context.SeedStates.FindAsync([file.Name], cancellationToken);
            if (state?.ContentSha256 == sha256)
                continue;

            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await ApplyAsync(context, file, cancellationToken);
            if (state is null)
                context.SeedStates.Add(state = new SeedStateRow { FileName = file.Name, ContentSha256 = sha256 });
            state.ContentSha256 = sha256;
            state.SeededUtc = time.GetUtcNow().UtcDateTime;
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            context.ChangeTracker.Clear();
        }
    }

    private async Task ApplyAsync(PlannerDbContext context, SeedFile file, CancellationToken cancellationToken)
    {
        switch (Path.GetFileName(file.Name))
        {
            case "prices.json":
                Merge(file.Read<SeedPrice>(), await context.Prices.ToDictionaryAsync(row => row.Key, cancellationToken), IsOlderSeed,
                    (row, url) => AddPrice(context, row, url), (stored, row, url) => UpdatePrice(context, stored, row, url));
                break;
            case "instances.json":
                Merge(file.Read<SeedInstance>(), await context.Instances.ToDictionaryAsync(row => row.Key, cancellationToken), IsOlderSeed,
                    (row, url) => AddInstance(context, row, url), (stored, row, url) => UpdateInstance(context, stored, row, url));
                break;
            case "models.json":
                await MergeFactsAsync<LanguageModel>(context, file, cancellationToken);
                break;
            case "gpus.json":
                await MergeFactsAsync<Gpu>(context, file, cancellationToken);
                break;
            case "engines.json":
                await MergeFactsAsync<InferenceEngine>(context, file, cancellationToken);
                break;
            case var name:
                throw new InvalidDataException(Texts.SeedUnreadable.With(file.Name, name));
        }
    }

    private static async Task MergeFactsAsync<TFacts>(PlannerDbContext context, SeedFile file, CancellationToken cancellationToken)
        where TFacts : CatalogFacts
    {
        Merge(file.Read<SeedFacts>(), await context.Set<FactRow<TFacts>>().ToDictionaryAsync(row => row.Key, cancellationToken), IsOlderSeed,
            (row, url) =>
            {
                var added = new FactRow<TFacts> { Key = row.Key, Origin = Origins.Seed, Source = row.Source };
                Fill(added, row, url);
                context.Add(added);
            }, Fill);

        void Fill(FactRow<TFacts> stored, SeedFacts row, string url)
        {
            FillSource(stored, row, url);
            stored.FactsJson = FactJson.Write(file.Facts<TFacts>(row, url));
        }
    }

    private static void Merge<TRow, TStored>(
        SeedContent<TRow> content, Dictionary<string, TStored> stored, Func<TStored, TRow, bool> isOlder, Action<TRow, string> add,
        Action<TStored, TRow, string> update) where TRow : SeedRow
    {
        foreach (var row in content.Rows)
        {
            var url = content.Sources[row.Source].Url;
            if (!stored.TryGetValue(row.Key, out var existing))
                add(row, url);
            else if (isOlder(existing, row))
                update(existing, row, url);
        }
    }

    private static bool IsOlderSeed(CatalogRow stored, SeedRow row) => stored.Origin == Origins.Seed && stored.AsOf < row.AsOf;

    private void AddPrice(PlannerDbContext context, SeedPrice row, string url)
    {
        var added = new PriceRow { Key = row.Key, Origin = Origins.Seed, Source = row.Source, Seller = row.Seller, Name = row.Name, Mode = row.Mode };
        Fill(added, row, url);
        context.Prices.Add(added);
        context.PriceRevisions.Add(Revision(row));
    }

    private void UpdatePrice(PlannerDbContext context, PriceRow stored, SeedPrice row, string url)
    {
        var before = PriceRowPrices.WritePrices(stored.FeedPrices());
        Fill(stored, row, url);
        if (PriceRowPrices.WritePrices(stored.FeedPrices()) != before)
            context.PriceRevisions.Add(Revision(row));
    }

    private PriceRevision Revision(SeedPrice row) => new()
    {
        Key = row.Key,
        EffectiveFrom = row.AsOf,
        PricesJson = PriceRowPrices.WritePrices(row.Prices),
        Source = row.Source,
        RecordedUtc = time.GetUtcNow().UtcDateTime,
    };

    private void AddInstance(PlannerDbContext context, SeedInstance row, string url)
    {
        var added = new InstanceRow
        {
            Key = row.Key,
            Origin = Origins.Seed,
            Source = row.Source,
            Cloud = row.Cloud,
            Type = row.Type,
            Region = row.Region,
            Gpu = row.Gpu,
        };
        Fill(added, row, url);
        context.Instances.Add(added);
        context.InstanceRevisions.Add(Revision(row));
    }

    private void UpdateInstance(PlannerDbContext context, InstanceRow stored, SeedInstance row, string url)
    {
        var before = stored.FeedPrices();
        Fill(stored, row, url);
        if (stored.FeedPrices() != before)
            context.InstanceRevisions.Add(Revision(row));
    }

    private InstanceRevision Revision(SeedInstance row) => new()
    {
        Key = row.Key,
        EffectiveFrom = row.AsOf,
        PricesJson = JsonSerializer.Serialize(row.Prices, ScenarioJson.Options),
        Source = row.Source,
        RecordedUtc = time.GetUtcNow().UtcDateTime,
    };

    private static void Fill(PriceRow stored, SeedPrice row, string url)
    {
        FillSource(stored, row, url);
        stored.SourceKey = row.SourceKey;
        (stored.Seller, stored.Name, stored.Mode) = (row.Seller, row.Name, row.Mode);
        (stored.ContextTokens, stored.DeprecatedFrom) = (row.ContextTokens, row.DeprecatedFrom);
        stored.SetFeedPrices(row.Prices);
    }

    private static void Fill(InstanceRow stored, SeedInstance row, string url)
    {
        FillSource(stored, row, url);
        (stored.Cloud, stored.Type, stored.Region) = (row.Cloud, row.Type, row.Region);
        (stored.Gpu, stored.GpuCount, stored.GpuMemoryGb) = (row.Gpu, row.GpuCount, row.GpuMemoryGb);
        (stored.Vcpus, stored.MemoryGb) = (row.Vcpus, row.MemoryGb);
        stored.SetFeedPrices(row.Prices);
    }

    private static void FillSource(CatalogRow stored, SeedRow row, string url) => (stored.Source, stored.SourceUrl, stored.AsOf) = (row.Source, url, row.AsOf);
}
