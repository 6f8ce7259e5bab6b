using System.Text.Json.Nodes;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;
using Planner.Tests.Domain.Scenarios;

namespace Planner.Tests.Domain.Uncertainty;

/// <summary>Scenarios whose samples can be worked out by hand.</summary>
internal static class Simulations
{
    /// <summary>An API at $0.00075 a request, and two instances at $7,200 a month that carry any volume here. They cost the same at 9.6 M requests.</summary>
    public static Scenario ApiOrFleet { get; } = Documents.Chat(Documents.Api(), Fleet()) with { Ranges = [Volume(0, 10_000_000, 20_000_000)] };

    public static SelfHostOption Fleet(decimal tokensPerSecond = 5_000) => Documents.Fleet() with
    {
        InstanceUsdPerHour = 5,
        Throughput = new Throughput { Kind = "stated", TokensPerSecond = tokensPerSecond, Basis = "total" },
    };

    public static InputRange Volume(decimal low, decimal likely, decimal high) => Range("workload.requestsPerMonth", low, likely, high);

    public static InputRange Range(string path, decimal low, decimal likely, decimal high) => new() { Path = path, Low = low, Likely = likely, High = high };

    public static Outlook Month(this Simulation simulation) => simulation.Outlooks.Single(outlook => outlook.Metric == OutlookMetrics.Month);

    public static OptionOutlook Month(this Simulation simulation, string id) => simulation.Month().Options.Single(option => option.Id == id);

    /// <summary>The document with a number written into its text, as a user would.</summary>
    public static Scenario With(Scenario scenario, string path, decimal value)
    {
        var root = JsonNode.Parse(ScenarioJson.Write(scenario))!;
        var steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var node = steps[..^1].Aggregate(root, (found, step) => int.TryParse(step, out var place) ? found[place]! : found[step]!);
        if (int.TryParse(steps[^1], out var last))
            node[last] = value;
        else
            node[steps[^1]] = value;
        return ScenarioJson.Read(root.ToJsonString()).Scenario!;
    }
}
