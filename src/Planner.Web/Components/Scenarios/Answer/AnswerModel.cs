using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>Everything that the answer side shows of one evaluation; page, shared link and report read the same.</summary>
/// <param name="Name">The scenario's name.</param>
/// <param name="RequestsPerMonth">The workload's volume.</param>
/// <param name="Verdict">The answer in words.</param>
/// <param name="Options">The options in the scenario's order.</param>
/// <param name="BreakEven">Cost against volume.</param>
/// <param name="Utilization">Cost per token against utilization.</param>
/// <param name="Capacity">What the fleets' replicas deliver.</param>
/// <param name="Checks">What a reader should know before deciding, the gravest first.</param>
/// <param name="Sources">Catalog rows that were used.</param>
/// <param name="EngineVersion">Version of the formulas.</param>
public sealed record AnswerModel(
    string Name, decimal RequestsPerMonth, VerdictView Verdict, IReadOnlyList<OptionView> Options, BreakEvenView BreakEven, UtilizationView Utilization,
    IReadOnlyList<CapacityView> Capacity, IReadOnlyList<CheckView> Checks, IReadOnlyList<SourceRow> Sources, string EngineVersion)
{
    /// <summary>The currency in which amounts are shown.</summary>
    public DisplayCurrency Currency { get; init; } = DisplayCurrency.Usd;

    /// <summary>Which rate amounts are shown at; null for USD, which need none.</summary>
    public string? CurrencyNote => Currency.IsUsd
        ? null
        : (Currency.Source.Length == 0 ? Texts.AmountsIn : Texts.AmountsInFrom).With(Currency.Code, Format.Number(Currency.UnitsPerUsd), Format.Day(Currency.AsOf), Currency.Source);

    /// <summary>True where today's rules and formulas say the same, so that more may be computed beside it.</summary>
    public bool IsSound { get; init; }

    /// <summary>What the token levers change; null where none is on.</summary>
    public LeversView? Levers { get; init; }

    /// <summary>What can be handed over; null where no option runs machines.</summary>
    public DeployView? Deploy { get; init; }

    /// <summary>The load over the week.</summary>
    public required LoadView Load { get; init; }

    /// <summary>The options over the horizon.</summary>
    public required HorizonView Horizon { get; init; }

    /// <summary>Builds the answer. Pure: the same inputs give the same answer.</summary>
    /// <param name="scenario">The scenario that was evaluated.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    /// <param name="result">What the engine found.</param>
    public static AnswerModel From(Scenario scenario, CatalogSnapshot catalog, Result result)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(result);
        var styles = OptionPalette.ForKinds(result.Options.Select(option => option.Kind));
        var currency = DisplayCurrency.Of(scenario);
        var options = result.Options.Select((option, i) => new OptionView(option, styles[i], option.Id == result.Verdict.CheapestOptionId, scenario.Workload) { Evidence = scenario.Evidence, Currency = currency, PricesAsOf = scenario.Options.FirstOrDefault(other => other.Id == option.Id) is { } asked ? SourceRow.OldestPrice(asked, catalog) : null }).ToList();
        // What was stored under older rules or formulas still stands, but today's engine would draw other lines beside its figures.
        var older = result.EngineVersion == Engine.Version ? null : Texts.LinesNotRedrawn.With(result.EngineVersion);
        var sound = older is null && ScenarioRules.Check(scenario, catalog).Count == 0;
        return new AnswerModel(
            scenario.Name, scenario.Workload.RequestsPerMonth, VerdictView.Of(scenario, result, options), options,
            BreakEvenView.Of(scenario, catalog, result, options, sound, older), UtilizationView.Of(scenario, catalog, options, sound, older), CapacityView.Of(options, catalog),
            [.. result.Checks.OrderBy(check => Severity(check.Severity)).Select(check => new CheckView(check with { Message = InputField.InWords(scenario, check.Message) }, NameOf(options, check.OptionId)))],
            SourceRow.Of(scenario, catalog), result.EngineVersion)
        {
            Currency = currency,
            IsSound = sound,
            Load = LoadView.From(scenario, catalog, options, sound, older),
            Horizon = HorizonView.Of(scenario, catalog, options, sound, older),
            Deploy = DeployView.From(scenario, catalog, result, options, sound),
            Levers = LeversView.From(scenario, catalog, options, sound, older),
        };
    }

    /// <summary>An option's name; null where there is none with this id.</summary>
    internal static string? NameOf(IEnumerable<OptionView> options, string? id) => options.FirstOrDefault(option => option.Id == id)?.Name;

    private static int Severity(string severity) => severity switch
    {
        CheckSeverities.Error => 0,
        CheckSeverities.Warning => 1,
        _ => 2,
    };
}

/// <summary>A check with the name of the option that it concerns.</summary>
/// <param name="Check">The check.</param>
/// <param name="OptionName">The option's name; null for the scenario as a whole.</param>
public sealed record CheckView(Check Check, string? OptionName);
