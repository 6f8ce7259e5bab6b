using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>What both grids of the catalog ask alike.</summary>
public abstract record CatalogQuery
{
    /// <summary>Words that must all occur in the key, the name or what else names the row; null for all rows.</summary>
    public string? Text { get; init; }

    /// <summary>True to list retired rows too.</summary>
    public bool IncludeRetired { get; init; }

    /// <summary>True to list only rows whose prices the user set.</summary>
    public bool OnlyUserPrices { get; init; }

    /// <summary>The day whose prices are asked for: rows that were known then, at what they cost then. Null for today. They are sorted by today's.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>True for falling order. Rows without a value come last either way.</summary>
    public bool Descending { get; init; }

    /// <summary>Rows to leave out at the front, 0 or more.</summary>
    public int Skip { get; init; }

    /// <summary>Rows to give, 1 to 1,000.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A question to the price sheets.</summary>
public sealed record PriceQuery : CatalogQuery
{
    /// <summary>Sellers to list; empty for all.</summary>
    public IReadOnlyList<string> Sellers { get; init; } = [];

    /// <summary>Mode to list, such as <c>chat</c>; null for all.</summary>
    public string? Mode { get; init; }

    public PriceSort SortBy { get; init; }
}

/// <summary>Columns that price sheets can be sorted by.</summary>
public enum PriceSort
{
    Name,
    Key,
    Seller,
    Mode,
    Context,
    Input,
    Output,
    CacheRead,
    CacheWrite,
    BatchInput,
    BatchOutput,
    Source,
    AsOf,
}

/// <summary>A question to the instances.</summary>
public sealed record InstanceQuery : CatalogQuery
{
    /// <summary>Clouds to list; empty for all.</summary>
    public IReadOnlyList<string> Clouds { get; init; } = [];

    /// <summary>GPUs to list; empty for all.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    public InstanceSort SortBy { get; init; }
}

/// <summary>Columns that instances can be sorted by.</summary>
public enum InstanceSort
{
    Key,
    Cloud,
    Type,
    Region,
    Gpu,
    GpuCount,
    GpuMemory,
    OnDemand,
    Spot,
    Reserved1Y,
    Reserved3Y,
    Source,
    AsOf,
}

/// <summary>Where a row of the catalog stands.</summary>
/// <param name="Source">Source of the feed-side values, with its date and address; see <see cref="UserPrices"/> for whose values apply.</param>
/// <param name="SourceKey">The row's key at the source; null where it is the same or unknown.</param>
/// <param name="FetchedAtUtc">When a feed brought it; null for shipped rows and the user's.</param>
/// <param name="AgeDays">Days since the values that apply held.</param>
/// <param name="UserPrices">True where the values that apply are the user's: the prices of a price sheet or an instance, the facts of any other row.</param>
/// <param name="UserAdded">True where the user added the row and no feed knows it.</param>
/// <param name="UserEditedUtc">When the user last changed it; null where that never happened.</param>
/// <param name="UserNote">Why, in the user's own words.</param>
/// <param name="RetiredUtc">When it was retired; null while it is current.</param>
/// <param name="RetiredBy">Who retired it: <c>user</c> or a feed's id.</param>
/// <param name="Version">Version to expect with an edit.</param>
public sealed record RowState(
    Provenance Source, string? SourceKey, DateTime? FetchedAtUtc, int AgeDays, bool UserPrices, bool UserAdded, DateTime? UserEditedUtc, string? UserNote,
    DateTime? RetiredUtc, string? RetiredBy, int Version)
{
    /// <summary>True where the user's values hide the source's.</summary>
    public bool Overridden => UserPrices && !UserAdded;

    /// <summary>True where it is no longer offered.</summary>
    public bool Retired => RetiredUtc is not null;
}

/// <summary>A row of the catalog as it is read.</summary>
/// <param name="State">Where the row stands.</param>
public abstract record CatalogEntry(RowState State)
{
    public abstract string Key { get; }

    /// <summary>What a reader calls it.</summary>
    public abstract string Name { get; }
}

/// <summary>A price sheet as the grid shows it.</summary>
/// <param name="Sheet">The sheet with the prices that apply.</param>
/// <param name="Mode">What is sold: <c>chat</c>, <c>embedding</c>, ….</param>
/// <param name="FeedPrices">The feed's prices; null where the user added the row.</param>
/// <param name="Warnings">Codes of the feed's warnings.</param>
/// <param name="State">Where the row stands.</param>
public sealed record PriceEntry(PriceSheet Sheet, string Mode, TokenPrices? FeedPrices, IReadOnlyList<string> Warnings, RowState State)
    : CatalogEntry(State)
{
    public override string Key => Sheet.Key;

    public override string Name => Sheet.Name;

    /// <summary>The feed that announces the sheet's prices of later months; null where none does.</summary>
    public string? AnnouncedBy { get; init; }
}

/// <summary>An instance as the grid shows it.</summary>
/// <param name="Instance">The instance with the prices that apply.</param>
/// <param name="FeedPrices">The feed's prices; null where the user added the row.</param>
/// <param name="State">Where the row stands.</param>
public sealed record InstanceEntry(Instance Instance, HourlyPrices? FeedPrices, RowState State) : CatalogEntry(State)
{
    public override string Key => Instance.Key;

