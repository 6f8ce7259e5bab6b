using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Domain;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Web.Api;

/// <summary>A question for plans, as a request or a file brings it.</summary>
/// <param name="Scenario">The scenario whose workload is to be served; the smallest that holds it where the workload stood alone.</param>
/// <param name="Constraints">What a plan must keep to.</param>
/// <param name="Tasks">The tasks of a portfolio; empty for none.</param>
internal sealed record SearchQuestion(Scenario Scenario, SearchConstraints Constraints, IReadOnlyList<SearchTask> Tasks)
{
    private string Prefix { get; init; } = "";

    /// <summary>Reads a question.</summary>
    /// <param name="json">A <see cref="SearchRequest"/> or a <see cref="TaskSearchRequest"/>.</param>
    public static (SearchQuestion? Question, IReadOnlyList<Problem> Problems) Read(string json)
    {
        var (form, problems) = JsonDocuments.Read<Form>(json);
        if (form is null)
            return (null, problems);
        var stands = form.Scenario.ValueKind == JsonValueKind.Undefined;
        if (stands && form.Workload.ValueKind != JsonValueKind.Object)
            return (null, [new Problem("workload", ApiTexts.Required)]);
        // A workload that stands alone is read as part of the smallest scenario that can hold it.
        var document = stands
            ? new JsonObject { ["name"] = "Search", ["hoursPerMonth"] = form.HoursPerMonth ?? new Scenario().HoursPerMonth, ["workload"] = JsonNode.Parse(form.Workload.GetRawText()), ["options"] = new JsonArray() }.ToJsonString()
            : form.Scenario.GetRawText();
        var prefix = stands ? "" : "scenario";
        var (scenario, faults) = JsonDocuments.ReadScenario(document, prefix);
        return scenario is null ? (null, faults) : (new SearchQuestion(scenario, form.Constraints ?? new SearchConstraints(), form.Tasks ?? []) { Prefix = prefix }, []);
    }

    /// <summary>Faults where they are in the question: those of the scenario below its place.</summary>
    public IReadOnlyList<Problem> Placed(IReadOnlyList<Problem> faults) =>
        [.. faults.SelectMany(fault => fault.Path.StartsWith("constraints", StringComparison.Ordinal) || fault.Path.StartsWith("tasks", StringComparison.Ordinal) ? [fault] : JsonDocuments.Below(Prefix, [fault]))];

    /// <summary>The question before its workload is read, so that the workload's faults are told like everywhere.</summary>
    private sealed record Form(JsonElement Workload, decimal? HoursPerMonth, JsonElement Scenario, SearchConstraints? Constraints, IReadOnlyList<SearchTask>? Tasks);
}
