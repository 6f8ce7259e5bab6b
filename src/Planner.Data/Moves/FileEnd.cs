using System.Data.Common;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Sqlite;

namespace Planner.Data.Moves;

/// <summary>A file of SQLite and the folder of its keys. A target is written to a file beside it, which gets its name in the end.</summary>
internal sealed class FileEnd : MoveEnd
{
    // What SQLite keeps beside a file, with the last of its writes.
    private static readonly string[] Beside = ["-wal", "-shm", "-journal"];

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly string _keyFolder;
    private readonly FileStream _own;
    // Keys of a target, by the names that they get in the end, and those that have got them.
    private readonly List<string> _keys = [];
    private readonly List<string> _named = [];
    private FileStream? _writer;
    private SqliteConnection? _connection;
    private SqliteTransaction? _transaction;

    private FileEnd(string path, string keyFolder, FileStream own) => (_path, _keyFolder, _own) = (path, keyFolder, own);

    /// <inheritdoc/>
    internal override string Name => _path;

    private string Unfinished => Part(_path);

    /// <summary>Opens a file to be read, and keeps apps from it.</summary>
    /// <exception cref="DatabaseRefusedException">It is not there, damaged, of another version or program, or an app has it.</exception>
    internal static async Task<FileEnd> OpenSourceAsync(DatabaseSettings database, string keyFolder, CancellationToken cancellationToken)
    {
        var path = database.Name;
        if (!File.Exists(path))
            throw new DatabaseRefusedException(Texts.RestoreMissing.With(path));
        var end = new FileEnd(path, keyFolder, DatabaseFile.TryTake(path) ?? throw new DatabaseRefusedException(Texts.RestoreInUse.With(path)));
        try
        {
            // A command that writes has not the lock: what it wrote from here on would not be moved.
            end._writer = DatabaseFile.TryTakeTurn(path) ?? throw new DatabaseRefusedException(Texts.RestoreInUse.With(path));
            if (DatabaseStartup.AppliedMigrations(path) is not { Count: > 0 } applied)
                throw new DatabaseRefusedException(Texts.DatabaseForeign.With(path));
            StoreMove.CheckVersion(path, database.KnownMigrations(), applied);
            if (DatabaseFile.FaultOf(path) is { } fault)
                throw new DatabaseRefusedException(Texts.DatabaseDamaged.With(path, fault.Message));
            end._connection = DatabaseFile.Open(path, SqliteOpenMode.ReadOnly);
            end._transaction = end._connection.BeginTransaction(deferred: true);
            await end.ScalarAsync("SELECT count(*) FROM sqlite_master", cancellationToken);
            return end;
        }
        catch
        {
            await end.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the place of a file that is to be made.</summary>
    /// <exception cref="DatabaseRefusedException">There is one, or there are keys.</exception>
    internal static FileEnd OpenTarget(DatabaseSettings database, string keyFolder)
    {
        var path = database.Name;
        CheckFree(path);
        if (KeyFiles(keyFolder).Count > 0)
            throw new DatabaseRefusedException(Texts.MoveKeysThere.With(keyFolder));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileEnd(path, keyFolder, DatabaseFile.TryTake(path) ?? throw new DatabaseRefusedException(Texts.RestoreInUse.With(path)));
    }

    /// <inheritdoc/>
    internal override async Task MakeTablesAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        RemoveUnfinished();
        PrivateFiles.Make(Unfinished);
        await using (var context = PlannerDbContext.AtDesignTime(DatabaseSettings.File(Unfinished)))
        {
            await context.Database.MigrateAsync(cancellationToken);
            SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        }

        _connection = DatabaseFile.Open(Unfinished, SqliteOpenMode.ReadWrite);
        // One file, with nothing beside it in the end; the app sets its own mode when it starts.
        DatabaseFile.Read(_connection, "PRAGMA journal_mode = DELETE");
        await ExecuteAsync("PRAGMA foreign_keys = ON", cancellationToken);
        _transaction = _connection.BeginTransaction();
        await EmptyAsync(tables, cancellationToken);
    }

    /// <inheritdoc/>
    internal override string? FaultOf(object value) => value is double.NaN ? Texts.MoveNotANumber : null;

    /// <inheritdoc/>
    internal override async Task WriteAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var command = (SqliteCommand)Command($"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Index().Select(column => $"$p{column.Index}"))})");
        foreach (var index in Enumerable.Range(0, table.Columns.Count))
            command.Parameters.Add(new SqliteParameter($"$p{index}", null));
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            for (var index = 0; index < row.Length; index++)
                command.Parameters[index].Value = row[index] ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    internal override async Task<long> LastNumberAsync(MovedTable table, CancellationToken cancellationToken) =>
        (long)(await ScalarAsync($"SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0), coalesce((SELECT max(\"{table.Counter}\") FROM \"{table.Name}\"), 0))", cancellationToken))!;

    /// <inheritdoc/>
    internal override async Task SetLastNumberAsync(MovedTable table, long number, CancellationToken cancellationToken) => await ExecuteAsync(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"DELETE FROM sqlite_sequence WHERE name = '{table.Name}'; INSERT INTO sqlite_sequence (name, seq) VALUES ('{table.Name}', {number})"), cancellationToken);

