using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Planner.Data;

/// <summary>Kinds of databases that everything may be stored in.</summary>
public enum DatabaseProvider
{
    /// <summary>A file beside the program, for one process.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, for several.</summary>
    PostgreSql,
}

/// <summary>Where everything is stored: the section <c>Database</c> of the configuration.</summary>
public sealed record DatabaseSettings
{
    private DatabaseSettings(DatabaseProvider provider, string connectionString, string name) => (Provider, ConnectionString, Name) = (provider, connectionString, name);

    /// <summary>The kind of database.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>How it is connected to, with its password: never to be shown or logged.</summary>
    public string ConnectionString { get; }

    /// <summary>What a person calls it: the full path of a file, or the server's host, port and database.</summary>
    public string Name { get; }

    /// <summary>A file.</summary>
    /// <param name="path">Its path; a relative one follows the working directory at this moment.</param>
    public static DatabaseSettings File(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        return new(DatabaseProvider.Sqlite, new SqliteConnectionStringBuilder { DataSource = full }.ToString(), full);
    }

    /// <summary>A database of a PostgreSQL server.</summary>
    /// <param name="connectionString">As Npgsql reads it. Where it has no password Npgsql looks into the file that <c>PGPASSFILE</c> names.</param>
    /// <exception cref="DatabaseRefusedException">The connection string is missing or cannot be read.</exception>
    public static DatabaseSettings Server(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            throw new DatabaseRefusedException(Texts.DatabaseNoServer);
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // Not the message of the exception: it may quote the password.
            throw new DatabaseRefusedException(Texts.DatabaseServerUnreadable, exception);
        }

        if (string.IsNullOrWhiteSpace(parts.Host) || string.IsNullOrWhiteSpace(parts.Database))
            throw new DatabaseRefusedException(Texts.DatabaseNoServer);
        parts.ApplicationName ??= "Planner";
        return new(DatabaseProvider.PostgreSql, parts.ToString(), $"{parts.Host}:{parts.Port}/{parts.Database}");
    }

    /// <summary>Reads them.</summary>
    /// <param name="configuration">All of it.</param>
    /// <param name="path">The file where SQLite is asked for, which nothing asked for means too.</param>
    /// <exception cref="DatabaseRefusedException">They name no database. The message is one line for the person who starts the program.</exception>
    public static DatabaseSettings From(IConfiguration configuration, string path)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Database");
        var asked = section["Provider"] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : nameof(DatabaseProvider.Sqlite);
        if (asked.Equals(nameof(DatabaseProvider.Sqlite), StringComparison.OrdinalIgnoreCase))
            return File(path);
        return asked.Equals(nameof(DatabaseProvider.PostgreSql), StringComparison.OrdinalIgnoreCase)
            ? Server(section["ConnectionString"])
            : throw new DatabaseRefusedException(Texts.DatabaseProviderUnknown.With(asked));
    }

    /// <summary>The migrations of its kind that this program knows, the first one first; the database is not asked.</summary>
    public IReadOnlyList<string> KnownMigrations()
    {
        using var context = PlannerDbContext.AtDesignTime(this);
        return [.. context.Database.GetMigrations()];
    }

    /// <summary>Opens a connection to the server of its own, outside of the pool: what a session holds there ends with it.</summary>
    /// <param name="patienceSeconds">How long to wait for the server and for what it is asked; null for as long as the connection string says.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<NpgsqlConnection> OpenAloneAsync(int? patienceSeconds, CancellationToken cancellationToken)
    {
        var parts = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        // The server's own wait for a turn ends before the command's.
        if (patienceSeconds is { } seconds)
            (parts.Timeout, parts.CommandTimeout) = (seconds, seconds * 2);
        var connection = new NpgsqlConnection(parts.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has a context use the database, with this provider's own migrations.</summary>
    internal DbContextOptionsBuilder Use(DbContextOptionsBuilder options)
    {
        var assembly = typeof(PlannerDbContext).Assembly.GetName().Name;
        _ = Provider == DatabaseProvider.Sqlite
            ? options.UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly(assembly))
            : options.UseNpgsql(ConnectionString, server => server.MigrationsAssembly(assembly));
        return options.UseMigrationsOf(Provider);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
