using System.Text;
using Microsoft.AspNetCore.Components.Forms;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>Scenario documents as files.</summary>
internal static class ScenarioFiles
{
    private const int MostKilobytes = 1_024;

    /// <summary>A file name for a scenario, without its ending.</summary>
    public static string NameOf(Scenario scenario)
    {
        var name = string.Concat(scenario.Name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
        var parts = name.Split('-', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? "scenario" : string.Join('-', parts)[..Math.Min(80, string.Join('-', parts).Length)];
    }

    /// <summary>Reads a document that the user chose. Faults of form are reported; ranges are left to the rules.</summary>
    public static async Task<(Scenario? Scenario, string? Problem)> ReadAsync(IBrowserFile file, CancellationToken cancellationToken)
    {
        if (file.Size > MostKilobytes * 1024)
        {
            return (null, Texts.ScenarioImportTooLarge.With(MostKilobytes));
        }

        try
        {
            await using var stream = file.OpenReadStream(MostKilobytes * 1024, cancellationToken);
            using var reader = new StreamReader(stream, new UTF8Encoding(false));
            return Read(await reader.ReadToEndAsync(cancellationToken));
        }
        catch (IOException)
        {
            return (null, Texts.ScenarioFileUnreadable);
        }
    }

    /// <summary>Reads a document; a fault names its field.</summary>
    public static (Scenario? Scenario, string? Problem) Read(string json)
    {
        var (scenario, problem) = ScenarioJson.Read(json);
        return scenario is not null
            ? (scenario, null)
            : (null, problem!.Path is "" or "schema" ? Texts.ScenarioImportRefused.With(problem.Message) : Texts.ScenarioImportFaults.With(problem.Path, problem.Message));
    }
}
