using System.CommandLine;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Api;

namespace Planner.Web.Commands;

/// <summary><c>planner prices</c>: price sheets and machines of the catalog.</summary>
internal static class PricesCommand
{
    public static Command Create()
    {
        var text = new Argument<string[]>("words") { Description = "Words that must all occur in the key, the name or the seller.", Arity = ArgumentArity.ZeroOrMore, HelpName = "WORD" };
        var instances = new Option<bool>("--instances") { Description = "Machines instead of APIs." };
        var asOf = CommandOptions.Day("--as-of", "The day whose prices are asked for; today by default.");
        var take = CommandOptions.Whole("--take", "Most rows to give, 1 to 1,000; 50 by default.", 1, 1_000);
        var (database, json) = (CommandOptions.Database(), CommandOptions.Json());
        var command = new Command("prices", "Lists price sheets of APIs, or machines, with source and date.") { text, instances, asOf, take, json, database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var host = await CommandHost.OpenAsync(parsed.GetValue(database), isKept: false, cancellationToken);
            var (catalog, output, words) = (host.Get<CatalogStore>(), parsed.InvocationConfiguration.Output, string.Join(' ', parsed.GetValue(text)!));
            if (parsed.GetValue(instances))
            {
                var page = await catalog.Instances.PageAsync(new InstanceQuery { Text = words, AsOf = parsed.GetValue(asOf), Take = parsed.GetValue(take) ?? 50 }, cancellationToken);
                await (parsed.GetValue(json) ? output.WriteLineAsync(CommandHost.Json(new Page<InstanceItem>([.. page.Items.Select(InstanceItem.From)], page.Total))) : WriteAsync(page, output));
            }
            else
            {
                var page = await catalog.Prices.PageAsync(new PriceQuery { Text = words, AsOf = parsed.GetValue(asOf), Take = parsed.GetValue(take) ?? 50 }, cancellationToken);
                await (parsed.GetValue(json) ? output.WriteLineAsync(CommandHost.Json(new Page<PriceItem>([.. page.Items.Select(PriceItem.From)], page.Total))) : WriteAsync(page, output));
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteAsync(Page<PriceEntry> page, TextWriter output)
    {
        if (page.Total == 0)
        {
            await output.WriteLineAsync(CommandTexts.NoneFound);
            return;
        }

        await TextTable.WriteAsync(
            output, ["Key", "Source", "As of", "Input per M", "Output per M", "Cache read per M"],
            page.Items.Select(entry => (IReadOnlyList<string>)
            [
                entry.Sheet.Key, entry.Sheet.Provenance.Source, Wording.Day(entry.Sheet.Provenance.AsOf), Rate(entry.Sheet.Prices.InputUsdPerM), Rate(entry.Sheet.Prices.OutputUsdPerM), Rate(entry.Sheet.Prices.CacheReadUsdPerM),
            ]), numbersFrom: 3);
        await WriteRestAsync(page.Items.Count, page.Total, output);
    }

    private static async Task WriteAsync(Page<InstanceEntry> page, TextWriter output)
    {
        if (page.Total == 0)
        {
            await output.WriteLineAsync(CommandTexts.NoneFound);
            return;
        }

        await TextTable.WriteAsync(
            output, ["Key", "GPUs", "Source", "As of", "On demand", "Spot", "Reserved 1 y"],
            page.Items.Select(entry => (IReadOnlyList<string>)
            [
                entry.Instance.Key, $"{entry.Instance.GpuCount} × {entry.Instance.Gpu}", entry.Instance.Provenance.Source, Wording.Day(entry.Instance.Provenance.AsOf), Rate(entry.Instance.Prices.OnDemandUsd),
                Rate(entry.Instance.Prices.SpotUsd), Rate(entry.Instance.Prices.Reserved1YUsd),
            ]), numbersFrom: 4);
        await WriteRestAsync(page.Items.Count, page.Total, output);
    }

    private static async Task WriteRestAsync(int shown, int total, TextWriter output)
    {
        if (total > shown)
            await output.WriteLineAsync($"{shown} of {total}: name more words, or --take.");
    }

    private static string Rate(decimal? usd) => usd?.ToString("$#,##0.00####", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown";
}
