using System.CommandLine;
using System.Text.Json;
using Planner.Data.Stores;
using Planner.Domain.Search;
using Planner.Web.Api;

namespace Planner.Web.Commands;

/// <summary><c>planner search</c>: the cheapest plans for a workload over the whole catalog.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("question") { Description = "A scenario document, or a body of POST /api/v1/search (workload or scenario, constraints), or - for the standard input.", HelpName = "FILE" };
        var top = CommandOptions.Whole("--top", "Plans to list, 1 to 100; 20 by default.", 1, 100);
        var (database, json) = (CommandOptions.Database(), CommandOptions.Json());
        var command = new Command("search", "Finds the cheapest ways to serve a workload over the whole catalog.") { file, top, json, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await CommandHost.OpenAsync(parsed.GetValue(database), isKept: false, cancellationToken);
            var question = Take(await CommandHost.ReadAsync(parsed.GetValue(file)!, cancellationToken));
            var constraints = parsed.GetValue(top) is { } count ? question.Constraints with { Top = count } : question.Constraints;
            var catalog = await host.Get<CatalogStore>().WholeAsync(cancellationToken);
            if (SearchRules.Check(question.Scenario, constraints, catalog) is { Count: > 0 } faults)
                throw new CommandRefusedException(ExitCodes.Invalid, question.Placed(faults));
            var found = PlanSearch.Run(question.Scenario, constraints, catalog, null, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            await (parsed.GetValue(json) ? output.WriteLineAsync(CommandHost.Json(found)) : WriteAsync(found, output));
            return found.Plans.Count > 0 ? ExitCodes.Done : ExitCodes.LimitMissed;
        });
        return command;
    }

    /// <summary>A scenario by itself is a question too: that for its workload.</summary>
    private static SearchQuestion Take(string json)
    {
        var (question, problems) = SearchQuestion.Read(IsScenario(json) ? $"{{ \"scenario\": {json} }}" : json);
        return question ?? throw new CommandRefusedException(ExitCodes.Invalid, problems);
    }

    private static bool IsScenario(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out _);
        }
        catch (JsonException)
        {
            // The reader says what is wrong and where.
            return false;
        }
    }

    private static async Task WriteAsync(SearchResult found, TextWriter output)
    {
        await output.WriteLineAsync(found.Sentence);
        await output.WriteLineAsync();
        await TextTable.WriteAsync(
            output, ["Plan", "Kind", "Ongoing month", "First month", "TTFT, s", "Time per token, s"],
            found.Plans.Select(plan => (IReadOnlyList<string>)
                [plan.Result.Name, plan.Result.Kind, TextTable.Usd(plan.Result.OngoingMonthlyUsd), TextTable.Usd(plan.Result.FirstMonthUsd), Seconds(plan.TtftSeconds), Seconds(plan.TpotSeconds)]),
            numbersFrom: 2);
    }

    private static string Seconds(double? seconds) => seconds?.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown";
}
