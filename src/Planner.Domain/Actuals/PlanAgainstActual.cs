using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Actuals;

/// <summary>What was planned for an option and what really happened, by calendar month.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="OptionName">Its name.</param>
/// <param name="Kind">The document's word for its kind.</param>
/// <param name="Months">The months from the first that has anything measured to the last; empty where nothing is.</param>
/// <param name="Errors">Mean forecast error of each measure, in the order of <see cref="ActualMeasures.All"/>.</param>
/// <remarks>
/// The plan of a month is that of the scenario's horizon: volume × (1 + growth)^month × season, at the prices of that month, without one-off work. A plan's month has the scenario's hours
/// (730 by default), a calendar month 672 to 744, so that a rent by the hour alone may be 8 % from its plan.
/// </remarks>
public sealed record PlanAgainstActual(string OptionId, string OptionName, string Kind, IReadOnlyList<ActualMonth> Months, IReadOnlyList<MeanError> Errors)
{
    /// <summary>Compares an option's plan with what was measured.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="optionId">One of its options.</param>
    /// <param name="sources">What was measured of it.</param>
    /// <exception cref="ArgumentException">The scenario has a fault, or no such option.</exception>
    public static PlanAgainstActual Of(Scenario scenario, CatalogSnapshot catalog, string optionId, ActualSources sources)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(sources);
        var index = scenario.Options.ToList().FindIndex(option => option.Id == optionId);
        if (index < 0)
            throw new ArgumentException($"The scenario has no option {optionId}.", nameof(optionId));
        var option = scenario.Options[index];
        var plan = new PlannedMonths(scenario, catalog, index);
        var measured = new MeasuredMonths(option, sources, plan);
        var months = measured.Months().Select(month => Compare(month, plan, measured)).ToList();
        return new PlanAgainstActual(option.Id, option.Name, option.Kind, months, [.. ActualMeasures.All.Select(measure => ErrorOf(measure, months))]);
    }

    private static ActualMonth Compare(DateOnly month, PlannedMonths plan, MeasuredMonths measured)
    {
        var (coverage, figures, asPlanned) = measured.Of(month);
        return new ActualMonth(
            month.ToString("yyyy-MM", CultureInfo.InvariantCulture), coverage,
            [.. ActualMeasures.All.Select(measure => new MonthComparison(measure, ActualMeasures.UnitOf(measure), plan.Of(month, measure), figures[measure]))], asPlanned);
    }

    private static MeanError ErrorOf(string measure, List<ActualMonth> months)
    {
        var errors = months.Where(month => month.IsWhole && !month[measure].Actual.IsPart).Select(month => month[measure].ErrorShare).OfType<double>().ToList();
        return new MeanError(measure, errors.Count >= MeanError.FewestMonths ? errors.Average(Math.Abs) : null, errors.Count);
    }
}
