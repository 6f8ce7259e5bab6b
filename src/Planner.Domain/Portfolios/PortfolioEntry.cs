using Planner.Domain.Finance;
using Planner.Domain.Planning;

namespace Planner.Domain.Portfolios;

/// <summary>A stored answer that a portfolio adds up.</summary>
/// <param name="Id">The scenario's id.</param>
/// <param name="Name">The scenario's name.</param>
/// <param name="Result">The answer as it was stored.</param>
/// <param name="OptionId">The option that counts; null for the cheapest of the verdict.</param>
public sealed record PortfolioEntry(string Id, string Name, Result Result, string? OptionId)
{
    /// <summary>First day of the scenario's start month; null where none is set.</summary>
    public DateOnly? Start { get; init; }

    /// <summary>The months of the same version; null where <see cref="HorizonReason"/> says why.</summary>
    public HorizonResult? Horizon { get; init; }

    /// <summary>Why there are no months, a sentence; null where there are.</summary>
    public string? HorizonReason { get; init; }

    /// <summary>The option that counts; null where the answer has none.</summary>
    public OptionResult? Chosen => (OptionId ?? Result.Verdict.CheapestOptionId) is { } id ? Result.Options.FirstOrDefault(option => option.Id == id) : null;

    /// <summary>The months of the option that counts; null where they are not known.</summary>
    internal OptionHorizon? ChosenHorizon => Chosen is { } chosen ? Horizon?.Options.FirstOrDefault(option => option.Id == chosen.Id) : null;
}
