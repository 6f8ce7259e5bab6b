using Planner.Domain;
using Planner.Domain.Scenarios;

namespace Planner.Data.Stores;

/// <summary>What a row must satisfy before the user may store it.</summary>
public static class CatalogRules
{
    private const int LongestKey = 200;
    private const int LongestText = 200;
    private const int LongestNote = 2_000;

    /// <summary>All faults of a price sheet; empty where it is sound.</summary>
    public static IReadOnlyList<Problem> Check(PriceEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var problems = new List<Problem>();
        CheckKey(problems, edit.Key);
        CheckText(problems, "seller", edit.Seller);
        CheckText(problems, "name", edit.Name);
        CheckText(problems, "mode", edit.Mode);
        CheckAbove(problems, "contextTokens", edit.ContextTokens, PriceRules.LongestPrompt);
        problems.AddRange(CheckNote(edit.Note));
        problems.AddRange(PriceRules.Check(edit.Prices, "prices"));
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
        problems.AddRange(PriceRules.Check(edit.Prices, "prices"));
        return problems;
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

    internal static void CheckAbove(List<Problem> problems, string path, decimal? value, decimal highest)
    {
        if (value <= 0)
            problems.Add(new Problem(path, Texts.CatalogAboveZero));
        else if (value > highest)
            problems.Add(new Problem(path, Texts.CatalogTooLarge.With(highest)));
    }
}
