using Planner.Web.Commands;
using Planner.Web.Hosting;

if (CommandLine.IsAsked(args))
    return await CommandLine.RunAsync(args, Console.Out, Console.Error);
await using var app = PlannerHost.Build(args);
return await app.ServeAsync();

public partial class Program;
