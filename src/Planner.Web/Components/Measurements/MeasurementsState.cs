using Planner.Web.Components.Shared;


namespace Planner.Web.Components.Measurements;

/// <summary>What was searched on the page. It is the page's address.</summary>
public sealed record MeasurementsState
{
    /// <summary>Words that must all occur in a deployment or in the name of a file; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>The words of <see cref="Search"/>.</summary>
    public IReadOnlyList<string> Words => (Search ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);

    public static MeasurementsState Read(Uri address) => new() { Search = new QueryText(address).Text("q") };

    public string Write() => QueryText.Write("/measurements", ("q", Search));
}
