using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Stores;

namespace Planner.Data.Feeds;

/// <summary>What a run of a feed publishes, all of it or nothing.</summary>
/// <param name="Run">The run as it ended. A run whose id is 0 is added, another one updated.</param>
/// <param name="State">The feed's state after it, its schedule is left as stored where there is one; null where the run was not of the feed's whole file.</param>
/// <param name="Changes">What it changes.</param>
public sealed record FeedPublication(FeedRunRow Run, FeedStateRow? State, FeedChanges Changes)
{
    /// <summary>True where what could not be read before and is not held back now is forgotten: the rows of an own list are known by their place in its file.</summary>
    public bool ForgetsUnread { get; init; }

    /// <summary>True where the feed is an own list that is removed with this.</summary>
    public bool RemovesList { get; init; }

    /// <summary>The row in quarantine that this publishes by somebody's word; null for none.</summary>
    public string? AcceptedKey { get; init; }
}

/// <summary>Writes a run of a feed in one transaction, fast enough for tens of thousands of rows. Safe to share.</summary>
public sealed class FeedPublisher(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    // The user's own, and what a publication decides about itself.
    private static readonly HashSet<string> NotTheFeeds =
    [
        nameof(CatalogRow.Key), nameof(CatalogRow.OverrideJson), nameof(CatalogRow.UserEditedUtc), nameof(CatalogRow.UserNote), nameof(CatalogRow.RetiredUtc), nameof(CatalogRow.RetiredBy),
        nameof(CatalogRow.Version),
    ];

    // A refresh that only confirms a row does not get in the way of the user who is editing it.
    private static readonly HashSet<string> OnlyConfirm = [nameof(CatalogRow.AsOf), nameof(CatalogRow.FetchedAtUtc)];

    /// <summary>Publishes. The user's prices, notes and retirements stay; a row that a feed had retired and this one brings is current again.</summary>
    public async Task PublishAsync(FeedPublication publication, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(publication);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (run, changes) = (publication.Run, publication.Changes);
        context.Entry(run).State = run.Id == 0 ? EntityState.Added : EntityState.Modified;
        if (publication.AcceptedKey is { } taken)
            context.Note(time, AuditActions.HeldRowAccepted, $"feeds/{run.FeedId}", taken);
        if (publication.RemovesList)
            context.Note(time, AuditActions.PriceListRemoved, Stores.PriceListStore.SubjectOf(run.FeedId));
        await context.SaveChangesAsync(cancellationToken);
        if (publication.State is { } state)
        {
            await StoreStateAsync(context, state, run, cancellationToken);
            await HoldBackAsync(context, publication, cancellationToken);
        }

        if (publication.AcceptedKey is { } accepted)
        {
            await context.Quarantine.Where(row => row.FeedId == run.FeedId && row.SourceKey == accepted).ExecuteUpdateAsync(
                row => row.SetProperty(held => held.Decision, QuarantineDecisions.Accepted).SetProperty(held => held.DecidedUtc, run.StartedUtc), cancellationToken);
        }

        foreach (var revision in changes.Revisions)
            revision.FeedRunId = run.Id;
        var writer = new RowWriter(context.Model, context.Database.GetDbConnection(), transaction.GetDbTransaction(), context.Database.IsNpgsql() ? "IS DISTINCT FROM" : "IS NOT");
        writer.Upsert(changes.Rows);
        writer.Retire(changes.List, changes.RetiredKeys, run);
        writer.Interrupt(changes.Interruptions);
        writer.Insert(changes.Revisions);
        if (publication.State is not null)
            writer.ReplaceQuotes(run.FeedId, changes.Quotes);
        else
            writer.ReplaceQuotes(changes.Quotes);
        writer.Delete(changes.Ended);
        // What a source itself said beside its price knows more: the prices of other days.
        writer.Insert(changes.Displaced, """ON CONFLICT ("Key", "FeedId") DO UPDATE SET "SourceUrl" = excluded."SourceUrl", "WarningsJson" = excluded."WarningsJson" """);
        if (publication.RemovesList)
            await PriceListStore.RemoveAsync(context, run.FeedId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task StoreStateAsync(PlannerDbContext context, FeedStateRow state, FeedRunRow run, CancellationToken cancellationToken)
    {
        state.LastGoodRunId = run.Id;
        var stored = await context.FeedStates.SingleOrDefaultAsync(row => row.FeedId == state.FeedId, cancellationToken);
        if (stored is null)
        {
            context.Add(state);
        }
        else
        {
            state.Cron = stored.Cron;
            context.Entry(stored).CurrentValues.SetValues(state);
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Notes what was held back. A decision about other values than these no longer holds, unless nobody is to be asked again.</summary>
    private static async Task HoldBackAsync(PlannerDbContext context, FeedPublication publication, CancellationToken cancellationToken)
    {
        var (run, heldBack) = (publication.Run, publication.Changes.HeldBack);
        var known = await context.Quarantine.Where(row => row.FeedId == run.FeedId).ToDictionaryAsync(row => row.SourceKey, cancellationToken);
        var held = heldBack.Select(row => row.SourceKey).ToHashSet(StringComparer.Ordinal);
        var read = publication.Changes.ReadKeys.ToHashSet(StringComparer.Ordinal);
        // Nobody is to decide about what a row said once when it reads well today.
        context.RemoveRange(known.Values.Where(
            row => !held.Contains(row.SourceKey) && ((publication.ForgetsUnread && row.RowJson is null) || (row.Decision is null && read.Contains(row.SourceKey)))));

        foreach (var row in heldBack)
        {
            if (!known.TryGetValue(row.SourceKey, out var stored))
            {
                known.Add(row.SourceKey, stored = new QuarantineRow { FeedId = run.FeedId, SourceKey = row.SourceKey, Reason = row.Reason, FirstSeenUtc = run.StartedUtc });
                context.Add(stored);
            }
            else if (stored.RowJson != row.RowJson && stored.Decision != QuarantineDecisions.Ignored)
            {
                (stored.Decision, stored.DecidedUtc) = (null, null);
            }

            (stored.Reason, stored.RowJson, stored.LastSeenUtc) = (row.Reason, row.RowJson, run.StartedUtc);
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes rows of any list by prepared statements, their columns as the model has them.</summary>
    /// <remarks><c>isOther</c> is how the database asks whether two values differ, of which either may be unknown.</remarks>
    private sealed class RowWriter(IModel model, DbConnection connection, DbTransaction transaction, string isOther)
    {
        public void Upsert(IReadOnlyList<CatalogRow> rows)
        {
            if (rows.Count == 0)
                return;
            var entity = model.FindEntityType(rows[0].GetType())!;
            var properties = entity.GetProperties().Where(property => !NotTheFeeds.Contains(property.Name)).ToList();
            var table = TableOf(entity);
            var columns = properties.ConvertAll(property => property.GetColumnName());
            var differs = string.Join(" OR ", properties.Where(property => !OnlyConfirm.Contains(property.Name)).Select(property => $"{table}.\"{property.GetColumnName()}\" {isOther} excluded.\"{property.GetColumnName()}\""));
            // Retired by this feed, or by the one that it takes the row over from; what the user retired stays so.
            var returns = $"""({table}."RetiredBy" IS NOT NULL AND {table}."RetiredBy" IN (excluded."Origin", {table}."Origin"))""";
            using var command = Command(
                $"""
                INSERT INTO {table} ("Key", {Names(columns)}, "Version") VALUES (@Key, @{string.Join(", @", columns)}, 1)
                ON CONFLICT ("Key") DO UPDATE SET
                  "Version" = {table}."Version" + (CASE WHEN {returns} OR {differs} THEN 1 ELSE 0 END),
                  "RetiredUtc" = CASE WHEN {returns} THEN NULL ELSE {table}."RetiredUtc" END,
                  "RetiredBy" = CASE WHEN {returns} THEN NULL ELSE {table}."RetiredBy" END,
                  {string.Join(", ", columns.Select(column => $"\"{column}\" = excluded.\"{column}\""))}
                """,
                ["Key", .. columns]);
            foreach (var row in rows)
            {
                command.Parameters[0].Value = row.Key;
                Fill(command, 1, properties, row);
                command.ExecuteNonQuery();
            }
        }

        public void Retire(Type list, IReadOnlyList<string> keys, FeedRunRow run)
        {
            using var command = Command(
                $"""UPDATE {TableOf(model.FindEntityType(list)!)} SET "RetiredUtc" = @At, "RetiredBy" = @By, "Version" = "Version" + 1 WHERE "Key" = @Key AND "Origin" = @By AND "RetiredUtc" IS NULL""",
                ["At", "By", "Key"]);
            (command.Parameters[0].Value, command.Parameters[1].Value) = (run.StartedUtc, run.FeedId);
            foreach (var key in keys)
            {
                command.Parameters[2].Value = key;
                command.ExecuteNonQuery();
            }
        }

        public void Interrupt(IReadOnlyList<InterruptionShare> shares)
        {
            using var command = Command($"""UPDATE "Instances" SET "InterruptionShare" = @Share, "Version" = "Version" + 1 WHERE "Key" = @Key AND "InterruptionShare" {isOther} @Share""", ["Share", "Key"]);
            foreach (var (key, share) in shares)
            {
                (command.Parameters[0].Value, command.Parameters[1].Value) = ((double)share, key);
                command.ExecuteNonQuery();
            }
        }

        public void ReplaceQuotes(string feedId, IReadOnlyList<Quote> quotes)
        {
            foreach (var table in new[] { typeof(PriceQuote), typeof(InstanceQuote) }.Select(type => TableOf(model.FindEntityType(type)!)))
            {
                using var delete = Command($"""DELETE FROM {table} WHERE "FeedId" = @FeedId""", ["FeedId"]);
                delete.Parameters[0].Value = feedId;
                delete.ExecuteNonQuery();
            }

            Insert(quotes);
        }

        public void ReplaceQuotes(IReadOnlyList<Quote> quotes)
        {
            Delete(quotes);
            Insert(quotes);
        }

        public void Delete(IReadOnlyList<Quote> quotes)
        {
            if (quotes.Count == 0)
                return;
            using var command = Command($"""DELETE FROM {TableOf(model.FindEntityType(quotes[0].GetType())!)} WHERE "Key" = @Key AND "FeedId" = @FeedId""", ["Key", "FeedId"]);
            foreach (var quote in quotes)
            {
                (command.Parameters[0].Value, command.Parameters[1].Value) = (quote.Key, quote.FeedId);
                command.ExecuteNonQuery();
            }
        }

        public void Insert<T>(IReadOnlyList<T> rows, string onConflict = "") where T : notnull
        {
            if (rows.Count == 0)
                return;
            var entity = model.FindEntityType(rows[0].GetType())!;
            var properties = entity.GetProperties().Where(property => property.Name != nameof(Revision.Id)).ToList();
            var columns = properties.ConvertAll(property => property.GetColumnName());
            using var command = Command($"INSERT INTO {TableOf(entity)} ({Names(columns)}) VALUES (@{string.Join(", @", columns)}) {onConflict}", columns);
            foreach (var row in rows)
            {
                Fill(command, 0, properties, row);
                command.ExecuteNonQuery();
            }
        }

        private static string TableOf(IEntityType entity) => $"\"{entity.GetTableName()}\"";

        private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

        private static void Fill(DbCommand command, int from, List<IProperty> properties, object row)
        {
            for (var i = 0; i < properties.Count; i++)
            {
                var value = properties[i].GetGetter().GetClrValue(row);
                command.Parameters[from + i].Value = (value is null ? null : properties[i].GetTypeMapping().Converter?.ConvertToProvider(value) ?? value) ?? DBNull.Value;
            }
        }

        private DbCommand Command(string sql, IEnumerable<string> parameters)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            // CA2100: every text is put together of the model's own names.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var name in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = "@" + name;
                command.Parameters.Add(parameter);
            }

            return command;
        }
    }
}
