using Planner;
using Planner.Web.Commands;
using Planner.Web.Hosting;

Language.StoredByDefault();
if (CommandLine.IsAsked(args))
    return await CommandLine.RunAsync(args, Console.Out, Console.Error);
try
{
    await using var app = PlannerHost.Build(args);
    return await app.ServeAsync();
}
catch (StartRefusedException exception)
{
    await Console.Error.WriteLineAsync($"Planner: {exception.Message}");
    return 1;
}

public partial class Program;
