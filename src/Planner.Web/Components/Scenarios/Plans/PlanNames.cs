using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>What the panel of plans says in words, and what there is to choose.</summary>
internal static class PlanNames
{
    public static string Kind(string kind) => kind switch { OptionKinds.Api => "API", OptionKinds.Hybrid => "Mix", _ => "Self-hosted" };

    public static string Purchase(string kind) => kind switch
    {
        PurchaseKinds.Spot => "Spot",
        PurchaseKinds.Reserved1Y => "Reserved 1 year",
        PurchaseKinds.Reserved3Y => "Reserved 3 years",
        _ => "On demand",
    };

    public static string Sizing(string sizing) => sizing == FleetSizings.Hourly ? "By the hour" : "For the busiest hour";

    public static string Constraint(SearchConstraint constraint) => constraint switch
    {
        SearchConstraint.Privacy => "Data stays inside",
        SearchConstraint.CustomModel => "Own model",
        SearchConstraint.Model => "Models and price sheets",
        SearchConstraint.QualityTier => "Quality tier",
        SearchConstraint.License => "Licences",
        SearchConstraint.Precision => "Precisions",
        SearchConstraint.Engine => "Engines",
        SearchConstraint.Provider => "Providers",
        SearchConstraint.Region => "Regions",
        SearchConstraint.Kind => "Ways to serve",
        SearchConstraint.Slo => "Latency targets",
        _ => "Budget",
    };

    /// <summary>Every way of buying instances that a search may use.</summary>
    public static readonly string[] Purchases = [PurchaseKinds.OnDemand, PurchaseKinds.Spot, PurchaseKinds.Reserved1Y, PurchaseKinds.Reserved3Y];

    public static IReadOnlyList<SelectOption> Models(CatalogSnapshot catalog) => Sorted(catalog.Models.Values.Select(model => new SelectOption(model.Key, model.Name)));

    public static IReadOnlyList<SelectOption> Prices(CatalogSnapshot catalog) => Sorted(catalog.Prices.Values.Select(sheet => new SelectOption(sheet.Key, sheet.Name, sheet.Seller)));

    public static IReadOnlyList<SelectOption> Engines(CatalogSnapshot catalog) => Sorted(catalog.Engines.Values.Select(engine => new SelectOption(engine.Key, engine.Name)));

    public static IReadOnlyList<SelectOption> Clouds(CatalogSnapshot catalog) => Sorted(catalog.Instances.Values.Select(instance => instance.Cloud).Distinct().Select(cloud => new SelectOption(cloud, cloud)));

    public static IReadOnlyList<SelectOption> Sellers(CatalogSnapshot catalog) => Sorted(catalog.Prices.Values.Select(sheet => sheet.Seller).Distinct().Select(seller => new SelectOption(seller, seller)));

    public static IReadOnlyList<SelectOption> Licenses(CatalogSnapshot catalog) => Sorted(catalog.Models.Values.Select(model => model.License).Distinct().Select(license => new SelectOption(license, license)));

    private static List<SelectOption> Sorted(IEnumerable<SelectOption> options) => [.. options.OrderBy(option => option.Group, StringComparer.OrdinalIgnoreCase).ThenBy(option => option.Text, StringComparer.OrdinalIgnoreCase)];
}
