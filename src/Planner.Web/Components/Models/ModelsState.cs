using Planner.Web.Components.Catalog;

namespace Planner.Web.Components.Models;

/// <summary>What the page shows: which of its two lists, and what was searched. It is the page's address.</summary>
public sealed record ModelsState
{
    public const string Path = "/models";

    /// <summary>True for the list of GPUs, false for models.</summary>
    public bool Gpus { get; init; }

    /// <summary>Words that must all occur in the name, the key or the kind; null for all rows.</summary>
    public string? Search { get; init; }

    public static ModelsState Read(Uri address)
    {
        var query = new QueryText(address);
        return new() { Gpus = query.Text("tab") == "gpus", Search = query.Text("q") };
    }

    public string Write() => QueryText.Write(Path, ("tab", Gpus ? "gpus" : null), ("q", Search));

    /// <summary>True where every word occurs in one of the texts.</summary>
    public bool Matches(params string[] texts) =>
        (Search ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
            .All(word => texts.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
