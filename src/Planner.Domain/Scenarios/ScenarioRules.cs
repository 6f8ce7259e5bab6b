using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Loads;

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
            faults.Add("schema", Wording.Say(Texts.SchemaUnknown, scenario.Schema, Scenario.CurrentSchema));
        faults.Name("name", scenario.Name);
        if (scenario.Notes.Length > 20_000)
            faults.Add("notes", Wording.Say(Texts.TooLong, 20_000));
        if (scenario.StartMonth.Length > 0 && scenario.FirstDay is null)
            faults.Add("startMonth", Texts.MonthForm);
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
            faults.Add("options", Wording.Say(Texts.OptionCount, MostOptions));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (option, i) in scenario.Options.Select((option, i) => (option, i)))
        {
            var path = $"options[{i}]";
            if (option.Id.Length is 0 or > 64 || !option.Id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
                faults.Add($"{path}.id", Texts.IdForm);
            else if (!ids.Add(option.Id))
                faults.Add($"{path}.id", Wording.Say(Texts.IdTwice, option.Id));
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
            faults.Add("baselineOptionId", Wording.Say(Texts.BaselineUnknown, baseline));
    }
}

/// <summary>Collects faults while rules are checked.</summary>
internal sealed class FaultList
{
    private readonly List<Problem> _faults = [];

    public IReadOnlyList<Problem> All => _faults;

    public void Add(string path, string message) => _faults.Add(new Problem(path, message));

    public void Required(string path, decimal? value)
    {
        if (value is null)
            Add(path, Texts.Required);
    }

    public void Between(string path, decimal? value, decimal low, decimal high)
    {
        if (value < low || value > high)
            Add(path, Wording.Say(Texts.Between, low, high >= 1_000_000 ? high.ToString("#,0", CultureInfo.CurrentCulture) : high));
    }

    public void Above(string path, decimal? value, decimal low, decimal high)
    {
        if (value <= low || value > high)
            Add(path, Wording.Say(Texts.Above, low, high >= 1_000_000 ? high.ToString("#,0", CultureInfo.CurrentCulture) : high));
    }

    public void Name(string path, string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            Add(path, Texts.Required);
        else if (name.Length > 200)
            Add(path, Wording.Say(Texts.TooLong, 200));
    }

    /// <summary>Hours of the week, 0 to 167, each at most once; null is no fault.</summary>
    public void HoursOfWeek(string path, IReadOnlyList<int>? hours)
    {
        if (hours is not null && (hours.Any(hour => hour is < 0 or >= LoadWeek.Hours) || hours.Distinct().Count() != hours.Count))
            Add(path, Texts.WeekHours);
    }

    public void OneOf(string path, string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is null || !allowed.Contains(value))
            Add(path, Wording.Say(Texts.OneOf, string.Join(", ", allowed.ToArray())));
    }
}
