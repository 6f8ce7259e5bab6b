namespace Planner.Data.Feeds;

/// <summary>What is kept of an answer so that the next request can be conditional.</summary>
/// <param name="ETag">The source's entity tag, word for word; null where it sent none.</param>
/// <param name="LastModified">The source's date, word for word; null where it sent none.</param>
public sealed record FeedValidators(string? ETag, string? LastModified)
{
    public static FeedValidators None { get; } = new(null, null);

    internal bool IsEmpty => ETag is null && LastModified is null;
}

/// <summary>The answer to a request for a feed: content, or nothing new, or a failure.</summary>
/// <param name="Content">The file; null where there is none, which without a failure is the source's word that it has none newer than what the validators name.</param>
/// <param name="Failure">Why there is neither, as a sentence.</param>
/// <param name="Validators">To be kept once the content was accepted.</param>
public sealed record FeedDownload(byte[]? Content, string? Failure, FeedValidators Validators)
{
    public static FeedDownload Of(byte[] content, FeedValidators validators) => new(content, null, validators);

    public static FeedDownload NotModified(FeedValidators validators) => new(null, null, validators);

    public static FeedDownload Fail(string reason) => new(null, reason, FeedValidators.None);
}
