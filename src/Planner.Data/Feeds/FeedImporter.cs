using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>
/// Runs a feed: stage, validate, reconcile, publish. A run publishes all of its file in one transaction or nothing; whatever goes wrong, the
/// catalog keeps the last good prices. One run of a feed at a time, and one comparison and publication of all. Thread-safe.
/// </summary>
public sealed partial class FeedImporter(
    PriceFeeds feeds, FeedClient client, FeedRunStore runs, FeedPublisher publisher, Gates gates, IDbContextFactory<PlannerDbContext> contexts, TimeProvider time,
    ILogger<FeedImporter> log)
{
    /// <summary>Largest shrink of a feed against its last good state, %; real ones lose a few rows at a time.</summary>
    public const int MaxShrinkPercent = 30;

    /// <summary>Raised on any thread after a run has published; whoever listens returns at once.</summary>
    public event Action<FeedRunRow>? Published;

    /// <summary>Fetches the feed's file from its address and publishes it.</summary>
    /// <param name="feedId">A feed of <see cref="PriceFeeds"/>.</param>
    /// <param name="trigger">One of <see cref="FeedRunTriggers"/>.</param>
    /// <param name="cancellationToken">Ends the run as failed; nothing of it is published then.</param>
    /// <returns>The run as it ended; where the feed is being refreshed already, the run under way, with the reason.</returns>
    /// <exception cref="ArgumentException">There is no such feed.</exception>
    public Task<FeedRunRow> RefreshAsync(string feedId, string trigger, CancellationToken cancellationToken = default)
    {
        var feed = FeedOf(feedId);
        return RunAsync(feed, trigger, (state, token) => client.GetAsync(feed, KnownOf(feed, state), token), cancellationToken);
    }

    /// <summary>Publishes a file of the feed that somebody brought.</summary>
    /// <inheritdoc cref="RefreshAsync"/>
    /// <param name="feedId">A feed of <see cref="PriceFeeds"/>.</param>
    /// <param name="file">The feed's file; read to its end, not closed.</param>
    /// <param name="trigger">One of <see cref="FeedRunTriggers"/>.</param>
    /// <param name="cancellationToken">Ends the run as failed; nothing of it is published then.</param>
    public Task<FeedRunRow> ImportAsync(string feedId, Stream file, string trigger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var feed = FeedOf(feedId);
        return RunAsync(feed, trigger, (_, token) => ReadUploadAsync(feed, file, token), cancellationToken);
    }

    /// <summary>Publishes a row that was held back, as it stands in quarantine, and for as long as the feed states the same.</summary>
    /// <param name="feedId">A feed of <see cref="PriceFeeds"/>.</param>
    /// <param name="sourceKey">The row's key in the feed.</param>
    /// <param name="cancellationToken">Ends the run as failed; nothing of it is published then.</param>
    /// <returns>The run; null where nothing that could be read is held back under that key.</returns>
    public async Task<FeedRunRow?> AcceptAsync(string feedId, string sourceKey, CancellationToken cancellationToken = default)
    {
        _ = FeedOf(feedId);
        using var language = Language.Stored();
        await using var gate = await gates.EnterAsync(feedId, cancellationToken);
        await using var catalog = await gates.EnterCatalogAsync(cancellationToken);
        return await AcceptGatedAsync(feedId, sourceKey, cancellationToken);
    }

    private async Task<FeedRunRow?> AcceptGatedAsync(string feedId, string sourceKey, CancellationToken cancellationToken)
    {
        if (feeds.Find(feedId) is not { } feed)
            return null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Quarantine.AsNoTracking().SingleOrDefaultAsync(row => row.FeedId == feedId && row.SourceKey == sourceKey, cancellationToken) is not { RowJson: { } rowJson })
            return null;
        var run = new FeedRunRow { FeedId = feedId, Trigger = FeedRunTriggers.Review, StartedUtc = Now, Status = FeedRunStatuses.Published, Currency = "USD", RowsRead = 1 };
        var changes = (await feed.Content.AcceptAsync(context, feed, rowJson, TermsOf(run) with { Accepting = sourceKey }, cancellationToken)).Changes!;
        Count(run, changes);
        // What is not published is not accepted either: a negative price stays out whatever anybody says.
        if (changes.HeldBack is [var still, ..])
            (run.Status, run.Reason) = (FeedRunStatuses.Refused, still.Reason);
        await publisher.PublishAsync(new FeedPublication(run, null, changes) { AcceptedKey = changes.HeldBack.Count == 0 ? sourceKey : null }, cancellationToken);
        Tell(run);
        return run;
    }

    /// <summary>Removes an own list and takes its prices out of the catalog: what other sources say of its rows stands again, and rows that only it had are retired.</summary>
    /// <param name="feedId">An own list of <see cref="PriceFeeds"/>.</param>
    /// <param name="cancellationToken">Ends it early; nothing is removed then.</param>
    /// <returns>The run; null where there is no such list.</returns>
    internal async Task<FeedRunRow?> WithdrawAsync(string feedId, CancellationToken cancellationToken)
    {
        using var language = Language.Stored();
        await using var gate = await gates.EnterAsync(feedId, cancellationToken);
        await using var catalog = await gates.EnterCatalogAsync(cancellationToken);
        return await WithdrawGatedAsync(feedId, cancellationToken);
    }

    private async Task<FeedRunRow?> WithdrawGatedAsync(string feedId, CancellationToken cancellationToken)
    {
        if (feeds.Own.All(list => list.Id != feedId))
            return null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = new FeedRunRow { FeedId = feedId, Trigger = FeedRunTriggers.Removal, StartedUtc = Now, Status = FeedRunStatuses.Published, Currency = "USD" };
        var keys = await context.Prices.Where(row => row.Origin == feedId && (row.RetiredUtc == null || row.RetiredBy == Origins.User)).Select(row => row.Key).ToListAsync(cancellationToken);
        var changes = await HandBack.ApplyAsync(context, feedId, new FeedChanges(typeof(PriceRow), [], keys, [], [], [], [], 0, 0, 0, 0, 0), TermsOf(run), cancellationToken);
        Count(run, changes);
        // Nothing is of the list here: what is published are the prices of others that stand again.
        run.Published = changes.HandedBack;
        await publisher.PublishAsync(new FeedPublication(run, null, changes) { RemovesList = true }, cancellationToken);
        feeds.Forget();
        Tell(run);
        return run;
    }

    private FeedOptions FeedOf(string feedId) => feeds.Find(feedId) ?? throw new ArgumentException($"There is no feed '{feedId}'.", nameof(feedId));

    private FeedValidators KnownOf(FeedOptions feed, FeedStateRow? state) =>
        state?.ContentSha256 is null || SaysMore(feed, state) ? FeedValidators.None : new FeedValidators(state.ETag, state.LastModified);

    /// <summary>Whether the file that is known may say something else today.</summary>
    private bool SaysMore(FeedOptions feed, FeedStateRow state) => feed.Content.IsDated && state.LastGoodUtc < Now.Date;

    private static async Task<FeedDownload> ReadUploadAsync(FeedOptions feed, Stream file, CancellationToken cancellationToken)
    {
        try
        {
            return await FeedClient.ReadAsync(file, feed.MaxBytes, cancellationToken) is { } content
                ? FeedDownload.Of(content, FeedValidators.None)
                : FeedDownload.Fail(FeedTexts.TooLarge.With(feed.MaxBytes / (1024 * 1024)));
        }
        catch (IOException exception)
        {
            return FeedDownload.Fail(FeedTexts.UploadUnreadable.With(exception.Message));
        }
    }

    private async Task<FeedRunRow> RunAsync(
        FeedOptions feed, string trigger, Func<FeedStateRow?, CancellationToken, Task<FeedDownload>> get, CancellationToken cancellationToken)
    {
        // What a run says is kept with it, for whoever asks.
        using var language = Language.Stored();
        await using var gate = await gates.TryEnterAsync(feed.Id, cancellationToken);
        if (gate is null)
            return await UnderWayAsync(feed, trigger, cancellationToken);
        // Off the caller's thread: SQLite's calls block, and the caller may be a page.
        return await Task.Run(() => RunGatedAsync(feed, trigger, get, cancellationToken), cancellationToken);
    }

    private async Task<FeedRunRow> UnderWayAsync(FeedOptions feed, string trigger, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await context.FeedRuns.AsNoTracking().Where(row => row.FeedId == feed.Id && row.Status == FeedRunStatuses.Running)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        run ??= new FeedRunRow { FeedId = feed.Id, Trigger = trigger, StartedUtc = Now, Status = FeedRunStatuses.Running, Currency = "USD" };
        run.Reason = FeedTexts.AlreadyRunning;
        return run;
    }

    private async Task<FeedRunRow> RunGatedAsync(
        FeedOptions feed, string trigger, Func<FeedStateRow?, CancellationToken, Task<FeedDownload>> get, CancellationToken cancellationToken)
    {
        var clock = time.GetTimestamp();
        // Whoever has passed the gate is the only one who runs the feed: a run that is noted as under way is of a node that is gone.
        await runs.EndInterruptedAsync(feed.Id, cancellationToken);
        using var measured = Telemetry.Begin("feed run", Telemetry.FeedRuns, new KeyValuePair<string, object?>("feed", feed.Id));
        var run = await runs.StartAsync(feed.Id, trigger, Now, cancellationToken);
        using var scope = log.BeginScope(new LogScope(("FeedId", feed.Id), ("RunId", run.Id)));
        measured.Note("run", run.Id);
        try
        {
            var state = await runs.StateAsync(feed.Id, cancellationToken);
            var download = await get(state, cancellationToken);
            await using var catalog = await gates.EnterCatalogAsync(cancellationToken);
            await FillAsync(feed.Id, run, state, download, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run = Ended(run, FeedRunStatuses.Failed, FeedTexts.Cancelled);
            throw;
        }
        // A run must end in the list of runs, whatever happened to it.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnexpected(exception, feed.Id, run.Id);
            run = Ended(run, FeedRunStatuses.Failed, FeedTexts.Unexpected);
        }
        finally
        {
            run.DurationMs = (long)Math.Ceiling(time.GetElapsedTime(clock).TotalMilliseconds);
            await runs.FinishAsync(run, CancellationToken.None);
            measured.Outcome = run.Status;
            Telemetry.FeedRows.Add(run.RowsRead, new KeyValuePair<string, object?>("feed", feed.Id));
        }

        if (run.Reason is null)
            LogEnded(feed.Id, run.Id, run.Status, run.RowsRead, run.Added, run.Changed, run.Retired, run.DurationMs);
        else
            LogKept(feed.Id, run.Id, run.Status, run.Reason);
        Tell(run);
        return run;
    }

    private void Tell(FeedRunRow run)
    {
        if (run.Status == FeedRunStatuses.Published)
            Published?.Invoke(run);
    }

    private async Task FillAsync(string feedId, FeedRunRow run, FeedStateRow? state, FeedDownload download, CancellationToken cancellationToken)
    {
        // While its file came an own list may have been removed, or its columns may mean something else now.
        if (feeds.Find(feedId) is not { } feed)
        {
            (run.Status, run.Reason) = (FeedRunStatuses.Failed, FeedTexts.ListGone);
            return;
        }

        if (download.Failure is { } failure)
        {
            (run.Status, run.Reason) = (FeedRunStatuses.Failed, failure);
            return;
        }

        var sha256 = download.Content is null ? state?.ContentSha256 : Convert.ToHexStringLower(SHA256.HashData(download.Content));
        var next = new FeedStateRow
        {
            FeedId = feed.Id,
            ETag = download.Validators.ETag,
            LastModified = download.Validators.LastModified,
            ContentSha256 = sha256,
            LastGoodRunId = state?.LastGoodRunId,
            LastGoodUtc = run.StartedUtc,
            Cron = state?.Cron ?? "",
        };
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lastGood = state?.LastGoodRunId is { } id
            ? await context.FeedRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken)
            : null;
        // An own list may mean something else by now: its mapping, or the public prices that its discounts are taken off.
        if (lastGood is not null && sha256 == state!.ContentSha256 && !feed.IsOwnList && !SaysMore(feed, state))
            await ConfirmAsync(context, feed, run, lastGood, next, cancellationToken);
        else
            await PublishAsync(context, feed, run, lastGood, next, download.Content, cancellationToken);
    }

    /// <summary>The content is the one that was published last: what was true of it still is, as of today.</summary>
    private static async Task ConfirmAsync(
        PlannerDbContext context, FeedOptions feed, FeedRunRow run, FeedRunRow lastGood, FeedStateRow next, CancellationToken cancellationToken)
    {
        run.Status = FeedRunStatuses.Unchanged;
        (run.RowsRead, run.Published, run.Unavailable, run.Warnings) = (lastGood.RowsRead, lastGood.Published, lastGood.Unavailable, lastGood.Warnings);
        // What somebody has accepted since is held back no more.
        var accepted = await context.Quarantine.Where(row => row.FeedId == feed.Id && row.Decision == QuarantineDecisions.Accepted).Select(row => row.SourceKey).ToListAsync(cancellationToken);
        var stillHeld = FeedRunStore.Read<QuarantinedRow>(lastGood.QuarantinedJson).Where(row => !accepted.Contains(row.Key)).ToList();
        (run.QuarantinedJson, run.SourceAsOf) = (FeedRunStore.Write<QuarantinedRow>(stillHeld), lastGood.SourceAsOf);
        var heldBack = stillHeld.ConvertAll(row => row.Key);

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await feed.Content.ConfirmAsync(context, feed.Id, heldBack, lastGood.SourceAsOf ?? DateOnly.FromDateTime(run.StartedUtc), run.StartedUtc, cancellationToken);
        context.Update(next);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task PublishAsync(
        PlannerDbContext context, FeedOptions feed, FeedRunRow run, FeedRunRow? lastGood, FeedStateRow next, byte[]? content,
        CancellationToken cancellationToken)
    {
        if (content is null)
        {
            (run.Status, run.Reason) = (FeedRunStatuses.Failed, FeedTexts.NotModifiedUnasked);
            return;
        }

        var compared = await feed.Content.CompareAsync(context, feed, content, TermsOf(run), cancellationToken);
        run.RowsRead = compared.RowsRead;
        if (compared.Changes is not { } changes)
        {
            (run.Status, run.Reason) = (FeedRunStatuses.Refused, compared.Refusal);
            return;
        }

        run.SourceAsOf = compared.SourceDate;
        run.QuarantinedJson = FeedRunStore.Write<QuarantinedRow>([.. changes.HeldBack.Select(row => new QuarantinedRow(row.SourceKey, row.Reason))]);
        if ((AgeOf(compared, lastGood) ?? ShrinkOf(feed, compared, changes, lastGood)) is { } doubt)
        {
            (run.Status, run.Reason) = (FeedRunStatuses.Refused, doubt);
            return;
        }

        Count(run, changes);
        await publisher.PublishAsync(new FeedPublication(run, next, changes) { ForgetsUnread = feed.IsOwnList }, cancellationToken);
    }

    private CompareTerms TermsOf(FeedRunRow run) =>
        new(DateOnly.FromDateTime(run.StartedUtc), run.StartedUtc, feeds.Ranks) { UrlOf = feedId => feeds.Find(feedId) is { Url.Length: > 0 } feed ? feed.Url : null };

    private static void Count(FeedRunRow run, FeedChanges changes)
    {
        run.Status = FeedRunStatuses.Published;
        (run.Published, run.Added, run.Changed, run.Retired) = (changes.Rows.Count - changes.HandedBack + changes.Interruptions.Count, changes.Added, changes.Changed, changes.RetiredKeys.Count);
        (run.Unavailable, run.Warnings) = (changes.Unavailable, changes.Warned);
        run.ChangesJson = FeedRunStore.Write(changes.Changes);
    }

    /// <summary>Why a file that says its day is not published: what the feed said later stands.</summary>
    private static string? AgeOf(FeedComparison compared, FeedRunRow? lastGood) =>
        compared.SourceDate < lastGood?.SourceAsOf ? FeedTexts.OlderFile.With(compared.SourceDate, lastGood!.SourceAsOf) : null;

    /// <summary>
    /// Why a file that reads well is still not believed: a cut-off or emptied feed has lost rows, or prices, in bulk. Rises are accepted, and so is an own list that somebody made shorter.
    /// </summary>
    private static string? ShrinkOf(FeedOptions feed, FeedComparison compared, FeedChanges changes, FeedRunRow? lastGood)
    {
        if (feed.IsOwnList)
            return changes.Priced + changes.Quotes.Count == 0 ? FeedTexts.ListWithoutPrices : null;
        if (compared.IsPart)
            return changes.Rows.Count + changes.Quotes.Count == 0 ? FeedTexts.NothingOfFeed : null;
        if (lastGood is not null && HasShrunk(lastGood.RowsRead, compared.RowsRead))
            return FeedTexts.Shrunk.With(compared.RowsRead, lastGood.RowsRead, MaxShrinkPercent);
        // A feed that only gives second opinions publishes nothing of its own.
        var isEmpty = changes.Rows.Count + changes.Quotes.Count + changes.Interruptions.Count == 0;
        if (isEmpty && compared.PricedBefore == 0)
            return FeedTexts.NothingOfFeed;
        // As many rows as before may be all others: then it is another feed's file.
        if (HasShrunk(compared.PricedBefore, compared.PricedBefore - changes.RetiredKeys.Count))
            return FeedTexts.ManyRetired.With(changes.RetiredKeys.Count, compared.PricedBefore, MaxShrinkPercent);
        return isEmpty || HasShrunk(compared.PricedBefore, changes.Priced)
            ? FeedTexts.FewerPrices.With(changes.Priced, compared.PricedBefore, MaxShrinkPercent)
            : null;
    }

    private static bool HasShrunk(int before, int after) => after * 100L < before * (100L - MaxShrinkPercent);

    private static FeedRunRow Ended(FeedRunRow run, string status, string reason) => new()
    {
        Id = run.Id,
        FeedId = run.FeedId,
        Trigger = run.Trigger,
        StartedUtc = run.StartedUtc,
        Currency = run.Currency,
        Status = status,
        Reason = reason,
    };

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Feed {Feed}, run {Run}: {Status}, {RowsRead} read, {Added} added, {Changed} changed, {Retired} retired, {DurationMs} ms")]
    private partial void LogEnded(string feed, long run, string status, int rowsRead, int added, int changed, int retired, long durationMs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {Feed}, run {Run}: {Status}, the last good prices stay. {Reason}")]
    private partial void LogKept(string feed, long run, string status, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Feed {Feed}, run {Run} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string feed, long run);
}
