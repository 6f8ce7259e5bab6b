using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Usage;
using Planner.Web.Accounts;
using Planner.Web.Reports.Scheduled;
using Planner.Web.Security;

namespace Planner.Web.Hosting;

/// <summary>Starts and ends the process. What a person can mend ends it with one line on the error output, not with a stack trace.</summary>
public static class StartUp
{
    private const int Refused = 1;

    /// <summary>Folder of the program where it was published, which has its pages' files and its settings whatever folder it is started in; null in a checkout, where they are in the working directory.</summary>
    public static string? PublishedRoot { get; } = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;

    /// <summary>Decides where to listen: the command line, then the environment, then the settings file, then <see cref="ListenAddresses.Default"/>.</summary>
    public static WebApplicationBuilder AddStartUp(this WebApplicationBuilder builder, string[] args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // The framework reads ASPNETCORE_URLS before appsettings.json, so the file would win over what was asked for this start.
        var asked = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build();
        builder.WebHost.UseUrls(ListenAddresses.Urls(builder.Configuration, asked));
        builder.Services.AddSingleton(ListenAddresses.From(builder.Configuration, asked));

        // Docker kills after ten seconds.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var phase = new StartPhase();
        builder.Services.AddSingleton(phase);
        // While starting, these log what ServeAsync is about to say in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => phase.Over && level >= LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => (phase.Over || level < LogLevel.Error) && level >= LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", level => (phase.Over || level < LogLevel.Error) && level >= LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", level => (phase.Over || level < LogLevel.Error) && level >= LogLevel.Warning);
        return builder;
    }

    /// <summary>Path of the database as configured in <c>Database:Path</c>; a relative one follows the working directory.</summary>
    public static string DatabasePath(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration["Database:Path"] is { } path && !string.IsNullOrWhiteSpace(path) ? path : "planner.db";
    }

    /// <summary>Where everything is stored.</summary>
    /// <exception cref="StartRefusedException">The settings name no database.</exception>
    public static DatabaseSettings Database(this IConfiguration configuration)
    {
        try
        {
            return DatabaseSettings.From(configuration, configuration.DatabasePath());
        }
        catch (DatabaseRefusedException exception)
        {
            throw new StartRefusedException(exception.Message, exception);
        }
    }

    /// <summary>Prepares the database, then serves until the process is asked to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> ServeAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        try
        {
            await app.BeginAsync();
        }
        catch (StartRefusedException exception)
        {
            await Console.Error.WriteLineAsync($"Planner: {exception.Message}");
            // What had started already, the scheduler's threads above all, would keep the process alive.
            await app.StopAsync();
            return Refused;
        }

        app.Services.GetRequiredService<StartPhase>().Over = true;
        try
        {
            await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException)
        {
            // Pages that did not end in time, such as those that wait for their browser, end with the process. What is stored is stored.
        }

