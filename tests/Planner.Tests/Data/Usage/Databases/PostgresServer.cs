using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using Xunit;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>A PostgreSQL of the tests' own, on this machine's loopback and in a folder that goes with it. It starts with the first test that asks for it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    internal const string Password = "a-secret-of-the-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-postgres-").FullName;
    private string _programs = "";

    internal int Port { get; } = ServerProcess.FreePort();

    /// <summary>How its owner, or somebody else, connects to a database.</summary>
    internal string ConnectionString(string database = "postgres", string user = "owner", string? password = Password, int? port = null) =>
        $"Host=127.0.0.1;Port={port ?? Port};Database={database};Username={user};Password={password}";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _programs = Programs().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) ?? "";
        if (_programs.Length == 0)
            throw new InvalidOperationException("These tests need PostgreSQL's server: install it (Debian: apt-get install postgresql), or run ./test.sh, which does.");
        var secret = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(secret, Password);
        if (IsRoot)
            await ServerProcess.RunAsync("/", "chown", "-R", "postgres", _folder);
        await RunAsync("initdb", "-D", Data, "-U", "owner", "--auth=scram-sha-256", $"--pwfile={secret}", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        var options = $"-c listen_addresses=127.0.0.1 -p {Port} -k {_folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c max_wal_size=4GB -c max_connections=300";
        await RunAsync("pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o", options);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await RunAsync("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs statements as the owner.</summary>
    internal async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Gives what a query gives.</summary>
    internal async Task<T> ScalarAsync<T>(string sql, string database = "postgres")
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    internal async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Where the server's programs may be: where Debian has them, the latest release first, then where all others are.</summary>
    private static IEnumerable<string> Programs()
    {
        const string Debian = "/usr/lib/postgresql";
        var releases = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return releases.OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var release) ? release : 0).Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
    }

    private string Data => Path.Combine(_folder, "data");

    private static bool IsRoot => GetEffectiveUserId() == 0;

    /// <summary>The server refuses to run as root.</summary>
    private Task RunAsync(string program, params string[] arguments) => IsRoot
        ? ServerProcess.RunAsync(_folder, "runuser", ["-u", "postgres", "--", Path.Combine(_programs, program), .. arguments])
        : ServerProcess.RunAsync(_folder, Path.Combine(_programs, program), arguments);

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint GetEffectiveUserId();
}

/// <summary>Tests that ask the same PostgreSQL, one after the other.</summary>
[CollectionDefinition(nameof(PostgresTests))]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>;
