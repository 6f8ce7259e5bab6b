using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Search;

namespace Planner.Web.Components.Scenarios.Plans;

/// <summary>What a search begins with: a search of the whole catalog would find a smaller model first, since nobody knows which are good enough.</summary>
/// <param name="Constraints">The models and price sheets of the scenario's options, else those that sell or run the same, else those of the same size.</param>
/// <param name="Note">Where they come from, in a sentence.</param>
public sealed record PlanStart(SearchConstraints Constraints, string Note)
{
    /// <summary>Models whose parameters differ by no more than this share count as one size.</summary>
    private const decimal SameSize = 0.25m;

    /// <summary>The start for a scenario.</summary>
    public static PlanStart Of(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        List<string> ownModels = [.. fleets.Select(fleet => fleet.Model).OfType<string>().Where(catalog.Models.ContainsKey).Distinct()];
        List<string> ownPrices = [.. scenario.Options.OfType<ApiOption>().Select(option => option.PriceKey).OfType<string>().Where(catalog.Prices.ContainsKey).Distinct()];
        var (models, prices, note) = (ownModels, ownPrices, Texts.PlanStartOwn);
        if (ownModels.Count > 0 && ownPrices.Count == 0)
        {
            (prices, note) = SheetsLike([.. ownModels.Select(key => catalog.Models[key])], catalog);
        }
        else if (ownModels.Count == 0 && ownPrices.Count > 0)
        {
            models = [.. ownPrices.Select(key => SoldModel(catalog.Prices[key], catalog)?.Key).OfType<string>().Distinct()];
            note = models.Count > 0 ? Texts.PlanStartSold : Texts.PlanStartPrices;
        }
        else if (ownModels.Count == 0)
        {
            note = Texts.PlanStartNothing;
        }

        return new PlanStart(new SearchConstraints { Models = models, Prices = prices, Fleet = Template(fleets) }, note);
    }

    /// <summary>The model of the catalog that a sheet sells; null for closed weights, and where the name does not tell.</summary>
    internal static LanguageModel? SoldModel(PriceSheet sheet, CatalogSnapshot catalog)
    {
        string[] sold = [Plain(sheet.Name), Plain(LastPart(sheet.Key))];
        return catalog.Models.Values
            .Select(model => (Model: model, Length: Names(model).Where(name => sold.Any(other => other == name || other.StartsWith($"{name}-", StringComparison.Ordinal))).Select(name => name.Length).DefaultIfEmpty().Max()))
            .Where(match => match.Length > 0)
            .OrderByDescending(match => match.Length)
            .Select(match => match.Model)
            .FirstOrDefault();
    }

    private static (List<string> Prices, string Note) SheetsLike(List<LanguageModel> models, CatalogSnapshot catalog)
    {
        var sold = catalog.Prices.Values.Select(sheet => (sheet.Key, Model: SoldModel(sheet, catalog))).Where(pair => pair.Model is not null).ToList();
        List<string> same = [.. sold.Where(pair => models.Contains(pair.Model!)).Select(pair => pair.Key)];
        if (same.Count > 0)
        {
            return (same, Texts.PlanStartSameModel);
        }

        List<string> alike = [.. sold.Where(pair => models.Exists(model => Math.Abs(pair.Model!.ParametersB - model.ParametersB) <= SameSize * model.ParametersB)).Select(pair => pair.Key)];
        return (alike, alike.Count > 0 ? Texts.PlanStartSameSize : Texts.PlanStartModels);
    }

    /// <summary>The first fleet, without what each plan has of its own.</summary>
    private static SelfHostOption? Template(List<SelfHostOption> fleets) => fleets.FirstOrDefault() is { } fleet
        ? fleet with { Throughput = new Throughput(), LoadFactor = null, Fleet = fleet.Fleet with { Sizing = FleetSizings.WeeklyPeak, Instances = null, Schedule = null }, TensorParallel = 1, PipelineParallel = 1, DataParallel = 1 }
        : null;

    private static IEnumerable<string> Names(LanguageModel model) => model.Aliases.Append(model.Key).Append(model.Name).Select(name => Plain(LastPart(name)));

    private static string LastPart(string name) => name[(name.LastIndexOfAny(['/', ':']) + 1)..];

    private static string Plain(string name) => name.Replace(' ', '-').ToLowerInvariant();
}