        return 0;
    }

    /// <summary>Prepares the database and begins to serve.</summary>
    /// <exception cref="StartRefusedException">It cannot, as it was asked to.</exception>
    public static async Task BeginAsync(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var accounts = app.Services.GetRequiredService<AccountsOptions>();
        if ((accounts.Fault ?? app.Services.GetRequiredService<PageLimits>().Fault ?? (accounts.Enabled ? null : app.Services.GetRequiredService<ListenAddresses>().Fault)) is { } fault)
            throw new StartRefusedException(fault);
        CheckOptions(app);
        PrepareReports(app.Services.GetRequiredService<DeliveryOptions>());
        await PrepareDatabaseAsync(app);
        try
        {
            await app.StartAsync();
        }
        catch (Exception exception) when (exception.InnerException is AddressInUseException || exception is AddressInUseException)
        {
            throw new StartRefusedException(HostTexts.PortInUse.With(Asked(app)), exception);
        }
        catch (Exception exception) when (exception is SocketException || IsOfServer(exception))
        {
            throw new StartRefusedException(HostTexts.CannotListen.With(Asked(app), FirstLine(exception)), exception);
        }

        // Code and configuration have more ways to name an address than were looked at above.
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (accounts.Enabled)
        {
            if (accounts.ProxyAddresses.Count == 0 && ListenAddresses.InTheClear(bound) is { } plain)
                await Console.Error.WriteLineAsync(AccountTexts.PlainHttp.With(plain));
            await OfferSetupAsync(app);
            return;
        }

        if (bound.Select(ListenAddresses.FaultOf).FirstOrDefault(found => found is not null) is { } open)
            throw new StartRefusedException(open);
    }

    /// <summary>Says on the console, and nowhere else, how to make the first Admin.</summary>
    private static async Task OfferSetupAsync(WebApplication app)
    {
        if (!await app.Services.GetRequiredService<AccountStore>().IsSetUpAsync())
            await Console.Out.WriteLineAsync(AccountTexts.SetupLine.With(app.Services.GetRequiredService<SetupCode>().Text));
    }

    private static string Asked(WebApplication app) => string.Join(", ", app.Services.GetRequiredService<ListenAddresses>().Configured);

    /// <summary>Options that validate themselves would do so while the app starts, and end it with a stack trace.</summary>
    private static void CheckOptions(WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
        }
        // What cannot be bound names the setting, in the message of the exception or of the one inside.
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            throw new StartRefusedException(FirstLine(exception), exception);
        }
    }

    private static void PrepareReports(DeliveryOptions delivery)
    {
        if (delivery.Fault is { } fault)
            throw new StartRefusedException(fault);
        if (delivery.Folder is not { } folder)
            return;
        try
        {
            ReportFolder.Prepare(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(DeliveryTexts.FolderUnusable.With(folder, exception.Message), exception);
        }
    }

    private static async Task PrepareDatabaseAsync(WebApplication app)
    {
        var database = app.Services.GetRequiredService<DatabaseSettings>();
        using var _ = app.Services.GetRequiredService<CurrentReach>().AsProgram();
        try
        {
            if (database.Provider == DatabaseProvider.Sqlite)
            {
                TryToWrite(Path.GetDirectoryName(database.Name)!);
                AccountsServices.PrepareKeys(app.Services.GetRequiredService<AccountsOptions>());
            }

            var startup = app.Services.GetRequiredService<DatabaseStartup>();
            await startup.PrepareAsync();
            if (database.Provider == DatabaseProvider.PostgreSql)
                await startup.InTurnAsync(() => SharedKeysServices.MakeFirst(app.Services));
            await app.Services.GetRequiredService<UsageSweep>().SweepAsync();
        }
        catch (Exception exception) when (exception is DatabaseRefusedException or DatabaseBusyException)
        {
            throw new StartRefusedException(exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException || StorageFault.Of(exception) is not null)
        {
            throw new StartRefusedException(HostTexts.DatabaseUnusable.With(database.Name, ReasonOf(exception)), exception);
        }
    }

    /// <summary>Finds out at once what would otherwise look like a database that another process holds.</summary>
    private static void TryToWrite(string folder)
    {
        Directory.CreateDirectory(folder);
        var probe = Path.Combine(folder, $".planner-{Guid.NewGuid():N}");
        using var _ = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    private static bool IsOfServer(Exception exception) =>
        exception.Source?.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true;

    /// <summary>What SQLite and EF Core say of a disk is nothing for a person; what the system says of a file names it.</summary>
    private static string ReasonOf(Exception exception) =>
        StorageFault.Of(exception) is not null and not StorageFaultKind.ReadOnly ? StorageFault.SentenceOf(exception)! : FirstLine(exception.GetBaseException());

    private static string FirstLine(Exception exception) => exception.Message.Split('\n', 2)[0].Trim();

    private sealed class StartPhase
    {
        public bool Over { get; set; }
    }
}
