using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Planner.Data.Moves;

/// <summary>A column as both kinds of databases have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its values, once they are read.</param>
internal sealed record MovedColumn(string Name, Type Type);

/// <summary>A table as both kinds of databases have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">By their names, so that they stand alike in both.</param>
/// <param name="Key">Names of the columns that tell its rows apart.</param>
/// <param name="Counter">The column that the database numbers by itself; null for none.</param>
internal sealed record MovedTable(string Name, IReadOnlyList<MovedColumn> Columns, IReadOnlyList<string> Key, string? Counter)
{
    /// <summary>Types that are read, written and summed up alike.</summary>
    internal static readonly IReadOnlyList<Type> Types = [typeof(string), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(byte[]), typeof(DateTime), typeof(DateOnly)];

    /// <summary>A part of a statement that names the columns.</summary>
    internal string ColumnList => string.Join(", ", Columns.Select(column => $"\"{column.Name}\""));

    /// <summary>A part of a statement that names the columns of the key.</summary>
    internal string KeyList => string.Join(", ", Key.Select(name => $"\"{name}\""));

    /// <summary>How a person finds a row.</summary>
    internal string KeyOf(object?[] row) => string.Join(", ", Columns.Index().Where(column => Key.Contains(column.Item.Name)).Select(column => $"{column.Item.Name} {row[column.Index]}"));

    /// <summary>All tables of the model, each after those that its rows point at.</summary>
    internal static IReadOnlyList<MovedTable> All(DbContext context)
    {
        var left = context.Model.GetRelationalModel().Tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<ITable>();
        while (left.Count > 0)
        {
            var free = left.Where(table => table.ForeignKeyConstraints.All(points => points.PrincipalTable == table || ordered.Contains(points.PrincipalTable))).ToList();
            if (free.Count == 0)
                throw new InvalidOperationException($"These tables point at each other in a circle: {string.Join(", ", left.Select(table => table.Name))}.");
            ordered.AddRange(free);
            left.RemoveAll(free.Contains);
        }

        return [.. ordered.Select(Of)];
    }

    private static MovedTable Of(ITable table) => new(
        table.Name,
        [.. table.Columns.OrderBy(column => column.Name, StringComparer.Ordinal).Select(column => new MovedColumn(column.Name, TypeOf(column)))],
        [.. table.PrimaryKey!.Columns.Select(column => column.Name)],
        table.PrimaryKey.Columns is [var only] && TypeOf(only) == typeof(long) && only.PropertyMappings.Any(mapping => mapping.Property.ValueGenerated == ValueGenerated.OnAdd) ? only.Name : null);

    private static Type TypeOf(IColumn column)
    {
        var type = Nullable.GetUnderlyingType(column.ProviderClrType) ?? column.ProviderClrType;
        return Types.Contains(type) ? type : throw new InvalidOperationException($"{column.Table.Name}.{column.Name} is of the type {type}, which is not moved.");
    }
}
