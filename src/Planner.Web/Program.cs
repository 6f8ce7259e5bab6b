using Planner.Web;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddPlannerUi();

var app = builder.Build();
app.MapPlannerUi();
app.Run();

public partial class Program;