    public override string Name => Instance.Type;

    /// <summary>Codes of the feed's warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Spot prices of the region's zones; null where the source has none or one figure only.</summary>
    public SpotZones? Zones { get; init; }

    /// <summary>Share of spot machines reclaimed within a month, 0 to 1, the upper end of the source's band; null where unknown.</summary>
    public decimal? InterruptionShare { get; init; }
}

/// <summary>A model, a GPU or an engine as the grid shows it.</summary>
/// <param name="Facts">The facts that apply.</param>
/// <param name="Shipped">The shipped facts; null where the user added the row.</param>
/// <param name="State">Where the row stands.</param>
public sealed record FactEntry<TFacts>(TFacts Facts, TFacts? Shipped, RowState State) : CatalogEntry(State) where TFacts : CatalogFacts
{
    public override string Key => Facts.Key;

    public override string Name => Facts.Name;
}

/// <summary>Prices of a row from a day on.</summary>
/// <typeparam name="TPrices">Its prices.</typeparam>
/// <param name="EffectiveFrom">First day.</param>
/// <param name="Prices">The prices.</param>
/// <param name="Source"><c>user</c>, or the source.</param>
/// <param name="RecordedUtc">When it was recorded here.</param>
/// <param name="FetchedAtUtc">When a feed brought it; null otherwise.</param>
/// <param name="FeedRunId">The run that brought it; null otherwise.</param>
public sealed record PriceHistoryEntry<TPrices>(
    DateOnly EffectiveFrom, TPrices Prices, string Source, DateTime RecordedUtc, DateTime? FetchedAtUtc, long? FeedRunId);

/// <summary>What the user enters for a row.</summary>
/// <param name="Key">Key, without spaces; cannot be changed later.</param>
/// <param name="Note">Why, in the user's words; null for none.</param>
public abstract record CatalogEdit(string Key, string? Note);

/// <summary>What the user enters for a price sheet.</summary>
/// <param name="Key">Key, without spaces; cannot be changed later.</param>
/// <param name="Seller">Who sells it.</param>
/// <param name="Name">Name of the model as sold.</param>
/// <param name="Mode">What is sold.</param>
/// <param name="ContextTokens">Longest prompt, tokens; null for unknown.</param>
/// <param name="DeprecatedFrom">Day from which it is no longer served; null for none.</param>
/// <param name="Prices">USD per million tokens, 0 to 1,000,000; at least one.</param>
/// <param name="Note">Why, in the user's words; null for none.</param>
public sealed record PriceEdit(
    string Key, string Seller, string Name, string Mode, int? ContextTokens, DateOnly? DeprecatedFrom, TokenPrices Prices, string? Note)
    : CatalogEdit(Key, Note);

/// <summary>What the user enters for an instance.</summary>
/// <param name="Key">Key, without spaces; cannot be changed later.</param>
/// <param name="Cloud">Who rents it out.</param>
/// <param name="Type">The cloud's name of the machine.</param>
/// <param name="Region">Region of the price.</param>
/// <param name="Gpu">Key of its GPUs.</param>
/// <param name="GpuCount">Number of GPUs, 1 to 1,024.</param>
/// <param name="GpuMemoryGb">Memory of one GPU, GB, above 0 to 100,000.</param>
/// <param name="Vcpus">Virtual CPUs, 1 to 100,000; null for unknown.</param>
/// <param name="MemoryGb">Main memory, GB, above 0 to 1,000,000; null for unknown.</param>
/// <param name="Prices">USD an hour, 0 to 1,000,000; at least one.</param>
/// <param name="Note">Why, in the user's words; null for none.</param>
public sealed record InstanceEdit(
    string Key, string Cloud, string Type, string Region, string Gpu, int GpuCount, decimal GpuMemoryGb, int? Vcpus, decimal? MemoryGb, HourlyPrices Prices,
    string? Note) : CatalogEdit(Key, Note);

/// <summary>What the user enters for a model, a GPU or an engine.</summary>
/// <param name="Key">Key, without spaces; cannot be changed later.</param>
/// <param name="Facts">All facts; key and provenance in them do not count.</param>
/// <param name="Note">Why, in the user's words; null for none.</param>
public sealed record FactEdit<TFacts>(string Key, TFacts Facts, string? Note) : CatalogEdit(Key, Note) where TFacts : CatalogFacts;
