using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>What the token levers change in each option's month.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Names">The levers that are on, in the order in which they act.</param>
/// <param name="Options">One stack an option; empty where a stored answer is not redrawn.</param>
/// <param name="Notes">Why an amount is not known.</param>
public sealed record LeversView(string Title, IReadOnlyList<string> Names, IReadOnlyList<LeverStack> Options, IReadOnlyList<string> Notes)
{
    /// <summary>The stacks of a scenario; null where no lever is on.</summary>
    /// <param name="scenario">The scenario that was evaluated.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    /// <param name="options">The options in the scenario's order.</param>
    /// <param name="sound">True where the scenario has no fault under today's rules.</param>
    /// <param name="older">Why a stored answer is not redrawn; null where it is.</param>
    public static LeversView? From(Scenario scenario, CatalogSnapshot catalog, IReadOnlyList<OptionView> options, bool sound, string? older)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        if (scenario.Workload.Levers?.On is not { Count: > 0 } on)
        {
            return null;
        }

        if (older is not null || !sound)
        {
            return new LeversView(AnswerTexts.LeversTitle, [], [], older is null ? [] : [older]);
        }

        var names = on.Select(LeverIds.NameOf).ToList();
        var byId = options.ToDictionary(option => option.Id);
        var stacks = Engine.Levers(scenario, catalog).Select(waterfall => new LeverStack(
            byId[waterfall.OptionId], waterfall.BaseMonthlyUsd, [.. waterfall.Steps.Select(step => new LeverBar(LeverIds.NameOf(step.LeverId), step.DeltaMonthlyUsd))], waterfall.EndMonthlyUsd)
        {
            // Where several steps are unknown the last reason is that of the workload as it is; the others differ in figures only.
            Reason = waterfall.EndReason ?? waterfall.Steps.LastOrDefault(step => step.Reason is not null)?.Reason ?? waterfall.BaseReason,
        }).ToList();
        return new LeversView(TitleOf(stacks), names, stacks, [.. stacks.Where(stack => stack.Reason is not null).Select(stack => $"{stack.Option.Name}: {stack.Reason}")]);
    }

    private static string TitleOf(List<LeverStack> stacks)
    {
        var known = stacks.Where(stack => stack.ChangeUsd is not null).ToList();
        if ((known.Find(stack => stack.Option.IsCheapest) ?? known.MinBy(stack => stack.EndUsd)) is not { ChangeUsd: { } change } stack)
        {
            return Texts.LeversUnknown;
        }

        if (change == 0)
        {
            return Texts.LeversNothing.With(stack.Option.Name);
        }

        var strongest = stack.Steps.Where(step => step.DeltaUsd is not null).MinBy(step => change < 0 ? step.DeltaUsd : -step.DeltaUsd)!;
        return (change < 0 ? Texts.LeversSave : Texts.LeversCost).With(Format.MoneyHeadline(Math.Abs(change), stack.Option.Currency), stack.Option.Name, WithinSentence.Of(strongest.Name));
    }
}

/// <summary>An option's month without levers, what each changes, and its month with all of them.</summary>
/// <param name="Option">The option.</param>
/// <param name="BaseUsd">Its month without levers; null where that is unknown.</param>
/// <param name="Steps">The changes in the order in which the levers act.</param>
/// <param name="EndUsd">Its month with all levers; null where that is unknown.</param>
public sealed record LeverStack(OptionView Option, decimal? BaseUsd, IReadOnlyList<LeverBar> Steps, decimal? EndUsd)
{
    /// <summary>What all levers change together; null where an end is unknown.</summary>
    public decimal? ChangeUsd => EndUsd - BaseUsd;

    /// <summary>Why amounts are unknown; null where all are known.</summary>
    public string? Reason { get; init; }

    /// <summary>What the levers do to the option's month, where all amounts are known.</summary>
    public string Title => ChangeUsd is not { } change || change == 0
        ? Texts.LeversNothing.With(Option.Name)
        : (change < 0 ? Texts.LeverStackSaves : Texts.LeverStackCosts).With(Option.Name, Format.MoneyHeadline(Math.Abs(change), Option.Currency), Format.MoneyHeadline(EndUsd, Option.Currency));

    /// <summary>Its month without levers where all amounts are known, USD.</summary>
    public double StartUsd => (double)(BaseUsd ?? 0);

    /// <summary>The changes where all amounts are known.</summary>
    public IReadOnlyList<WaterfallStep> Bars => [.. Steps.Select(step => new WaterfallStep(step.Name, (double)(step.DeltaUsd ?? 0)))];
}

/// <summary>What one lever changes.</summary>
/// <param name="Name">The lever.</param>
/// <param name="DeltaUsd">Change of the month, negative where it saves; null where it is unknown.</param>
public sealed record LeverBar(string Name, decimal? DeltaUsd);
