namespace Planner.Domain.Catalogs;

/// <summary>Finds rows of the catalog by the names that benchmark files, logs and hubs give them.</summary>
/// <remarks>
/// Only endings that say how a model was tuned or packed are left out, never one that says its size: what is not known is not guessed.
/// </remarks>
public static class CatalogNames
{
    private static readonly string[] Endings =
    [
        "-Instruct", "-it", "-chat", "-hf", "-base", "-dynamic", "-KV", "-FP8", "-FP4", "-NVFP4", "-MXFP4", "-bf16", "-fp16", "-AWQ", "-GPTQ", "-GGUF", "-Int4", "-Int8",
        "-4bit", "-8bit", "-bnb", "-w4a16", "-w8a8", "-w8a16", "-quantized.w4a16", "-quantized.w8a8", "-quantized.w8a16",
    ];

    /// <summary>The row that a name stands for.</summary>
    /// <param name="rows">The rows to search.</param>
    /// <param name="name">A key, an alias, a Hugging Face id or the last part of one, without regard to case; for models also with an ending such as <c>-Instruct</c> or <c>-FP8</c>.</param>
    /// <returns>The row; null where none has that name, or where several do.</returns>
    public static T? Find<T>(IEnumerable<T> rows, string name) where T : CatalogFacts
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(name);
        var all = rows.ToList();
        var asked = name.Trim();
        if (asked.Length == 0)
            return null;
        return Only(all, row => [row.Key], asked)
            ?? Only(all, Names, asked)
            ?? Only(all, row => Names(row).Select(LastPart), LastPart(asked))
            ?? Only(all, row => row is LanguageModel ? Names(row).Select(known => WithoutEndings(LastPart(known))) : [], WithoutEndings(LastPart(asked)));
    }

    private static T? Only<T>(List<T> rows, Func<T, IEnumerable<string>> names, string asked) where T : CatalogFacts
    {
        var found = rows.Where(row => names(row).Contains(asked, StringComparer.OrdinalIgnoreCase)).Take(2).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static IEnumerable<string> Names(CatalogFacts row) =>
        row is LanguageModel { HuggingFaceId: { } id } ? [row.Key, row.Name, id, .. row.Aliases] : [row.Key, row.Name, .. row.Aliases];

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string WithoutEndings(string name)
    {
        while (Endings.FirstOrDefault(ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } ending)
            name = name[..^ending.Length];
        return name;
    }
}
