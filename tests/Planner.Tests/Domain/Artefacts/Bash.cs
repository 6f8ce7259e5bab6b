using System.Diagnostics;
using System.Text;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

/// <summary>The shell itself as the judge of what was written for it.</summary>
internal static class Bash
{
    /// <summary>The words of one command, as a shell splits them. Nothing of it is run but <c>printf</c>.</summary>
    public static IReadOnlyList<string> Words(string command)
    {
        var output = Run(["-c", "set -f; eval \"words=( $1 )\"; printf '%s\\0' \"${words[@]}\"", "bash", command]);
        return output.Split('\0')[..^1];
    }

    /// <summary>Fails where a script has a fault of syntax.</summary>
    public static void Check(string script) => Run(["-n", "-c", script]);

    private static string Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("bash", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = new UTF8Encoding(false) };
        using var bash = Process.Start(start)!;
        var faults = bash.StandardError.ReadToEndAsync();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, faults.Result);
        return output;
    }
}
