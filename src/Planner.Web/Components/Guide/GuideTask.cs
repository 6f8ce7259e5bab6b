using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Guide;

/// <summary>A kind of task, with what is usual for it where nobody has said otherwise.</summary>
/// <param name="Id">Its word in an address.</param>
/// <param name="ExampleId">Worked example whose lengths and target it takes; null where it has rules of thumb of its own.</param>
/// <param name="PeakToMean">Load of the busiest hour ÷ that of a mean open hour, a rule of thumb.</param>
/// <param name="Prices">Keys of price sheets to begin with, the first that the catalog still has.</param>
/// <param name="Model">Key of an open model of a usual size for it.</param>
public sealed record GuideTask(string Id, string? ExampleId, decimal PeakToMean, IReadOnlyList<string> Prices, string Model)
{
    /// <summary>Requests a month to begin with: an example, not a rule.</summary>
    public const decimal SomeRequests = 1_000_000;

    /// <summary>Users to begin with, where volume is counted by user.</summary>
    public const decimal SomeUsers = 100;

    public static IReadOnlyList<GuideTask> All { get; } =
    [
        new("chat", "high-volume-chat", 2, ["openai:gpt-5-mini", "openai:gpt-4o-mini"], "llama-3.3-70b"),
        new("rag", "support-assistant", 2, ["openai:gpt-5-mini", "openai:gpt-4o-mini"], "llama-3.3-70b"),
        new("classification", "daily-classifier", 1.5m, ["openai:gpt-5-nano", "openai:gpt-4o-mini"], "llama-3.1-8b"),
        new("embeddings", "document-embeddings", 1, ["openai:text-embedding-3-small", "openai:text-embedding-3-large"], "bge-m3"),
        new("code", "internal-code-generation", 3, ["openai:gpt-5", "openai:gpt-4o"], "qwen3-32b"),
        new("extraction", null, 1, ["openai:gpt-5-mini", "openai:gpt-4o-mini"], "llama-3.1-8b") { CanWait = true },
    ];

    /// <summary>True where requests can wait for batch prices.</summary>
    public bool CanWait { get; private init; }

    /// <summary>What it is called.</summary>
    public string Name => Id switch
    {
        "rag" => GuideTexts.TaskRag,
        "classification" => GuideTexts.TaskClassification,
        "embeddings" => GuideTexts.TaskEmbeddings,
        "code" => GuideTexts.TaskCode,
        "extraction" => GuideTexts.TaskExtraction,
        _ => GuideTexts.TaskChat,
    };

    /// <summary>Mode of the price sheets that serve it.</summary>
    public string Mode => Id == "embeddings" ? "embedding" : "chat";

    /// <summary>A task by its word; the first where there is none of that word.</summary>
    public static GuideTask Of(string? id) => All.FirstOrDefault(task => task.Id == id) ?? All[0];

    /// <summary>The worked example that its lengths come from; null where they are a rule of thumb.</summary>
    public Scenario? ExampleOf(ExampleStore examples) => ExampleId is null ? null : examples.Find(ExampleId)?.Scenario;

    /// <summary>Lengths of a request and its target, without a volume.</summary>
    public Workload Usual(ExampleStore examples) => ExampleOf(examples)?.Workload is { } known
        ? new Workload { InputTokens = known.InputTokens, OutputTokens = known.OutputTokens, Slo = new ServiceLevel { TtftMs = known.Slo.TtftMs } }
        : new Workload { InputTokens = 3_000, OutputTokens = 300 };
}
