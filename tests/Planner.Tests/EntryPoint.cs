using Planner.Tests.Data.Faults;
using Planner.Tests.Data.Feeds;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Planner.Tests;

/// <summary>Runs the tests, or what a test wants done in a process of its own.</summary>
internal static class EntryPoint
{
    private static async Task<int> Main(string[] args) => args switch
    {
        [ImportProcess.Command, var database, var file] => await ImportProcess.RunAsync(database, file),
        [WriterProcess.Command, var database] => await WriterProcess.RunAsync(database),
        _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") => await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => await ConsoleRunner.Run(args),
    };
}
