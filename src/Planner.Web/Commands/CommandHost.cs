using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Scenarios;
using Planner.Web.Api;
using Planner.Web.Hosting;

namespace Planner.Web.Commands;

/// <summary>The stores that a command uses, without the app around them.</summary>
internal sealed class CommandHost : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Indented = new(ScenarioJson.Options) { WriteIndented = true };

    private readonly ServiceProvider _services;
    private readonly string? _folder;

    private CommandHost(ServiceProvider services, string path, string? folder) => (_services, Path, _folder) = (services, path, folder);

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>True where the database is a passing one with the shipped catalog.</summary>
    public bool IsPassing => _folder is not null;

    /// <summary>True where the database is on a server: there is no file of it.</summary>
    public bool IsServer { get; private init; }

    /// <summary>Opens the database that was asked for, the app's own, or a passing one with the shipped catalog.</summary>
    /// <param name="asked">The file that the command line names; null for none.</param>
    /// <param name="isKept">True where the command stores something: then there is no passing one.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="CommandRefusedException">The file is not there, or of another program or version.</exception>
    public static async Task<CommandHost> OpenAsync(string? asked, bool isKept, CancellationToken cancellationToken)
    {
        var configuration = Settings();
        var path = System.IO.Path.GetFullPath(asked ?? configuration.DatabasePath());
        if (asked is null && ServerOf(configuration) is { } server)
        {
            var served = new CommandHost(Services(configuration, server, path), server.Name, null) { IsServer = true };
            try
            {
                await served.CheckAsync(cancellationToken);
                return served;
            }
            catch
            {
                await served.DisposeAsync();
                throw;
            }
        }

        var folder = File.Exists(path) ? null : Directory.CreateTempSubdirectory("planner-").FullName;
        if (folder is not null && (asked is not null || isKept))
        {
            Directory.Delete(folder);
            throw new CommandRefusedException(MoveCommand.IsServer(asked ?? "") ? CommandTexts.DatabaseNoFile : CommandTexts.NoDatabase.With(path));
        }

        var used = folder is null ? path : System.IO.Path.Combine(folder, "planner.db");
        var host = new CommandHost(Services(configuration, DatabaseSettings.File(used), used), used, folder);
        try
        {
            if (folder is null)
                await host.CheckAsync(cancellationToken);
            else
                await host.Get<DatabaseStartup>().PrepareAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Full path of the file that was asked for, or of the app's own.</summary>
    /// <exception cref="CommandRefusedException">The app's database is on a server.</exception>
    public static string FileOf(string? asked)
    {
        if (asked is not null)
            return System.IO.Path.GetFullPath(asked);
        var settings = Settings();
        return ServerOf(settings) is { } server ? throw new CommandRefusedException(CommandTexts.BackupsOfServer.With(server.Name)) : System.IO.Path.GetFullPath(settings.DatabasePath());
    }

    /// <summary>The settings that the app would have here, but for its own command line.</summary>
    /// <exception cref="CommandRefusedException">The folder of secrets cannot be read.</exception>
    public static IConfiguration Settings()
    {
        var builder = new ConfigurationBuilder().AddJsonFile(System.IO.Path.Combine(StartUp.PublishedRoot ?? Environment.CurrentDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables();
        return SecretFiles.AddTo(builder, builder.Build()) is { } fault ? throw new CommandRefusedException(fault) : builder.Build();
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Reads the document of a command.</summary>
    /// <param name="file">Its path; - for the standard input.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="CommandRefusedException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (file == "-")
                return await Console.In.ReadToEndAsync(cancellationToken);
            return new FileInfo(file).Length > JsonBody<Scenario>.MaxBytes
                ? throw new CommandRefusedException(ApiTexts.BodyTooLarge.With(JsonBody<Scenario>.MaxBytes))
                : await File.ReadAllTextAsync(file, new UTF8Encoding(false, throwOnInvalidBytes: true), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new CommandRefusedException($"{file}: {exception.Message}", exception);
        }
    }

    /// <summary>Takes a scenario of a file: read, priced from the catalog, checked.</summary>
    /// <exception cref="CommandRefusedException">It has faults.</exception>
    public async Task<CheckedScenario> TakeAsync(string json, CancellationToken cancellationToken)
    {
        var (scenario, problems) = JsonDocuments.ReadScenario(json);
        if (scenario is null)
            throw new CommandRefusedException(ExitCodes.Invalid, problems);
        var snapshot = await Get<CatalogStore>().SnapshotAsync(scenario, cancellationToken);
        return ScenarioRules.Check(scenario, snapshot) is { Count: > 0 } faults ? throw new CommandRefusedException(ExitCodes.Invalid, faults) : new CheckedScenario(scenario, snapshot);
    }

    /// <summary>An answer as JSON, in the form of the API.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Indented);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_folder is null)
            return;
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The app may be running on the same file, so nothing of a start-up is done here: a file that needs one is refused.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await Get<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(cancellationToken);
            var (known, applied) = (context.Database.GetMigrations().ToList(), (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList());
            if (!known.SequenceEqual(applied))
                throw new CommandRefusedException(CommandTexts.OtherVersion.With(Path));
        }
        catch (Exception exception) when (exception is SqliteException or NpgsqlException)
        {
            throw new CommandRefusedException($"{Path}: {exception.Message}", exception);
        }
    }

    /// <summary>The server that the app is configured for; null where it is a file.</summary>
    /// <exception cref="CommandRefusedException">The settings name no database.</exception>
    public static DatabaseSettings? ServerOf(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.Database();
            return settings.Provider == DatabaseProvider.PostgreSql ? settings : null;
        }
        catch (StartRefusedException exception)
        {
            throw new CommandRefusedException(exception.Message, exception);
        }
    }

    private static ServiceProvider Services(IConfiguration configuration, DatabaseSettings database, string path)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(configuration);
        services.AddPlannerData(database);
        services.AddSingleton(configuration.BackupOptions());
        services.AddSingleton(new CurrentReach(Reach.All with { By = Actor.CommandLine }));
        services.AddUsage(configuration.UsageOptions() with { Folder = configuration["Usage:Folder"] is { Length: > 0 } folder ? System.IO.Path.GetFullPath(folder) : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "usage") });
        return services.BuildServiceProvider();
    }
}
