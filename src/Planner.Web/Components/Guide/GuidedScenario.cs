using System.Globalization;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Plans;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Guide;

/// <summary>A scenario made of answers: the same document, catalog and plan search that the editor has.</summary>
/// <param name="Scenario">The document, nothing of it saved.</param>
/// <param name="Missing">What could not be found, in a sentence; null where all was.</param>
internal sealed record GuidedScenario(Scenario Scenario, string? Missing)
{
    /// <summary>Makes the scenario; a search for a fleet takes a moment.</summary>
    public static async Task<GuidedScenario> BeginAsync(GuideAnswers answers, CatalogStore catalog, ExampleStore examples, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var task = GuideTask.Of(answers.Task);
        var sheet = await SheetAsync(answers, catalog, cancellationToken);
        var scenario = OptionEdits.Blank(now) with
        {
            Name = task.Name,
            Notes = answers.BudgetUsd is { } budget ? GuideTexts.NoteBudget.With(budget.ToString("N0", CultureInfo.CurrentCulture)) : "",
            Workload = answers.Workload(examples),
            Horizon = new Horizon { Months = (int)(answers.Months ?? new Horizon().Months) },
        };
        if (sheet is not null)
        {
            // Work that can wait goes at batch prices only where the seller has them.
            var waits = task.CanWait && sheet.Prices is { BatchInputUsdPerM: not null, BatchOutputUsdPerM: not null };
            scenario = scenario with
            {
                Options = [new ApiOption { Id = "api", Name = sheet.Name, PriceKey = sheet.Key }],
                BaselineOptionId = "api",
                Workload = scenario.Workload with { BatchShare = waits ? 1 : 0 },
            };
        }

        var (found, missing) = answers.ApiOnly ? (scenario, null) : await AddFleetAsync(scenario, answers, sheet, catalog, cancellationToken);
        return new GuidedScenario(found with { Evidence = [.. Notes(found, answers, task, examples)] }, sheet is null ? GuideTexts.NoApi : missing);
    }

    /// <summary>Today's price sheet: the one that was chosen, else the task's first that the catalog has; null where it has none.</summary>
    public static async Task<PriceSheet?> SheetAsync(GuideAnswers answers, CatalogStore catalog, CancellationToken cancellationToken)
    {
        foreach (var key in answers.Price is { } chosen ? [chosen] : GuideTask.Of(answers.Task).Prices)
        {
            if (await catalog.Prices.FindAsync(key, cancellationToken) is { State.Retired: false } entry)
                return entry.Sheet;
        }

        return null;
    }

    /// <summary>Key of the model to run: the one that was chosen, else the open model that the sheet sells, else one of a usual size.</summary>
    /// <returns>The key, and whether the sheet sells it.</returns>
    public static (string Key, bool Sold) ModelOf(GuideAnswers answers, PriceSheet? sheet, IEnumerable<LanguageModel> models) =>
        answers.Model is { } chosen ? (chosen, false)
        : sheet is not null && PlanStart.SoldModel(sheet, new CatalogSnapshot { Models = models.ToDictionary(model => model.Key) }) is { } sold ? (sold.Key, true)
        : (GuideTask.Of(answers.Task).Model, false);

    /// <summary>Whether the cheapest option keeps a budget, as the answer stands.</summary>
    public static string BudgetInWords(decimal budget, Result result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Options.FirstOrDefault(option => option.Id == result.Verdict.CheapestOptionId)?.OngoingMonthlyUsd is not { } month ? GuideTexts.BudgetUnknown.With(Format.Money(budget))
            : month <= budget ? GuideTexts.BudgetKept.With(Format.Money(month), Format.Money(budget))
            : GuideTexts.BudgetBroken.With(Format.Money(month), Format.Money(month - budget), Format.Money(budget));
    }

    private static async Task<(Scenario Scenario, string? Missing)> AddFleetAsync(Scenario scenario, GuideAnswers answers, PriceSheet? sheet, CatalogStore catalog, CancellationToken cancellationToken)
    {
        var rows = await catalog.WholeAsync(cancellationToken);
        var (model, _) = ModelOf(answers, sheet, rows.Models.Values);
        // The budget excludes nothing here: the cheapest fleet is shown, and whether it keeps the budget is said beside it.
        var asked = new SearchConstraints { Kinds = [OptionKinds.SelfHost], Models = [model], Instances = answers.Instance is { } machine ? [machine] : [], Top = 1 };
        if (SearchRules.Check(scenario, asked, rows) is [var fault, ..])
            return (scenario, GuideTexts.NotFound.With(fault.Message));
        var found = await Task.Run(() => Telemetry.Time(Telemetry.Searches, () => PlanSearch.Run(scenario, asked, rows, cancellationToken: cancellationToken)), cancellationToken);
        return found.Plans is [var plan, ..] ? (OptionEdits.AddPlan(scenario, [plan.Options[^1] with { Name = GuideTexts.FleetName.With(rows.Models[model].Name) }]), null) : (scenario, GuideTexts.NotFound.With(found.Sentence));
    }

    /// <summary>Where the defaults come from, as notes on their inputs.</summary>
    private static IEnumerable<Evidence> Notes(Scenario scenario, GuideAnswers answers, GuideTask task, ExampleStore examples)
    {
        var example = task.ExampleOf(examples);
        var lengths = example is null ? GuideTexts.NotePeak.With(task.Name) : GuideTexts.NoteExample.With(task.Name, example.Name);
        if (answers.Volume is null)
            yield return new Evidence { Path = "workload.requestsPerMonth", Note = GuideTexts.NoteVolume };
        if (answers.InputTokens is null)
            yield return new Evidence { Path = "workload.inputTokens", Note = lengths };
        if (answers.OutputTokens is null)
            yield return new Evidence { Path = "workload.outputTokens", Note = lengths };
        if (answers.PeakToMean is null && scenario.Workload.Shape.Kind == ShapeKinds.Peak)
            yield return new Evidence { Path = "workload.shape.peakToMean", Note = GuideTexts.NotePeak.With(task.Name) };
        if (answers.TtftMs is null && scenario.Workload.Slo.TtftMs is not null)
            yield return new Evidence { Path = "workload.slo.ttftMs", Note = lengths };
        if (scenario.Workload.BatchShare > 0)
            yield return new Evidence { Path = "workload.batchShare", Note = GuideTexts.NoteBatch };
        var fleet = scenario.Options.ToList().FindIndex(option => option is SelfHostOption);
        if (answers.Model is null && fleet >= 0 && ((SelfHostOption)scenario.Options[fleet]).Model == task.Model)
            yield return new Evidence { Path = string.Create(CultureInfo.InvariantCulture, $"options[{fleet}].model"), Note = GuideTexts.NoteModel.With(task.Name) };
    }
}
