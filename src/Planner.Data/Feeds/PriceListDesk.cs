using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain;

namespace Planner.Data.Feeds;

/// <summary>What came of adding a list.</summary>
/// <param name="Problems">Why it was not added; empty where it was.</param>
/// <param name="ListId">Its id; null where it was not added.</param>
/// <param name="Run">The run that published its first file; null where it was not added.</param>
public sealed record PriceListAdded(IReadOnlyList<Problem> Problems, string? ListId, FeedRunRow? Run);

/// <summary>Looks into, adds, changes and removes own price lists. The next file of one is imported as any feed's (<see cref="FeedImporter.ImportAsync"/>). Safe to share.</summary>
public sealed class PriceListDesk(PriceListStore store, PriceFeeds feeds, FeedImporter importer, IDbContextFactory<PlannerDbContext> contexts, TimeProvider time) : IDisposable
{
    // Two lists that are added at once must not choose the same name or id.
    private readonly SemaphoreSlim _naming = new(1);

    /// <summary>Longest name of a list.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Reads a file as it would be imported.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="mapping">What its columns mean; null to propose it.</param>
    /// <param name="listId">The list that it is the next file of; null for a new one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<PriceListPreview> PreviewAsync(ReadOnlyMemory<byte> file, PriceMapping? mapping, string? listId = null, CancellationToken cancellationToken = default)
    {
        var opened = PriceListFile.Open(file, mapping?.Delimiter);
        mapping ??= opened.Suggest();
        if (opened.Refusal is { } refusal)
            return new(opened, mapping, MappedReading.Refuse(refusal));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var publicPrices = await PublicPrice.AllAsync(context, feeds.Ranks, cancellationToken);
        var read = MappedPriceReader.Read(file, mapping, DateOnly.FromDateTime(Now), publicPrices);
        return new(opened, mapping, read) { Effects = await EffectsAsync(context, read.Reading.Rows, listId, cancellationToken) };
    }

    /// <summary>Judges rows as their import would.</summary>
    private static async Task<IReadOnlyList<PriceListEffect>> EffectsAsync(PlannerDbContext context, IReadOnlyList<PriceFeedRow> rows, string? listId, CancellationToken cancellationToken)
    {
        var accepted = await context.Quarantine.AsNoTracking().Where(row => row.FeedId == listId && row.Decision == QuarantineDecisions.Accepted && row.RowJson != null)
            .ToDictionaryAsync(row => row.SourceKey, row => row.RowJson, cancellationToken);
        var catalog = await context.Prices.AsNoTracking().ToDictionaryAsync(row => row.Key, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. rows.Select(row =>
            {
                var known = catalog.GetValueOrDefault(row.Key);
                // What is sold the catalog knows better than the name tells.
                var judged = known is null ? row : row with { Mode = known.Mode };
                var verdict = PriceSanity.Judge(judged, accepted.TryGetValue(row.SourceKey, out var json) && json == PriceReconciler.Write(judged));
                return new PriceListEffect(
                    row.Key, verdict.Quarantine, verdict.Warnings, verdict.Prices.InputUsdPerM is not null,
                    known is { RetiredUtc: null } ? new(known.Source, known.FeedPrices()) : null);
            }),
        ];
    }

    /// <summary>Adds a list with its first file; where nothing of the file could be published, neither is kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mapping">What its columns mean; null to take what is proposed.</param>
    /// <param name="file">Its first file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<PriceListAdded> AddAsync(string? name, PriceMapping? mapping, byte[] file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (NameFault(name, null) is { } fault)
            return new([new("name", fault)], null, null);
        var preview = await PreviewAsync(file, mapping, null, cancellationToken);
        if (preview.Refusal is { } refusal)
            return new([new("file", refusal)], null, null);
        if (await NameAsync(name!.Trim(), preview.Mapping, cancellationToken) is not { } id)
            return new([new("name", FeedTexts.ListNameTaken.With(name.Trim()))], null, null);
        FeedRunRow? run = null;
        try
        {
            run = await ImportAsync(id, file, cancellationToken);
        }
        finally
        {
            if (run?.Status != FeedRunStatuses.Published)
                await TakeBackAsync(id);
        }

