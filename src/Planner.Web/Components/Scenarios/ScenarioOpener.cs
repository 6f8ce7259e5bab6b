using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Actuals;
using Planner.Web.Components.Guide;
using Planner.Web.Components.Usage;

namespace Planner.Web.Components.Scenarios;

/// <summary>What the address asks to open.</summary>
/// <param name="Id">The stored scenario; null for a new one.</param>
/// <param name="ExampleId">The worked example to begin with; null for none.</param>
public sealed record ScenarioAddress(string? Id, string? ExampleId)
{
    /// <summary>What a new user has answered; null where nobody was asked.</summary>
    public string? Answers { get; init; }

    /// <summary>The measured workload whose inputs are set, unsaved; null for none.</summary>
    public long? UsageId { get; init; }

    /// <summary>Time zone of its hours of the week; null for UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Price sheets that a new scenario of it compares.</summary>
    public IReadOnlyList<string> PriceKeys { get; init; } = [];

    /// <summary>The option whose actual figures asked for a change; null for none.</summary>
    public string? ActualsOption { get; init; }

    /// <summary>The change that is set, unsaved; null for none.</summary>
    public string? ActualsChange { get; init; }

    /// <summary>What a draft of it is kept under.</summary>
    public string DraftKey => Id ?? (ExampleId is not null ? $"example-{ExampleId}" : UsageId is { } usage ? $"usage-{usage}" : Answers is { } answers ? $"guide-{answers}" : "new");
}

/// <summary>A scenario as it was opened.</summary>
/// <param name="Session">The scenario.</param>
/// <param name="Measured">What of it was set as measured, in words; null for nothing.</param>
/// <param name="Guided">The answers that it was made of, and what could not be found for them; null where nobody was asked.</param>
public sealed record OpenedScenario(ScenarioSession Session, string? Measured = null, (GuideAnswers Answers, string? Missing)? Guided = null);

/// <summary>Opens what an address asks for: a stored scenario, with what was measured set in it, or a new one of a worked example, a measured workload, answers, or nothing.</summary>
public sealed class ScenarioOpener(ScenarioStore scenarios, CatalogStore catalog, ExampleStore examples, UsageStore usageSets, ActualsDesk actuals, TimeProvider clock)
{
    /// <summary>Opens it; null where there is no such thing.</summary>
    /// <exception cref="InvalidDataException">The stored scenario cannot be read.</exception>
    public async Task<OpenedScenario?> OpenAsync(ScenarioAddress address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Id is not null)
            return await ScenarioSession.OpenAsync(scenarios, catalog, clock, address.Id, cancellationToken) is { } session
                ? new(session, address.UsageId is { } set ? await SetUsageAsync(session, set, address.Zone, cancellationToken) : await SetActualsAsync(session, address, cancellationToken))
                : null;

        if (address.ExampleId is not null)
            return examples.Find(address.ExampleId)?.Scenario is { } example ? new(await BeginAsync(example, cancellationToken)) : null;
        if (address.UsageId is { } usage)
            return await BeginWithUsageAsync(usage, address, cancellationToken);
        if (address.Answers is not { } text)
            return new(await BeginAsync(OptionEdits.Blank(clock.GetUtcNow()), cancellationToken));
        var answers = GuideAnswers.Read(text);
        var begun = await GuidedScenario.BeginAsync(answers, catalog, examples, clock.GetUtcNow(), cancellationToken);
        return new(await BeginAsync(begun.Scenario, cancellationToken), Guided: (answers, begun.Missing));
    }

    private Task<ScenarioSession> BeginAsync(Scenario scenario, CancellationToken cancellationToken) => ScenarioSession.BeginAsync(scenarios, catalog, clock, scenario, cancellationToken);

    private async Task<OpenedScenario?> BeginWithUsageAsync(long usageId, ScenarioAddress address, CancellationToken cancellationToken)
    {
        if (await usageSets.FindAsync(usageId, cancellationToken) is not { Profile: { } profile } set)
            return null;
        var sheets = new List<PriceSheet>();
        foreach (var key in address.PriceKeys.Distinct().Take(ScenarioRules.MostOptions))
        {
            if (await catalog.Prices.FindAsync(key, cancellationToken) is { } entry)
                sheets.Add(entry.Sheet);
        }

        var begun = UsageScenarios.Begin(set, profile, sheets, UsageScenarios.ZoneOf(address.Zone), clock.GetUtcNow());
        return new(await BeginAsync(begun.Scenario, cancellationToken), InWords(Texts.UsageBegun, set, begun));
    }

    /// <summary>Sets what a measured workload tells in a stored scenario; it can be undone, and nothing of it is saved.</summary>
    private async Task<string?> SetUsageAsync(ScenarioSession session, long usageId, string? zone, CancellationToken cancellationToken)
    {
        if (await usageSets.FindAsync(usageId, cancellationToken) is not { Profile: { } profile } set)
            return Texts.UsageNotFound;

        var measured = MeasuredScenario.Of(session.Editor.Draft, profile, set.Name, UsageScenarios.ZoneOf(zone));
        if (ScenarioJson.Write(measured.Scenario) == ScenarioJson.Write(session.Editor.Draft))
            return null;
        await session.ReplaceAsync(measured.Scenario, cancellationToken);
        return InWords(Texts.UsageSet, set, measured);
    }

    /// <summary>Sets the measured inputs and a change that saves; it can be undone, and nothing of it is saved.</summary>
    private async Task<string?> SetActualsAsync(ScenarioSession session, ScenarioAddress address, CancellationToken cancellationToken)
    {
        if (address is not { ActualsOption: { } option, ActualsChange: { } changeId })
            return null;
        if (await actuals.ChangeAsync(session.Id!, option, changeId, cancellationToken) is not { } change)
            return Texts.ActualsChangeGone;

        await session.ReplaceAsync(change.Scenario, cancellationToken);
        return Texts.ActualsChangeSet.With(change.Sentence);
    }

    private static string InWords(string text, UsageSet set, MeasuredScenario measured) =>
        string.Join(" ", measured.Unknown.Prepend(text.With(set.Name, measured.Inputs.Count(input => input.Changes))));
}