    /// <inheritdoc/>
    internal override Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([.. (_keys.Count > 0 ? _keys.Select(Part) : KeyFiles(_keyFolder)).Select(ReadKey)]);

    /// <inheritdoc/>
    internal override async Task AddKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return;
        PrivateFiles.MakeFolder(_keyFolder);
        foreach (var key in keys)
        {
            var (element, path) = (XElement.Parse(key), Path.Combine(_keyFolder, $"moved-{Guid.NewGuid():N}.xml"));
            if (element.Attribute("id")?.Value is { } id && Guid.TryParse(id, out var named))
                path = Path.Combine(_keyFolder, $"{element.Name.LocalName}-{named}.xml");
            _keys.Add(path);
            // One that a killed move left may be longer.
            File.Delete(Part(path));
            PrivateFiles.Make(Part(path));
            await File.WriteAllTextAsync(Part(path), key, cancellationToken);
            DatabaseFile.Flush(Part(path));
        }
    }

    /// <inheritdoc/>
    internal override async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _transaction!.CommitAsync(cancellationToken);
        await CloseAsync();
        if (DatabaseFile.FaultOf(Unfinished) is { } fault)
            throw new DatabaseRefusedException(Texts.DatabaseDamaged.With(Unfinished, fault.Message));
        DatabaseFile.Flush(Unfinished);
        CheckFree(_path);
        // The file comes last: where it is, its keys are.
        foreach (var key in _keys)
        {
            File.Move(Part(key), key);
            _named.Add(key);
        }

        File.Move(Unfinished, _path);
        _named.Clear();
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var key in _keys.Select(Part).Concat(_named))
            File.Delete(key);
        if (!File.Exists(_path))
            RemoveUnfinished();
        if (_writer is not null)
            await _writer.DisposeAsync();
        await _own.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override DbCommand Command(string sql)
    {
        var command = _connection!.CreateCommand();
        // CA2100: made of names of the model.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _transaction;
        return command;
    }

    /// <summary>As bytes: the library ends a text at the character of code 0.</summary>
    protected override string ReadText(DbDataReader reader, int index) => StrictUtf8.GetString(reader.GetFieldValue<byte[]>(index));

    /// <summary>SQLite keeps any value in any column, and reads a text as the number 0.</summary>
    protected override bool IsStoredAs(Type type, DbDataReader reader, int index)
    {
        var stored = reader.GetFieldType(index);
        return type == typeof(bool) ? stored == typeof(long) && reader.GetInt64(index) is (0 or 1)
            : type == typeof(int) || type == typeof(long) ? stored == typeof(long)
            : type == typeof(double) ? stored == typeof(double) || stored == typeof(long)
            : type == typeof(byte[]) ? stored == typeof(byte[])
            : stored == typeof(string);
    }

    private async Task CloseAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }

    private static string Part(string path) => path + ".part";

    private void RemoveUnfinished()
    {
        File.Delete(Unfinished);
        foreach (var beside in Beside)
            File.Delete(Unfinished + beside);
    }

    /// <summary>Refuses a place with a database, or with what one has left there: SQLite would write that over the new one.</summary>
    private static void CheckFree(string path)
    {
        if (File.Exists(path))
            throw new DatabaseRefusedException(Texts.MoveFileThere.With(path));
        if (Array.Find(Beside, beside => File.Exists(path + beside)) is { } left)
            throw new DatabaseRefusedException(Texts.MoveRestThere.With(path + left, path));
    }

    private static List<string> KeyFiles(string folder) => Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal)] : [];

    private static string ReadKey(string path)
    {
        try
        {
            return XElement.Load(path).ToString(SaveOptions.DisableFormatting);
        }
        catch (XmlException exception)
        {
            throw new DatabaseRefusedException(Texts.MoveKeyUnreadable.With(path, exception.Message), exception);
        }
    }
}
