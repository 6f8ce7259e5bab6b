using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>What a scenario must satisfy before it is evaluated or stored.</summary>
public static class ScenarioRules
{
    /// <summary>Most options of a scenario.</summary>
    public const int MostOptions = 12;

    /// <summary>All faults of a scenario, each with the path of its field; empty where it is sound.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it may name.</param>
    public static IReadOnlyList<Problem> Check(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        var faults = new FaultList();
        if (scenario.Schema != Scenario.CurrentSchema)
            faults.Add("schema", Texts.SchemaUnknown.With(scenario.Schema, Scenario.CurrentSchema));
        faults.Name("name", scenario.Name);
        if (scenario.Notes.Length > 20_000)
            faults.Add("notes", Texts.TooLong.With(20_000));
        if (scenario.StartMonth.Length > 0 && scenario.FirstDay is null)
            faults.Add("startMonth", Texts.StartMonthForm);
        faults.Between("hoursPerMonth", scenario.HoursPerMonth, 672, 744);
        ExchangeRules.Check(scenario, faults);
        faults.Between("baselineMonthlyUsd", scenario.BaselineMonthlyUsd, 0, 1e12m);
        WorkloadRules.Check(scenario.Workload, faults);
        VolumeRules.Check(scenario, faults);
        CheckOptions(scenario, catalog, faults);
        EvidenceRules.Check(scenario, faults);
        HorizonRules.Check(scenario, faults);
        RangeRules.Check(scenario, catalog, faults);
        return faults.All;
    }

    private static void CheckOptions(Scenario scenario, CatalogSnapshot catalog, FaultList faults)
    {
        if (scenario.Options.Count is 0 or > MostOptions)
            faults.Add("options", Texts.OptionCount.With(MostOptions));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, option) in scenario.Options.Index())
        {
            var path = $"options[{i}]";
            if (option.Id.Length is 0 or > 64 || !option.Id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
                faults.Add($"{path}.id", Texts.IdForm);
            else if (!ids.Add(option.Id))
                faults.Add($"{path}.id", Texts.IdTwice.With(option.Id));
            faults.Name($"{path}.name", option.Name);
            switch (option)
            {
                case ApiOption api:
                    OptionRules.Check(api, path, scenario, catalog, faults);
                    break;
                case SelfHostOption fleet:
                    OptionRules.Check(fleet, path, scenario, catalog, faults);
                    break;
                case HybridOption mix:
                    HybridRules.Check(mix, path, scenario, faults);
                    break;
            }
        }

        if (scenario.BaselineOptionId is { } baseline && !ids.Contains(baseline))
            faults.Add("baselineOptionId", Texts.BaselineUnknown.With(baseline));
    }
}
