namespace Planner.Domain.Costs;

/// <summary>Why an option cannot serve, or has no known cost.</summary>
/// <param name="RuleId">The rule whose check tells it (<see cref="Advice.RuleCatalogue"/>).</param>
/// <param name="Text">A sentence.</param>
internal readonly record struct Reason(string RuleId, string Text)
{
    /// <summary>The rule of reasons that have none of their own.</summary>
    public const string Other = "cannot-serve";

    /// <summary>A reason of a mix' part, as one of the mix.</summary>
    public static Reason Of(OptionCost part, string text) => new(Other, Texts.PartOfMix.With(part.Name, text));
}
