namespace Planner.Domain.Advice;

/// <summary>Which way a row of the scorecard leans: a kind of option, or neither.</summary>
public static class Leanings
{
    /// <summary>Towards a hosted API.</summary>
    public const string Api = Scenarios.OptionKinds.Api;

    /// <summary>Towards a fleet of one's own.</summary>
    public const string SelfHost = Scenarios.OptionKinds.SelfHost;

    /// <summary>Towards a mix.</summary>
    public const string Hybrid = Scenarios.OptionKinds.Hybrid;

    /// <summary>Nothing follows from it here.</summary>
    public const string Neither = "neither";
}

/// <summary>The rules of thumb for and against running models oneself, each beside what the scenario's own figures say.</summary>
/// <param name="OptionId">The option that is recommended: the verdict's; null where none can serve.</param>
/// <param name="Kind">Its kind; null likewise.</param>
/// <param name="Sentence">The recommendation in one sentence.</param>
/// <param name="Rows">The scorecard.</param>
/// <param name="For">Ids of the rows that lean the same way.</param>
/// <param name="Against">Ids of the rows that lean another way.</param>
/// <param name="Changes">What would change it, a sentence each; empty where nothing that was tried does.</param>
/// <param name="Path">Which option is cheapest from month to month.</param>
public sealed record Decision(
    string? OptionId, string? Kind, string Sentence, IReadOnlyList<DecisionRow> Rows, IReadOnlyList<string> For, IReadOnlyList<string> Against, IReadOnlyList<string> Changes, PhasedPath Path);

/// <summary>A rule of thumb and its answer.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="RuleOfThumb">What the source says, in a sentence.</param>
/// <param name="Source">Which source.</param>
/// <param name="Answer">What this scenario's figures say, or why they say nothing.</param>
/// <param name="Leans">One of <see cref="Leanings"/>; null where it cannot be answered.</param>
/// <param name="IsDecisive">True where it alone excludes the other kinds.</param>
public sealed record DecisionRow(string Id, string RuleOfThumb, string Source, string Answer, string? Leans, bool IsDecisive = false);

/// <summary>The cheapest option from month to month, as phases.</summary>
/// <param name="Sentence">The path in one sentence.</param>
/// <param name="Phases">Its phases in order; none where no option can serve.</param>
/// <param name="Switch">When the move that it ends in is worth most, a sentence; null where there is none.</param>
public sealed record PhasedPath(string Sentence, IReadOnlyList<Phase> Phases, string? Switch);

/// <summary>Months in which one option is cheapest.</summary>
/// <param name="FromMonth">First month, counted from 0.</param>
/// <param name="ToMonth">First month after it.</param>
/// <param name="From">First month as yyyy-MM; null without a start month.</param>
/// <param name="OptionId">The option; null where none can serve.</param>
public sealed record Phase(int FromMonth, int ToMonth, string? From, string? OptionId);
