using System.Text;
using System.Text.Json;
using Planner.Domain;
using Planner.Domain.Scenarios;

namespace Planner.Web.Api;

/// <summary>Reads documents that a request brings, and names the field of what it cannot read.</summary>
public static class JsonDocuments
{
    /// <summary>Reads a scenario. Its ranges are not checked yet.</summary>
    /// <param name="json">The document.</param>
    /// <param name="prefix">Path of the document in the request's body; empty where it is the body.</param>
    public static (Scenario? Scenario, IReadOnlyList<Problem> Problems) ReadScenario(string json, string prefix = "")
    {
        var (scenario, problem) = Guarded(json, () => ScenarioJson.Read(json));
        if (problem is { Path: "" })
            problem = SyntaxProblem<Scenario>(json) ?? problem;
        if (problem is not null)
            return (null, Below(prefix, [problem]));
        return NullEntries(scenario!).ToList() is { Count: > 0 } missing ? (null, Below(prefix, missing)) : (scenario, []);
    }

    /// <summary>Reads a body of any other form.</summary>
    public static (T? Value, IReadOnlyList<Problem> Problems) Read<T>(string json) where T : class
    {
        var (value, problem) = Guarded(json, () => JsonSerializer.Deserialize<T>(json, ScenarioJson.Options) is { } read
            ? (read, null)
            : ((T?)null, new Problem("", Domain.Texts.DocumentNotObject)));
        return problem is null ? (value, []) : (null, [problem]);
    }

    /// <summary>Faults with the path of the document that they are in put before theirs.</summary>
    public static IReadOnlyList<Problem> Below(string prefix, IReadOnlyList<Problem> problems) =>
        prefix.Length == 0 ? problems : [.. problems.Select(problem => problem with { Path = problem.Path.Length == 0 ? prefix : $"{prefix}.{problem.Path}" })];

    private static (T? Value, Problem? Problem) Guarded<T>(string json, Func<(T?, Problem?)> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            return (default, ToProblem(json, exception));
        }
        catch (InvalidOperationException)
        {
            // Escapes such as \ud800 alone: half of a character.
            return (default, new Problem("", ApiTexts.BodyUnreadable));
        }
    }

    /// <summary>A second look at text that is not JSON: the serializer knows at which field it stopped.</summary>
    private static Problem? SyntaxProblem<T>(string json)
    {
        try
        {
            JsonSerializer.Deserialize<T>(json, ScenarioJson.Options);
            return null;
        }
        catch (JsonException exception)
        {
            return ToProblem(json, exception);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Problem ToProblem(string json, JsonException exception)
    {
        var problem = ScenarioJson.ToProblem(exception);
        // A reader's exception inside means that the text stops being JSON here, not that a value has the wrong type.
        if (exception.InnerException is not JsonException)
            return problem;
        var line = (exception.LineNumber ?? 0) + 1;
        return problem with { Message = Wording.Say(StopsAtNotANumber(json, exception) ? ApiTexts.NotANumber : Domain.Texts.NotJson, line) };
    }

    private static bool StopsAtNotANumber(string json, JsonException exception)
    {
        var line = json.Split('\n').ElementAtOrDefault((int)(exception.LineNumber ?? 0)) ?? "";
        var bytes = Encoding.UTF8.GetBytes(line);
        var rest = bytes.AsSpan((int)Math.Min(exception.BytePositionInLine ?? 0, bytes.Length)).TrimStart((byte)'-');
        return rest.StartsWith("NaN"u8) || rest.StartsWith("Infinity"u8);
    }

    /// <summary>Lists may not hold null; the serializer lets it pass.</summary>
    private static IEnumerable<Problem> NullEntries(Scenario scenario)
    {
        foreach (var problem in NullEntries("options", scenario.Options).Concat(NullEntries("ranges", scenario.Ranges)).Concat(NullEntries("workload.requirements.regions", scenario.Workload.Requirements.Regions)))
            yield return problem;
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            var path = $"options[{i}]";
            var problems = scenario.Options[i] switch
            {
                ApiOption { Price: { } price } => NullEntries($"{path}.price.tiers", price.Tiers),
                SelfHostOption fleet => NullEntries($"{path}.purchase", fleet.Purchase)
                    .Concat(NullEntries($"{path}.extras", fleet.Extras)).Concat(NullEntries($"{path}.oneOff", fleet.OneOff)),
                _ => [],
            };
            foreach (var problem in problems)
                yield return problem;
        }
    }

    /// <summary>Faults of a list that holds null.</summary>
    public static IEnumerable<Problem> NullEntries<T>(string path, IReadOnlyList<T> list) where T : class =>
        list.Select((entry, i) => (Entry: (T?)entry, Index: i)).Where(found => found.Entry is null).Select(found => new Problem($"{path}[{found.Index}]", ApiTexts.EntryMissing));
}
