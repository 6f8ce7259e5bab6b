using System.Data.Common;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Planner.Data.Moves;

/// <summary>What a table held before and holds now.</summary>
/// <param name="Table">Its name; <c>Keys</c> is the folder of keys beside a file.</param>
/// <param name="Rows">Rows that the source has.</param>
/// <param name="MovedRows">Rows that the target has.</param>
/// <param name="Digest">SHA-256 over the source's rows, in a form that is the same for every kind of database.</param>
/// <param name="MovedDigest">The same over the target's.</param>
public sealed record TableMove(string Table, long Rows, long MovedRows, string Digest, string MovedDigest)
{
    /// <summary>True where both hold the same.</summary>
    public bool IsSame => Rows == MovedRows && Digest == MovedDigest;
}

/// <summary>How a move ended.</summary>
/// <param name="From">What a person calls the source.</param>
/// <param name="To">What a person calls the target.</param>
/// <param name="Tables">Every table of the model, and the keys.</param>
public sealed record StoreMoveReport(string From, string To, IReadOnlyList<TableMove> Tables)
{
    /// <summary>True where all tables hold the same. Otherwise the target is as it was.</summary>
    public bool IsSame => Tables.All(table => table.IsSame);

    /// <summary>True where somebody has an account.</summary>
    [JsonIgnore]
    public bool HasPeople => Has("Users");

    /// <summary>True where there were keys.</summary>
    [JsonIgnore]
    public bool HasKeys => Has(StoreMove.Keys);

    private bool Has(string name) => Tables.Any(table => table.Table == name && table.Rows > 0);
}

/// <summary>Moves everything from a file to a server or back: all or nothing, and compared before it counts.</summary>
public static class StoreMove
{
    internal const string Keys = "Keys";

    /// <summary>Copies every table and the keys; the source stays as it is.</summary>
    /// <param name="from">The source: of one kind.</param>
    /// <param name="to">The target: of the other kind.</param>
    /// <param name="keyFolder">Folder of the keys beside the file.</param>
    /// <param name="cancellationToken">Ends it early; the target is then as it was.</param>
    /// <exception cref="DatabaseRefusedException">The source is in use, damaged, of another version, or holds what the target cannot; the target is not empty; or one does not answer. The target is as it was.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<StoreMoveReport> RunAsync(DatabaseSettings from, DatabaseSettings to, string keyFolder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Provider == to.Provider)
            throw new DatabaseRefusedException(Texts.MoveSameKind.With(from.Name, to.Name));
        try
        {
            await using MoveEnd source = from.Provider == DatabaseProvider.Sqlite ? await FileEnd.OpenSourceAsync(from, keyFolder, cancellationToken) : await ServerEnd.OpenSourceAsync(from, cancellationToken);
            await using MoveEnd target = to.Provider == DatabaseProvider.Sqlite ? FileEnd.OpenTarget(to, keyFolder) : await ServerEnd.OpenTargetAsync(to, cancellationToken);
            return await RunAsync(source, target, cancellationToken);
        }
        catch (DbException exception)
        {
            throw new DatabaseRefusedException(Texts.MoveFailed.With(from.Name, to.Name, exception.Message.Split('\n', 2)[0]), exception);
        }
    }

    /// <summary>Refuses a source that is not of this version: to bring it up to date is the app's, which makes a copy first.</summary>
    internal static void CheckVersion(string name, IReadOnlyList<string> known, IReadOnlyList<string> applied)
    {
        known.RefuseNewer(applied, name);
        if (known.Except(applied).FirstOrDefault() is { } missing)
            throw new DatabaseRefusedException(Texts.MoveOlder.With(name, missing));
    }

    private static async Task<StoreMoveReport> RunAsync(MoveEnd source, MoveEnd target, CancellationToken cancellationToken)
    {
        // The model of a file is that of a server but for the keys, which are files there.
        using var context = PlannerDbContext.AtDesignTime(DatabaseSettings.File(":memory:"));
        var tables = MovedTable.All(context);
        var before = new Dictionary<string, (long Rows, string Digest)>();
        foreach (var table in tables)
            before[table.Name] = await SumAsync(source, table, target, cancellationToken);
        var keys = await source.KeysAsync(cancellationToken);

        await target.MakeTablesAsync(tables, cancellationToken);
        foreach (var table in tables)
        {
            await target.WriteAsync(table, source.ReadAsync(table, cancellationToken), cancellationToken);
            if (table.Counter is not null)
                await target.SetLastNumberAsync(table, await source.LastNumberAsync(table, cancellationToken), cancellationToken);
        }

        await target.AddKeysAsync(keys, cancellationToken);
        var moved = new List<TableMove>();
        foreach (var table in tables.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            var ((rows, digest), (movedRows, movedDigest)) = (before[table.Name], await SumAsync(target, table, null, cancellationToken));
            moved.Add(new TableMove(table.Name, rows, movedRows, digest, movedDigest));
        }

        var movedKeys = await target.KeysAsync(cancellationToken);
        moved.Add(new TableMove(Keys, keys.Count, movedKeys.Count, Sum(keys), Sum(movedKeys)));
        var report = new StoreMoveReport(source.Name, target.Name, moved);
        if (report.IsSame)
            await target.CommitAsync(cancellationToken);
        return report;
    }

    /// <summary>Counts and sums up the rows of a table.</summary>
    /// <exception cref="DatabaseRefusedException">A value is none that the target keeps.</exception>
    private static async Task<(long Rows, string Digest)> SumAsync(MoveEnd end, MovedTable table, MoveEnd? target, CancellationToken cancellationToken)
    {
        using var digest = new TableDigest(table);
        await foreach (var row in end.ReadAsync(table, cancellationToken))
        {
            digest.Add(row);
            for (var index = 0; index < row.Length; index++)
            {
                if (row[index] is { } value && target?.FaultOf(value) is { } fault)
                    throw new DatabaseRefusedException(Texts.MoveUnfit.With(table.Name, table.Columns[index].Name, table.KeyOf(row), fault, target.Name));
            }
        }

        return (digest.Rows, digest.End());
    }

    /// <summary>Sums up keys, which have an order in neither kind.</summary>
    private static string Sum(IEnumerable<string> keys)
    {
        using var digest = new TableDigest(new MovedTable(Keys, [new MovedColumn("Xml", typeof(string))], ["Xml"], null));
        foreach (var key in keys.Order(StringComparer.Ordinal))
            digest.Add([key]);
        return digest.End();
    }
}
