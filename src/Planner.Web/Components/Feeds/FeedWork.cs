namespace Planner.Web.Components.Feeds;

/// <summary>A run that this page started.</summary>
public sealed class FeedWork(long startedAt) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>Timestamp at which it began.</summary>
    public long StartedAt { get; } = startedAt;

    /// <summary>Cancelled when the reader stops it.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>What is being done, in words.</summary>
    public string Step { get; set; } = FeedsTexts.StepFetching;

    /// <summary>Share of the file that has arrived, 0 to 1; null where nobody knows.</summary>
    public double? Share { get; set; }

    public void Cancel() => _cancel.Cancel();

    public void Dispose() => _cancel.Dispose();
}
