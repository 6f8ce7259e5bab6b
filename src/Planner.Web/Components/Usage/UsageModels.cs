using System.Text.RegularExpressions;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Usage;

namespace Planner.Web.Components.Usage;

/// <summary>What a model used in a measured workload.</summary>
/// <param name="Seller">Who served it, as the source calls it; null where it does not say.</param>
/// <param name="Model">The model as the source calls it; empty where it names none.</param>
/// <param name="Totals">What it used.</param>
public sealed record UsageModel(string? Seller, string Model, UsageTotals Totals);

/// <summary>A price sheet for a model of a measured workload.</summary>
/// <param name="Model">The model.</param>
/// <param name="Sheet">The price sheet.</param>
/// <param name="IsSure">True where seller and model name this sheet and no other.</param>
public sealed record UsageSheet(UsageModel Model, PriceSheet Sheet, bool IsSure);

/// <summary>Models of measured workloads and the price sheets that sell them.</summary>
public static partial class UsageModels
{
    // What is beyond these is too little to decide anything.
    private const int MostModels = 8;
    private const int MostSheets = 4;
    private const int MostRead = 1_000;

    /// <summary>The models with what each used, the one that used most first.</summary>
    public static IReadOnlyList<UsageModel> Of(UsageProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return
        [
            .. profile.Days.GroupBy(day => (day.Seller, day.Model)).Select(model => new UsageModel(model.Key.Seller, model.Key.Model, UsageTotals.Sum(model.Select(day => day.Totals))))
                .OrderByDescending(model => model.Totals.CostUsd ?? 0).ThenByDescending(model => model.Totals.Tokens ?? 0).ThenByDescending(model => model.Totals.Requests ?? 0),
        ];
    }

    /// <summary>Price sheets for the models that used most.</summary>
    public static async Task<IReadOnlyList<UsageSheet>> SheetsAsync(UsageProfile profile, PriceList prices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var sheets = new List<UsageSheet>();
        foreach (var model in Of(profile).Where(model => model.Model.Length > 0).Take(MostModels))
        {
            var named = NameOf(model);
            var page = await prices.PageAsync(new PriceQuery { Text = Undated(named.Model), Take = MostRead }, cancellationToken);
            sheets.AddRange(Match(model, [.. page.Items.Select(entry => entry.Sheet)]).Where(found => sheets.TrueForAll(known => known.Sheet.Key != found.Sheet.Key)));
        }

        return sheets;
    }

    /// <summary>The sheets that sell a model: by seller and name, else by name alone. The day of a release may be missing in a sheet's name, nothing else.</summary>
    public static IReadOnlyList<UsageSheet> Match(UsageModel model, IReadOnlyList<PriceSheet> sheets)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sheets);
        var (seller, name) = NameOf(model);
        foreach (var asked in new[] { name, Undated(name) }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var found = sheets.Where(sheet => Sells(sheet, asked)).ToList();
            var own = seller is null ? [] : found.Where(sheet => sheet.Seller.Equals(seller, StringComparison.OrdinalIgnoreCase)).ToList();
            // Of one seller's regions, the sheet without any is the usual one.
            if ((own.Find(sheet => !sheet.Key.Contains('@', StringComparison.Ordinal)) ?? own.FirstOrDefault()) is { } sure)
                return [new UsageSheet(model, sure, true)];
            if (found.Count > 0)
                return [.. found.OrderBy(sheet => sheet.Key.Length).ThenBy(sheet => sheet.Key, StringComparer.Ordinal).Take(MostSheets).Select(sheet => new UsageSheet(model, sheet, seller is null && found.Count == 1))];
        }

        return [];
    }

    private static bool Sells(PriceSheet sheet, string model)
    {
        var key = sheet.Key.AsSpan(sheet.Key.IndexOf(':', StringComparison.Ordinal) + 1);
        var region = key.LastIndexOf('@');
        key = region < 0 ? key : key[..region];
        return key.Equals(model, StringComparison.OrdinalIgnoreCase) || key[(key.LastIndexOf('/') + 1)..].Equals(model, StringComparison.OrdinalIgnoreCase)
            || sheet.Name.Equals(model, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Gateways write <c>openai/gpt-4o</c>.</summary>
    private static (string? Seller, string Model) NameOf(UsageModel model)
    {
        var name = model.Model.Trim();
        var slash = name.LastIndexOf('/');
        return slash > 0 ? (model.Seller ?? name[..name.IndexOf('/', StringComparison.Ordinal)], name[(slash + 1)..]) : (model.Seller, name);
    }

    private static string Undated(string name) => Dated().Replace(name, "");

    [GeneratedRegex(@"-(?:\d{4}-\d{2}-\d{2}|20\d{6}|latest)$")]
    private static partial Regex Dated();
}
