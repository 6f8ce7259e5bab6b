using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;

namespace Planner.Web.Components.Share;

/// <summary>What came of the reader's figures.</summary>
/// <param name="Scenario">The scenario with them.</param>
/// <param name="Answer">Its answer.</param>
public sealed record WhatIfAnswer(Scenario Scenario, AnswerModel Answer);

/// <summary>What the shared answer would be with other figures, by the same engine and from the catalog rows stored with the version. Pure: nothing is kept, and today's catalog is not asked.</summary>
public static class WhatIf
{
    private const string Requests = "workload.requestsPerMonth";
    private const string InputTokens = "workload.inputTokens";
    private const string OutputTokens = "workload.outputTokens";

    /// <summary>How many inputs are offered beside those two.</summary>
    private const int Others = 3;

    private const double SpanOfRequests = 100;
    private const double SpanOfOthers = 4;

    /// <summary>What may be moved: requests, output tokens, and those inputs that move the difference between the cheapest option and the next the most.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static IReadOnlyList<WhatIfInput> InputsOf(Scenario scenario, CatalogSnapshot catalog, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var targets = RangeTargets.All(scenario, catalog).Where(target => target.Value > 0).ToList();
        var compared = Engine.Evaluate(scenario, catalog).Options.Where(option => option.OngoingMonthlyUsd is not null)
            .OrderByDescending(option => option.Feasible).ThenBy(option => option.OngoingMonthlyUsd).Select(option => option.Id).Take(2).ToList();
        var weighty = targets.Where(IsAsked).Select(target => InputOf(scenario, target)).Select(input => (Input: input, Weight: Weight(scenario, catalog, input, compared, cancellationToken)))
            .Where(found => found.Weight > 0).OrderByDescending(found => found.Weight).Take(Others).Select(found => found.Input);
        return [.. targets.Where(target => target.Path is Requests or OutputTokens).Select(target => InputOf(scenario, target)), .. weighty];
    }

    /// <summary>Answers with the reader's figures.</summary>
    /// <param name="scenario">The shared scenario.</param>
    /// <param name="catalog">The catalog rows stored with it.</param>
    /// <param name="moved">Values by path.</param>
    /// <returns>The answer, or why there is none.</returns>
    public static (WhatIfAnswer? Answer, string? Problem) Ask(Scenario scenario, CatalogSnapshot catalog, IReadOnlyDictionary<string, decimal> moved)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(moved);
        var asked = With(scenario, catalog, moved);
        return ScenarioRules.Check(asked, catalog) is [var fault, ..]
            ? (null, Texts.FaultOf.With(InputField.NameOf(asked, fault.Path), InputField.FaultInWords(asked, fault)))
            : (new WhatIfAnswer(asked, AnswerModel.From(asked, catalog, Engine.Evaluate(asked, catalog))), null);
    }

    /// <summary>Conventions are left out, such as the hours of a month: what they move, prices and volume move as well. So is how a replica is laid out over GPUs, which is decided and not doubted.</summary>
    private static bool IsAsked(RangeTarget target) =>
        target.Path is not (Requests or OutputTokens or "hoursPerMonth" or "baselineMonthlyUsd") && !target.Path.StartsWith("horizon.", StringComparison.Ordinal)
        && !target.Path.StartsWith("workload.volume.", StringComparison.Ordinal) && !target.Path.EndsWith("Parallel", StringComparison.Ordinal)
        && !target.Path.EndsWith(".tokenFactor", StringComparison.Ordinal);

    private static Scenario With(Scenario scenario, CatalogSnapshot catalog, IReadOnlyDictionary<string, decimal> moved)
    {
        // How the volume was typed no longer matters.
        var asked = scenario with { Workload = scenario.Workload.At(scenario.Workload.RequestsPerMonth) };
        foreach (var (path, value) in moved)
        {
            asked = asked with { Options = [.. asked.Options.Select((option, i) => path.StartsWith($"options[{i}].price.", StringComparison.Ordinal) && option is ApiOption api ? api.WithOwnPrice(catalog) : option)] };
            if (path is InputTokens or OutputTokens)
                asked = asked with { Options = [.. asked.Options.Select(option => WithRoutes(option, path, value, scenario.Workload))] };
            asked = DocumentPath.With(asked, path, value).Scenario ?? asked;
        }

        return RangeFollow.Follow(scenario, asked, catalog);
    }

    /// <summary>Lengths of a mix' tasks keep their proportion to the workload's.</summary>
    private static Option WithRoutes(Option option, string path, decimal value, Workload shared) => option switch
    {
        HybridOption mix when path == InputTokens && shared.InputTokens > 0 =>
            mix with { Routes = [.. mix.Routes.Select(route => route with { InputTokens = route.InputTokens * value / shared.InputTokens })] },
        HybridOption mix when path == OutputTokens && shared.OutputTokens > 0 =>
            mix with { Routes = [.. mix.Routes.Select(route => route with { OutputTokens = route.OutputTokens * value / shared.OutputTokens })] },
        _ => option,
    };

    private static WhatIfInput InputOf(Scenario scenario, RangeTarget target)
    {
        var field = InputField.At(scenario, target.Path);
        return new WhatIfInput(
            target.Path, InputField.NameOf(scenario, target.Path), field?.Unit, field?.Percent ?? false, DocumentPath.With(scenario, target.Path, 0.5m).Problem is not null, target.Value,
            target.Path == Requests ? SpanOfRequests : SpanOfOthers);
    }

    /// <summary>How far a fifth more or less moves the difference of the two options, or the month of the only one, USD.</summary>
    private static decimal Weight(Scenario scenario, CatalogSnapshot catalog, WhatIfInput input, List<string> compared, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        decimal[] values = input.IsWhole ? [input.Value - 1, input.Value + 1] : [input.Value * 0.8m, input.Value * 1.2m];
        var found = values.Append(input.Value).Select(value => With(scenario, catalog, new Dictionary<string, decimal> { [input.Path] = value }))
            .Where(asked => ScenarioRules.Check(asked, catalog).Count == 0).Select(asked => Difference(Engine.Evaluate(asked, catalog), compared)).OfType<decimal>().ToList();
        return found.Count < 2 ? 0 : found.Max() - found.Min();
    }

    private static decimal? Difference(Result result, List<string> compared)
    {
        var usd = compared.Select(id => result.Options.First(option => option.Id == id).OngoingMonthlyUsd).ToList();
        return usd switch
        {
            [var only] => only,
            [var first, var second] => second - first,
            _ => null,
        };
    }
}
