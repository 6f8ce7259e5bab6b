using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Planner.Data;

/// <summary>The migrations of one kind of database: those in the namespace with its name. The same context has a set for each.</summary>
internal abstract class ProviderMigrations : IMigrationsAssembly
{
    private readonly string _namespace;

    private ProviderMigrations(DatabaseProvider provider)
    {
        _namespace = $".{provider}";
        Migrations = Of<Migration>().Where(type => type.GetCustomAttribute<MigrationAttribute>() is not null)
            .OrderBy(type => type.GetCustomAttribute<MigrationAttribute>()!.Id, StringComparer.Ordinal).ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id);
        ModelSnapshot = Of<ModelSnapshot>().Select(type => (ModelSnapshot)Activator.CreateInstance(type)!).SingleOrDefault();
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; }

    /// <inheritdoc/>
    public ModelSnapshot? ModelSnapshot { get; }

    /// <inheritdoc/>
    public Assembly Assembly => typeof(PlannerDbContext).Assembly;

    /// <inheritdoc/>
    public string? FindMigrationId(string nameOrId) =>
        Migrations.Keys.FirstOrDefault(id => id.Equals(nameOrId, StringComparison.OrdinalIgnoreCase) || id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..].Equals(nameOrId, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass)!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }

    private IEnumerable<TypeInfo> Of<T>() => Assembly.DefinedTypes.Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract && type.Namespace!.EndsWith(_namespace, StringComparison.Ordinal));

    internal sealed class OfSqlite() : ProviderMigrations(DatabaseProvider.Sqlite);

    internal sealed class OfPostgreSql() : ProviderMigrations(DatabaseProvider.PostgreSql);
}

internal static class MigrationsByProvider
{
    /// <summary>Refuses a database that a later version of the program wrote.</summary>
    /// <param name="known">Migrations that this program knows.</param>
    /// <param name="applied">Migrations of the database.</param>
    /// <param name="name">What a person calls the database.</param>
    /// <exception cref="DatabaseRefusedException">It has one that is not known.</exception>
    internal static void RefuseNewer(this IReadOnlyCollection<string> known, IEnumerable<string> applied, string name)
    {
        if (applied.LastOrDefault(migration => !known.Contains(migration)) is { } newer)
            throw new DatabaseRefusedException(Texts.DatabaseNewer.With(name, newer));
    }

    internal static DbContextOptionsBuilder UseMigrationsOf(this DbContextOptionsBuilder options, DatabaseProvider provider) => provider == DatabaseProvider.Sqlite
        ? options.ReplaceService<IMigrationsAssembly, ProviderMigrations.OfSqlite>()
        : options.ReplaceService<IMigrationsAssembly, ProviderMigrations.OfPostgreSql>();
}
