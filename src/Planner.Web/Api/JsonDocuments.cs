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
        // Stored documents of earlier versions say so for none; a request leaves it out.
        if (scenario is { StartMonth: "" } && SaysStartMonth(json))
            problem = new Problem("startMonth", Domain.Texts.StartMonthForm);
        return problem is null ? (scenario, []) : (null, Below(prefix, [problem]));
    }

    /// <summary>Reads a body of any other form.</summary>
    public static (T? Value, IReadOnlyList<Problem> Problems) Read<T>(string json) where T : class
    {
        var (value, problem) = Guarded(json, () => JsonSerializer.Deserialize<T>(json, ScenarioJson.Options) is { } read
            ? (read, null)
            : ((T?)null, new Problem("", Domain.Texts.DocumentNotObject)));
        return problem is null ? (value, []) : (null, [problem with { Message = problem.Message == Domain.Texts.ValueNotReadable ? ExpectedAt<T>(problem.Path) : problem.Message }]);
    }

    /// <summary>Reads a body whose members decide what is let out of the house: one that is not known, such as a misspelt one, is a fault.</summary>
    public static (T? Value, IReadOnlyList<Problem> Problems) ReadStrictly<T>(string json) where T : class
    {
        var (value, problems) = Read<T>(json);
        if (value is null)
            return (null, problems);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ScenarioJson.Options.MaxDepth });
        var known = ScenarioJson.Options.GetTypeInfo(typeof(T)).Properties.Select(property => property.Name).ToList();
        var unknown = document.RootElement.EnumerateObject().Select(member => member.Name).Where(name => !known.Contains(name)).ToList();
        return unknown.Count == 0 ? (value, []) : (null, [.. unknown.Select(name => new Problem(name, ApiTexts.MemberUnknown.With(string.Join(", ", known))))]);
    }

    /// <summary>Faults with the path of the document that they are in put before theirs.</summary>
    public static IReadOnlyList<Problem> Below(string prefix, IReadOnlyList<Problem> problems) =>
        prefix.Length == 0 ? problems : [.. problems.Select(problem => problem with { Path = problem.Path.Length == 0 ? prefix : $"{prefix}.{problem.Path}" })];

    /// <summary>What a member of the body's own must be; the serializer does not tell.</summary>
    private static string ExpectedAt<T>(string path)
    {
        var type = ScenarioJson.Options.GetTypeInfo(typeof(T)).Properties.FirstOrDefault(property => property.Name == path)?.PropertyType;
        return (type is null ? null : Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var expected when expected == typeof(DateTime) => ApiTexts.ValueNoTime,
            var expected when expected == typeof(int) => ApiTexts.ValueNotWhole,
            _ => Domain.Texts.ValueNotReadable,
        };
    }

    private static bool SaysStartMonth(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ScenarioJson.Options.MaxDepth });
        return document.RootElement.TryGetProperty("startMonth", out _);
    }

    private static (T? Value, Problem? Problem) Guarded<T>(string json, Func<(T?, Problem?)> read)
    {
        if (JsonSyntax.ProblemOf(Encoding.UTF8.GetBytes(json)) is { } problem)
            return (default, problem);
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            return (default, ScenarioJson.ToProblem(exception));
        }
        catch (InvalidOperationException)
        {
            // Escapes such as \ud800 alone: half of a character.
            return (default, new Problem("", ApiTexts.BodyUnreadable));
        }
    }
}
