var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.MapStaticAssets();
app.MapGet("/", () => "Planner");
app.Run();

public partial class Program;
