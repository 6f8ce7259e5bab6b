using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Planner.Data;
using Planner.Data.Moves;

namespace Planner.Tests.Data.Moves;

/// <summary>A file with rows in every table of the model, by what the model says of it: a new table has rows as well.</summary>
internal static class EveryRow
{
    /// <summary>Rows of each table: the first has a value wherever one may be, the second has none, the third what is hard to keep.</summary>
    private const int Rows = 3;

    private static readonly string[] Texts = ["plain", "", "Żółć 漢字 🦆 \"quoted\" 'twice' \\ \r\n\t; NULL \u001f \uffff"];
    private static readonly double[] Doubles = [0.1, 0, -1.7976931348623157E+308];
    private static readonly string[] Times = ["2026-11-21 01:02:03.123456", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999"];

    /// <summary>Makes the file by the migrations, and fills it.</summary>
    internal static async Task<IReadOnlyList<MovedTable>> MakeAsync(string path)
    {
        await using var context = PlannerDbContext.AtDesignTime(DatabaseSettings.File(path));
        await context.Database.MigrateAsync();
        var tables = MovedTable.All(context);
        var model = context.Model.GetRelationalModel().Tables.ToDictionary(table => table.Name);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        await ExecuteAsync(connection, "DELETE FROM Workspaces");
        foreach (var table in tables)
        {
            for (var row = 0; row < Rows; row++)
                await InsertAsync(connection, table, model[table.Name], row);
            // Numbers that were given and are gone.
            if (table.Counter is not null)
                await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE sqlite_sequence SET seq = {100 + tables.Index().Single(one => one.Item == table).Index} WHERE name = '{table.Name}'"));
        }

        await transaction.CommitAsync();
        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        return tables;
    }

    private static async Task InsertAsync(SqliteConnection connection, MovedTable table, ITable model, int row)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Index().Select(column => $"$p{column.Index}"))})";
        var pointing = model.ForeignKeyConstraints.SelectMany(points => points.Columns).Select(column => column.Name).ToHashSet();
        var unique = model.UniqueConstraints.SelectMany(one => one.Columns).Concat(model.Indexes.Where(index => index.IsUnique).SelectMany(index => index.Columns)).Select(column => column.Name).ToHashSet();
        foreach (var (index, column) in table.Columns.Index())
        {
            var isNull = row == 1 && model.FindColumn(column.Name)!.IsNullable;
            command.Parameters.Add(new SqliteParameter($"$p{index}", isNull ? DBNull.Value : Value(column.Type, pointing.Contains(column.Name) || unique.Contains(column.Name), row)));
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Where rows are told apart or point at others: the n-th of all tables is named alike, so that what points at it is right.</summary>
    private static object Value(Type type, bool isName, int row) =>
        type == typeof(string) ? isName ? $"k{row} é" : Texts[row]
        : type == typeof(long) ? isName || row == 0 ? row + 1L : row == 1 ? 0 : long.MinValue
        : type == typeof(int) ? isName || row == 0 ? row + 1 : row == 1 ? 0 : int.MaxValue
        : type == typeof(double) ? Doubles[row]
        : type == typeof(bool) ? row == 0
        : type == typeof(byte[]) ? row == 1 ? Array.Empty<byte>() : new byte[] { 0, 1, 255 }
        : type == typeof(DateTime) ? Times[row]
        : type == typeof(DateOnly) ? Times[row][..10]
        : throw new InvalidOperationException($"No value of the type {type}.");

    internal static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
