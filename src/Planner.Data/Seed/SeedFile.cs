using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Data.Seed;

/// <summary>A file that ships with the product.</summary>
/// <param name="Name">Its path below the project, such as <c>Seed/catalog/prices.json</c>.</param>
/// <param name="Text">Its content.</param>
public sealed record SeedFile(string Name, string Text)
{
    internal const string Schema = "planner.catalog/1";

    /// <summary>SHA-256 of the content, 64 hex digits.</summary>
    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The files embedded below a folder, such as <c>Seed/examples/</c>, by name.</summary>
    public static IReadOnlyList<SeedFile> Embedded(string folder)
    {
        var assembly = typeof(SeedFile).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Select(name => name.Replace('\\', '/'))
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return new SeedFile(name, reader.ReadToEnd());
            })];
    }

    /// <summary>The rows of a catalog file.</summary>
    /// <exception cref="InvalidDataException">The file is not of this form, or a row names a source that the file does not list.</exception>
    internal SeedContent<TRow> Read<TRow>() where TRow : SeedRow
    {
        try
        {
            var content = JsonSerializer.Deserialize<SeedContent<TRow>>(Text, ScenarioJson.Options);
            if (content is not { Schema: Schema, Sources: not null, Rows: not null })
                throw new InvalidDataException(Texts.SeedUnreadable.With(Name, Schema));
            if (content.Rows.FirstOrDefault(row => !content.Sources.ContainsKey(row.Source)) is { } stray)
                throw new InvalidDataException(Texts.SeedUnreadable.With(Name, $"{stray.Key}: {stray.Source}"));
            return content;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(Texts.SeedUnreadable.With(Name, exception.Message), exception);
        }
    }

    /// <summary>A row's facts, which keep the rules that a user's row has to keep.</summary>
    /// <exception cref="InvalidDataException">They are not of this form, or outside their ranges.</exception>
    internal TFacts Facts<TFacts>(SeedFacts row, string url) where TFacts : CatalogFacts
    {
        try
        {
            var facts = JsonSerializer.SerializeToElement(row.Facts, ScenarioJson.Options).Deserialize<TFacts>(ScenarioJson.Options)! with
            {
                Key = row.Key,
                Provenance = new Provenance(row.Source, url, row.AsOf),
            };
            return FactRules.Check(facts) is [var fault, ..]
                ? throw new InvalidDataException(Texts.SeedUnreadable.With(Name, $"{row.Key}: {fault.Path}: {fault.Message}"))
                : facts;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(Texts.SeedUnreadable.With(Name, $"{row.Key}: {exception.Message}"), exception);
        }
    }
}

internal sealed record SeedContent<TRow>(string Schema, IReadOnlyDictionary<string, SeedSource> Sources, IReadOnlyList<TRow> Rows);

internal sealed record SeedSource(string Url, string License);

internal abstract record SeedRow
{
    public required string Key { get; init; }

    public required string Source { get; init; }

    public required DateOnly AsOf { get; init; }
}

internal sealed record SeedPrice : SeedRow
{
    public required string Seller { get; init; }

    public required string Name { get; init; }

    public string Mode { get; init; } = "chat";

    public string? SourceKey { get; init; }

    public int? ContextTokens { get; init; }

    public DateOnly? DeprecatedFrom { get; init; }

    public required TokenPrices Prices { get; init; }
}

internal sealed record SeedInstance : SeedRow
{
    public required string Cloud { get; init; }

    public required string Type { get; init; }

    public required string Region { get; init; }

    public required string Gpu { get; init; }

    public required int GpuCount { get; init; }

    public required decimal GpuMemoryGb { get; init; }

    public int? Vcpus { get; init; }

    public decimal? MemoryGb { get; init; }

    public required HourlyPrices Prices { get; init; }
}

/// <summary>Facts of a model, a GPU or an engine: what the row says besides its key and its source, in the form of the domain's own record.</summary>
internal sealed record SeedFacts : SeedRow
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Facts { get; init; } = [];
}
