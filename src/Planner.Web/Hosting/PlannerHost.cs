using Planner.Data;
using Planner.Data.Actuals;
using Planner.Data.Feeds;
using Planner.Data.Usage;
using Planner.Web.Accounts;
using Planner.Web.Api;
using Planner.Web.Components.Share;
using Planner.Web.Jobs;
using Planner.Web.Reports;
using Planner.Web.Security;

namespace Planner.Web.Hosting;

/// <summary>Puts the app together.</summary>
internal static class PlannerHost
{
    /// <summary>The app, ready to be served.</summary>
    /// <param name="args">Arguments of the program.</param>
    /// <exception cref="StartRefusedException">The settings cannot be read, or name no database.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = StartUp.PublishedRoot });
        builder.WebHost.UseStaticWebAssets();
        // The database may be named there.
        if (SecretFiles.AddTo(builder.Configuration, builder.Configuration) is { } fault)
            throw new StartRefusedException(fault);
        builder.AddStartUp(args);
        builder.AddObservability();
        var database = builder.Configuration.Database();
        builder.Services.AddPlannerData(database);
        var accounts = AccountsOptions.From(builder.Configuration, builder.Configuration.DatabasePath());
        builder.Services.AddAccounts(accounts);
        if (database.Provider == DatabaseProvider.PostgreSql)
            builder.Services.AddSharedKeys();
        builder.Services.AddRequestLimits(builder.Configuration, accounts);
        builder.Services.AddPriceFeeds(builder.Configuration);
        builder.Services.AddUsage(builder.Configuration.UsageOptions());
        builder.Services.AddUsageDatabases(builder.Configuration);
        builder.Services.AddFleets(builder.Configuration);
        builder.Services.AddPlannerJobs(database);
        builder.Services.AddFleetJob();
        builder.Services.AddReportJob();
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            builder.Services.AddSingleton(builder.Configuration.BackupOptions());
            builder.Services.AddBackupJob();
        }

        builder.Services.AddPriceWatch();
        builder.Services.AddLanguages();
        builder.Services.AddPlannerApi();
        builder.Services.AddPlannerUi();
        builder.Services.AddReports(builder.Configuration);
        builder.Services.AddSharing();

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseRefusalLog();
        app.UseLanguages();
        app.UseAccounts();
        app.UseSharing();
        app.UseLoopbackGuard();
        app.MapHealth();
        app.MapPlannerApi();
        app.MapPlannerUi();
        return app;
    }
}
