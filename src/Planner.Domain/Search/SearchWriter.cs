using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>What a search found, in a sentence.</summary>
internal static class SearchWriter
{
    public static string Write(Scenario scenario, Plan? best, Plan? known, List<NearMiss> misses)
    {
        var currency = DisplayCurrency.Of(scenario);
        string Money(Plan plan) => Wording.Money(plan.Result.OngoingMonthlyUsd ?? 0, currency);
        if (best is null)
            return misses is [var tightest, ..]
                ? Texts.SearchTightest.With(InWords(tightest.Constraint), tightest.Plan.Result.Name, Money(tightest.Plan))
                : Texts.SearchNothing;
        var found = Texts.SearchBest.With(best.Result.Name, Money(best));
        if (best.IsLatencyUnknown)
            found += " " + (known is null ? Texts.SearchLatencyUnknown : Texts.SearchLatencyKnown.With(known.Result.Name, Money(known)));
        return misses is [{ SavingUsd: { } saving } miss, ..]
            ? found + " " + Texts.SearchMiss.With(InWords(miss.Constraint), miss.Plan.Result.Name, Wording.Money(saving, currency))
            : found;
    }

    /// <summary>A constraint as it stands in a sentence.</summary>
    public static string InWords(SearchConstraint constraint) => constraint switch
    {
        SearchConstraint.Privacy => Texts.ConstraintPrivacy,
        SearchConstraint.CustomModel => Texts.ConstraintCustomModel,
        SearchConstraint.Model => Texts.ConstraintModel,
        SearchConstraint.QualityTier => Texts.ConstraintQualityTier,
        SearchConstraint.License => Texts.ConstraintLicense,
        SearchConstraint.Precision => Texts.ConstraintPrecision,
        SearchConstraint.Engine => Texts.ConstraintEngine,
        SearchConstraint.Provider => Texts.ConstraintProvider,
        SearchConstraint.Region => Texts.ConstraintRegion,
        SearchConstraint.Kind => Texts.ConstraintKind,
        SearchConstraint.Slo => Texts.ConstraintSlo,
        _ => Texts.ConstraintBudget,
    };
}
