using System.Globalization;
using Microsoft.Extensions.Configuration;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>A feed and how to get it. Configuration may set <c>Feeds:{id}:Url</c>, <c>:Cron</c>, <c>:Enabled</c> and <c>:TimeoutSeconds</c>, and <c>Feeds:Enabled</c> for all that say nothing of their own.</summary>
public sealed record FeedOptions
{
    /// <summary>The feed's id in addresses, in the database and in configuration.</summary>
    public required string Id { get; init; }

    /// <summary>The feed's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is served; http or https. Empty for somebody's own list, whose files are only ever brought.</summary>
    public required string Url { get; init; }

    /// <summary>True where the operator named the address, which may then be on a private network; a feed's own address, and what it redirects to, may not.</summary>
    public bool IsOwnUrl { get; init; }

    /// <summary>What is sent by POST to get it; null where a GET does.</summary>
    public string? RequestBody { get; init; }

    /// <summary>Finds the page after one; null where the feed has one page.</summary>
    public TryNextPage? NextPage { get; init; }

    /// <summary>When it is refreshed, UTC, as a Quartz cron expression (seconds first).</summary>
    public required string Cron { get; init; }

    /// <summary>Whether it is refreshed on schedule. By hand it always can be.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Hosts that the source may redirect to besides its own.</summary>
    public IReadOnlyList<string> RedirectHosts { get; init; } = [];

    /// <summary>How long one attempt may take in all, above 0.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pauses before the second, third, … attempt; as many retries as pauses.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    /// <summary>Largest file, bytes after decompression.</summary>
    public int MaxBytes { get; init; } = FeedFile.MaxBytes;

    /// <summary>Ending of its file's name, such as <c>csv</c>.</summary>
    public string FileType { get; init; } = "json";

    /// <summary>What its file is about.</summary>
    public required FeedContent Content { get; init; }

    /// <summary>Where several feeds list the same offer, the prices of the highest rank stand, and what the others say is kept beside them. A feed of rank 0 takes over no row of another source.</summary>
    public int Rank { get; init; }

    /// <summary>True for somebody's own price list, false for a public feed.</summary>
    public bool IsOwnList => Content is OwnPriceContent;
}

/// <summary>The address of the page after one.</summary>
/// <param name="page">The page.</param>
/// <param name="asked">Where it came from.</param>
/// <param name="next">The next page's address; null on the last page.</param>
/// <returns>False where the page does not tell, so that the pages so far are not all there are.</returns>
public delegate bool TryNextPage(ReadOnlyMemory<byte> page, Uri asked, out Uri? next);

/// <summary>The feeds there are, as configured at this moment.</summary>
/// <param name="configuration">The operator's settings.</param>
/// <param name="lists">Own price lists, which are feeds too; null for none.</param>
public sealed class PriceFeeds(IConfiguration configuration, PriceListStore? lists = null)
{
    public const string LiteLlm = "litellm";

    /// <summary>Rank of own price lists: what somebody has agreed stands above what is published for all.</summary>
    public const int OwnRank = 100;

    /// <summary>The public feeds, and then the own price lists.</summary>
    public IReadOnlyList<FeedOptions> All => [.. KnownFeeds.All.Select(Configured), .. Own];

    /// <summary>The own price lists.</summary>
    public IReadOnlyList<FeedOptions> Own => lists?.Feeds ?? [];

    /// <summary>Reads the own price lists again at the next look.</summary>
    internal void Forget() => lists?.Forget();

    /// <summary>The feeds' ranks.</summary>
    internal IReadOnlyDictionary<string, int> Ranks => KnownFeeds.All.Concat(Own).ToDictionary(feed => feed.Id, feed => feed.Rank);

    /// <summary>The feed with an id; null where there is none.</summary>
    public FeedOptions? Find(string feedId) => All.FirstOrDefault(feed => feed.Id == feedId);

    private FeedOptions Configured(FeedOptions feed)
    {
        var section = configuration.GetSection($"Feeds:{feed.Id}");
        return feed with
        {
            Url = section["Url"] ?? feed.Url,
            IsOwnUrl = section["Url"] is not null,
            Cron = section["Cron"] ?? feed.Cron,
            Enabled = bool.TryParse(section["Enabled"] ?? configuration["Feeds:Enabled"], out var enabled) ? enabled : feed.Enabled,
            Timeout = double.TryParse(section["TimeoutSeconds"], CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3600
                ? TimeSpan.FromSeconds(seconds)
                : feed.Timeout,
        };
    }
}
