using Planner.Data;
using Planner.Data.Actuals;
using Planner.Data.Feeds;
using Planner.Data.Usage;
using Planner.Web;
using Planner.Web.Api;
using Planner.Web.Components.Share;
using Planner.Web.Hosting;
using Planner.Web.Jobs;
using Planner.Web.Reports;
using Planner.Web.Security;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.AddStartUp(args);
builder.Services.AddPlannerData(builder.Configuration.DatabasePath());
builder.Services.AddPriceFeeds(builder.Configuration);
builder.Services.AddUsage(builder.Configuration.UsageOptions());
builder.Services.AddUsageDatabases(builder.Configuration);
builder.Services.AddFleets(builder.Configuration);
builder.Services.AddPlannerJobs(builder.Configuration.DatabasePath());
builder.Services.AddFleetJob();
builder.Services.AddPriceWatch();
builder.Services.AddPlannerApi();
builder.Services.AddPlannerUi();
builder.Services.AddReports();
builder.Services.AddSharing();

await using var app = builder.Build();
app.UseLoopbackGuard();
app.UseSharing();
app.MapHealth();
app.MapPlannerApi();
app.MapPlannerUi();
return await app.ServeAsync();

public partial class Program;