        return run.Status == FeedRunStatuses.Published ? new([], id, run) : new([new("file", run.Reason ?? "")], null, null);
    }

    /// <summary>Publishes the next file of a list.</summary>
    /// <param name="id">The list.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="cancellationToken">Ends the run as failed; nothing of it is published then.</param>
    public async Task<FeedRunRow> ImportAsync(string id, byte[] file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var stream = new MemoryStream(file, 0, file.Length, writable: false, publiclyVisible: true);
        return await importer.ImportAsync(id, stream, FeedRunTriggers.Upload, cancellationToken);
    }

    /// <summary>Publishes the next file of a list with another meaning of its columns, which is kept only where the file is published.</summary>
    /// <param name="id">The list.</param>
    /// <param name="mapping">What the columns mean in this file.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="cancellationToken">Ends the run as failed; nothing of it is published then, and the mapping stays.</param>
    /// <returns>The run; null where there is no such list.</returns>
    public async Task<FeedRunRow?> ImportAsync(string id, PriceMapping mapping, byte[] file, CancellationToken cancellationToken = default)
    {
        if (Find(id) is not { } list || MappingOf(id) is not { } before)
            return null;
        var good = await store.LastGoodRunAsync(id, cancellationToken);
        try
        {
            return await store.EditAsync(id, list.Name, mapping, cancellationToken) ? await ImportAsync(id, file, cancellationToken) : null;
        }
        finally
        {
            // However it ended, also where whoever asked is gone.
            if (await store.LastGoodRunAsync(id, CancellationToken.None) == good)
                await store.EditAsync(id, list.Name, before, CancellationToken.None);
        }
    }

    /// <summary>Changes a list's name and what its columns mean, from its next file on.</summary>
    /// <param name="id">The list.</param>
    /// <param name="name">Its name.</param>
    /// <param name="mapping">What its columns mean.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Why it was not changed; empty where it was; null where there is no such list.</returns>
    public async Task<IReadOnlyList<Problem>?> EditAsync(string id, string? name, PriceMapping mapping, CancellationToken cancellationToken = default)
    {
        if (Find(id) is null)
            return null;
        if (NameFault(name, id) is { } fault)
            return [new("name", fault)];
        if (MappedPriceReader.Refusal(mapping) is { } refusal)
            return [new("mapping", refusal)];
        return await store.EditAsync(id, name!.Trim(), mapping, cancellationToken) ? [] : null;
    }

    /// <summary>Removes a list: what other sources say of its rows stands again, rows that only it had are retired, and its runs and prices stay in the history.</summary>
    /// <param name="id">The list.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>The run that took its prices out; null where there is no such list.</returns>
    public Task<FeedRunRow?> RemoveAsync(string id, CancellationToken cancellationToken = default) => importer.WithdrawAsync(id, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _naming.Dispose();

    /// <summary>Stores a list under an id of its own.</summary>
    /// <returns>Its id; null where another list took the name meanwhile.</returns>
    private async Task<string?> NameAsync(string name, PriceMapping mapping, CancellationToken cancellationToken)
    {
        await _naming.WaitAsync(cancellationToken);
        try
        {
            if (NameFault(name, null) is not null)
                return null;
            var id = FreeId(name, await store.TakenIdsAsync(cancellationToken));
            await store.AddAsync(new PriceListRow { Id = id, Name = name, MappingJson = PriceListStore.Write(mapping), CreatedUtc = Now }, cancellationToken);
            return id;
        }
        finally
        {
            _naming.Release();
        }
    }

    /// <summary>Removes a list whose first import did not end well. It may have published all the same, where what failed came after it.</summary>
    private async Task TakeBackAsync(string id)
    {
        if (await store.LastGoodRunAsync(id, CancellationToken.None) is not null)
            await importer.WithdrawAsync(id, CancellationToken.None);
        await store.RemoveAsync(id, CancellationToken.None);
    }

    /// <summary>What the columns of a list mean; null where there is no such list.</summary>
    public PriceMapping? MappingOf(string id) => (Find(id)?.Content as OwnPriceContent)?.Mapping;

    private FeedOptions? Find(string id) => feeds.Own.FirstOrDefault(list => list.Id == id);

    private string? NameFault(string? name, string? id)
    {
        name = name?.Trim() ?? "";
        if (name.Length is 0 or > MaxNameLength || name.Any(char.IsControl))
            return FeedTexts.ListNameMissing.With(MaxNameLength);
        return feeds.All.Any(feed => feed.Id != id && feed.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ? FeedTexts.ListNameTaken.With(name) : null;
    }

    /// <summary>An id that can be read where a price names its source: <c>own-acme-2026</c>.</summary>
    private static string FreeId(string name, IReadOnlySet<string> taken)
    {
        var words = new string([.. name.Trim().ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var id = words.Length == 0 ? "own-list" : $"own-{string.Join('-', words)}";
        return Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? id : $"{id}-{number}").First(free => !taken.Contains(free));
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
