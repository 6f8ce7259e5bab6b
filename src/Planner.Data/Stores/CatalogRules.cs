using Planner.Domain;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>What a row must satisfy before the user may store it.</summary>
public static class CatalogRules
{
    private const int LongestKey = 200;
    private const int LongestText = 200;
    private const int LongestNote = 2_000;
    private const decimal HighestPrice = 1_000_000m;
    internal const decimal LongestContext = 1_000_000_000m;

    /// <summary>All faults of a price sheet; empty where it is sound.</summary>
    public static IReadOnlyList<Problem> Check(PriceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var problems = new List<Problem>();
        CheckKey(problems, edit.Key);
        CheckText(problems, "seller", edit.Seller);
        CheckText(problems, "name", edit.Name);
        CheckText(problems, "mode", edit.Mode);
        CheckAbove(problems, "contextTokens", edit.ContextTokens, LongestContext);
        problems.AddRange(CheckNote(edit.Note));
        CheckPrices(problems, edit.Prices);
        return problems;
    }

    /// <summary>All faults of an instance; empty where it is sound.</summary>
    public static IReadOnlyList<Problem> Check(InstanceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var problems = new List<Problem>();
        CheckKey(problems, edit.Key);
        CheckText(problems, "cloud", edit.Cloud);
        CheckText(problems, "type", edit.Type);
        CheckText(problems, "region", edit.Region);
        CheckText(problems, "gpu", edit.Gpu);
        CheckAbove(problems, "gpuCount", edit.GpuCount, 1_024m);
        CheckAbove(problems, "gpuMemoryGb", edit.GpuMemoryGb, 100_000m);
        CheckAbove(problems, "vcpus", edit.Vcpus, 100_000m);
        CheckAbove(problems, "memoryGb", edit.MemoryGb, 1_000_000m);
        problems.AddRange(CheckNote(edit.Note));
        CheckPrice(problems, "prices.onDemandUsd", edit.Prices.OnDemandUsd);
        CheckPrice(problems, "prices.spotUsd", edit.Prices.SpotUsd);
        CheckPrice(problems, "prices.reserved1YUsd", edit.Prices.Reserved1YUsd);
        CheckPrice(problems, "prices.reserved3YUsd", edit.Prices.Reserved3YUsd);
        if (edit.Prices is { OnDemandUsd: null, SpotUsd: null, Reserved1YUsd: null, Reserved3YUsd: null })
            problems.Add(new Problem("prices", Texts.CatalogNoPrice));
        return problems;
    }

    private static void CheckPrices(List<Problem> problems, TokenPrices prices)
    {
        CheckPrice(problems, "prices.inputUsdPerM", prices.InputUsdPerM);
        CheckPrice(problems, "prices.outputUsdPerM", prices.OutputUsdPerM);
        CheckPrice(problems, "prices.cacheReadUsdPerM", prices.CacheReadUsdPerM);
        CheckPrice(problems, "prices.cacheWriteUsdPerM", prices.CacheWriteUsdPerM);
        CheckPrice(problems, "prices.batchInputUsdPerM", prices.BatchInputUsdPerM);
        CheckPrice(problems, "prices.batchOutputUsdPerM", prices.BatchOutputUsdPerM);
        if (prices is
            {
                InputUsdPerM: null, OutputUsdPerM: null, CacheReadUsdPerM: null, CacheWriteUsdPerM: null, BatchInputUsdPerM: null, BatchOutputUsdPerM: null
            })
        {
            problems.Add(new Problem("prices", Texts.CatalogNoPrice));
        }

        for (var index = 0; index < prices.Tiers.Count; index++)
        {
            var tier = prices.Tiers[index];
            var path = $"prices.tiers[{index}]";
            CheckAbove(problems, $"{path}.aboveTokens", tier.AboveTokens, LongestContext);
            if (index > 0 && tier.AboveTokens <= prices.Tiers[index - 1].AboveTokens)
                problems.Add(new Problem($"{path}.aboveTokens", Texts.CatalogTierOrder));
            CheckPrice(problems, $"{path}.inputUsdPerM", tier.InputUsdPerM);
            CheckPrice(problems, $"{path}.outputUsdPerM", tier.OutputUsdPerM);
            CheckPrice(problems, $"{path}.cacheReadUsdPerM", tier.CacheReadUsdPerM);
            CheckPrice(problems, $"{path}.cacheWriteUsdPerM", tier.CacheWriteUsdPerM);
            CheckPrice(problems, $"{path}.batchInputUsdPerM", tier.BatchInputUsdPerM);
            CheckPrice(problems, $"{path}.batchOutputUsdPerM", tier.BatchOutputUsdPerM);
        }
    }

    internal static void CheckKey(List<Problem> problems, string key)
    {
        if (string.IsNullOrWhiteSpace(key))
            problems.Add(new Problem("key", Texts.CatalogRequired));
        else if (key.Length > LongestKey || key.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
            problems.Add(new Problem("key", Texts.CatalogKeyForm.With(LongestKey)));
    }

    internal static void CheckText(List<Problem> problems, string path, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            problems.Add(new Problem(path, Texts.CatalogRequired));
        else if (text.Length > LongestText)
            problems.Add(new Problem(path, Texts.CatalogTextTooLong.With(LongestText)));
    }

    internal static IReadOnlyList<Problem> CheckNote(string? note) =>
        note?.Length > LongestNote ? [new Problem("note", Texts.CatalogTextTooLong.With(LongestNote))] : [];

    private static void CheckPrice(List<Problem> problems, string path, decimal? price)
    {
        if (price < 0)
            problems.Add(new Problem(path, Texts.CatalogNegative));
        else if (price > HighestPrice)
            problems.Add(new Problem(path, Texts.CatalogTooLarge.With(HighestPrice)));
    }

    internal static void CheckAbove(List<Problem> problems, string path, decimal? value, decimal highest)
    {
        if (value <= 0)
            problems.Add(new Problem(path, Texts.CatalogAboveZero));
        else if (value > highest)
            problems.Add(new Problem(path, Texts.CatalogTooLarge.With(highest)));
    }
}
