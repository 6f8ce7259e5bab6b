using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain;

namespace Planner.Data.Feeds;

/// <summary>A file beside what a mapping makes of it. Nothing of it is stored.</summary>
/// <param name="File">Its columns and first rows.</param>
/// <param name="Mapping">What its columns are taken to mean.</param>
/// <param name="Read">What comes out; refused as a whole where the mapping does not fit.</param>
public sealed record PriceListPreview(PriceListFile File, PriceMapping Mapping, MappedReading Read)
{
    /// <summary>Why nothing of it can be published; null where something can.</summary>
    public string? Refusal => File.Refusal ?? Read.Reading.Refusal ?? (Read.Reading.Rows.Count == 0 ? FeedTexts.ListWithoutPrices : null);
}

/// <summary>What came of adding a list.</summary>
/// <param name="Problems">Why it was not added; empty where it was.</param>
/// <param name="ListId">Its id; null where it was not added.</param>
/// <param name="Run">The run that published its first file; null where it was not added.</param>
public sealed record PriceListAdded(IReadOnlyList<Problem> Problems, string? ListId, FeedRunRow? Run);

/// <summary>Looks into, adds, changes and removes own price lists. The next file of one is imported as any feed's (<see cref="FeedImporter.ImportAsync"/>). Safe to share.</summary>
public sealed class PriceListDesk(PriceListStore store, PriceFeeds feeds, FeedImporter importer, IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>Longest name of a list.</summary>
    public const int MaxNameLength = 60;

    /// <summary>Reads a file as it would be imported.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="mapping">What its columns mean; null to propose it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<PriceListPreview> PreviewAsync(ReadOnlyMemory<byte> file, PriceMapping? mapping, CancellationToken cancellationToken = default)
    {
        var opened = PriceListFile.Open(file, mapping?.Delimiter);
        mapping ??= opened.Suggest();
        if (opened.Refusal is { } refusal)
            return new(opened, mapping, MappedReading.Refuse(refusal));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var publicPrices = mapping.Discount is null ? [] : await PublicPrice.AllAsync(context, feeds.Ranks, cancellationToken);
        return new(opened, mapping, MappedPriceReader.Read(file, mapping, DateOnly.FromDateTime(Now), publicPrices));
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
        var preview = await PreviewAsync(file, mapping, cancellationToken);
        if (preview.Refusal is { } refusal)
            return new([new("file", refusal)], null, null);
        var id = FreeId(name!, await store.TakenIdsAsync(cancellationToken));
        await store.AddAsync(new PriceListRow { Id = id, Name = name!.Trim(), MappingJson = PriceListStore.Write(preview.Mapping), CreatedUtc = Now }, cancellationToken);
        FeedRunRow? run = null;
        try
        {
            using var stream = new MemoryStream(file, writable: false);
            run = await importer.ImportAsync(id, stream, FeedRunTriggers.Upload, cancellationToken);
        }
        finally
        {
            if (run?.Status != FeedRunStatuses.Published)
                await store.RemoveAsync(id, CancellationToken.None);
        }

        return run.Status == FeedRunStatuses.Published ? new([], id, run) : new([new("file", run.Reason ?? "")], null, null);
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
    public async Task<FeedRunRow?> RemoveAsync(string id, CancellationToken cancellationToken = default)
    {
        if (Find(id) is null)
            return null;
        var run = await importer.WithdrawAsync(id, cancellationToken);
        await store.RemoveAsync(id, CancellationToken.None);
        return run;
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
