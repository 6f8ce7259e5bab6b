using Planner.Data.Feeds;

namespace Planner.Tests.Data.Feeds;

/// <summary>Time in which pauses are over at once and limits are never reached.</summary>
internal sealed class FeedClientTime : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal List<TimeSpan> Pauses { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Limit && dueTime > TimeSpan.Zero)
        {
            Pauses.Add(dueTime);
            dueTime = TimeSpan.Zero;
        }

        return base.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>A feed with two retries.</summary>
    internal static FeedOptions Feed(string url, int maxBytes = 1_000_000) => new()
    {
        Content = new PublicPriceContent((file, _) => LiteLlmReader.Read(file.Span)),
        Id = "litellm",
        Name = "LiteLLM",
        Url = url,
        IsOwnUrl = true,
        Cron = "",
        MaxBytes = maxBytes,
        RetryDelays = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)],
    };
}
