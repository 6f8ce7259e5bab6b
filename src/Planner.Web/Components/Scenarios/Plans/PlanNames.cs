using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>What the panel of plans says in words, and what there is to choose.</summary>
internal static class PlanNames
{
    public static string Kind(string kind) => kind switch { OptionKinds.Api => "API", OptionKinds.Hybrid => PlansTexts.KindMix, _ => PlansTexts.KindSelfHosted };

    public static string Sizing(string sizing) => sizing == FleetSizings.Hourly ? PlansTexts.SizedHourly : PlansTexts.SizedPeak;

    public static string Constraint(SearchConstraint constraint) => constraint switch
    {
        SearchConstraint.Privacy => PlansTexts.ConstraintPrivacy,
        SearchConstraint.CustomModel => PlansTexts.ConstraintCustomModel,
        SearchConstraint.Model => PlansTexts.ConstraintModel,
        SearchConstraint.QualityTier => PlansTexts.ConstraintQualityTier,
        SearchConstraint.License => PlansTexts.Licences,
        SearchConstraint.Precision => PlansTexts.Precisions,
        SearchConstraint.Engine => PlansTexts.Engines,
        SearchConstraint.Provider => PlansTexts.ConstraintProvider,
        SearchConstraint.Region => PlansTexts.ConstraintRegion,
        SearchConstraint.Kind => PlansTexts.WaysToServe,
        SearchConstraint.Slo => PlansTexts.ConstraintSlo,
        _ => PlansTexts.Budget,
    };

    public static IReadOnlyList<SelectOption> Models(CatalogSnapshot catalog) => Sorted(catalog.Models.Values.Select(model => new SelectOption(model.Key, model.Name)));

    public static IReadOnlyList<SelectOption> Prices(CatalogSnapshot catalog) => Sorted(catalog.Prices.Values.Select(sheet => new SelectOption(sheet.Key, sheet.Name, sheet.Seller)));

    public static IReadOnlyList<SelectOption> Engines(CatalogSnapshot catalog) => Sorted(catalog.Engines.Values.Select(engine => new SelectOption(engine.Key, engine.Name)));

    public static IReadOnlyList<SelectOption> Clouds(CatalogSnapshot catalog) => Sorted(catalog.Instances.Values.Select(instance => instance.Cloud).Distinct().Select(cloud => new SelectOption(cloud, cloud)));

    public static IReadOnlyList<SelectOption> Sellers(CatalogSnapshot catalog) => Sorted(catalog.Prices.Values.Select(sheet => sheet.Seller).Distinct().Select(seller => new SelectOption(seller, seller)));

    public static IReadOnlyList<SelectOption> Licenses(CatalogSnapshot catalog) => Sorted(catalog.Models.Values.Select(model => model.License).Distinct().Select(license => new SelectOption(license, license)));

    private static List<SelectOption> Sorted(IEnumerable<SelectOption> options) => [.. options.OrderBy(option => option.Group, StringComparer.OrdinalIgnoreCase).ThenBy(option => option.Text, StringComparer.OrdinalIgnoreCase)];
}
