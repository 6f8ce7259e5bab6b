using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Planner.Tests.Data.Seed;

public partial class CatalogFilesTests
{
    private static readonly Dictionary<string, string[]> Members = new()
    {
        ["prices"] = ["asOf", "contextTokens", "deprecatedFrom", "key", "mode", "name", "prices", "seller", "source", "sourceKey"],
        ["instances"] = ["asOf", "cloud", "gpu", "gpuCount", "gpuMemoryGb", "key", "memoryGb", "prices", "region", "source", "type", "vcpus"],
        ["gpus"] =
        [
            "aliases", "asOf", "bandwidthGbPerSecond", "bf16Tflops", "fp4Tflops", "fp8Tflops", "int8Tops", "key", "linkGbPerSecond", "linkType", "memoryGb", "name",
            "powerWatts", "source", "usableMemoryGib", "vendor",
        ],
        ["models"] =
        [
            "activeParametersB", "aliases", "architecture", "asOf", "contextTokens", "huggingFaceId", "key", "kind", "license", "name", "nativePrecision",
            "parametersB", "source",
        ],
        ["engines"] =
        [
            "aliases", "asOf", "chunkTokens", "key", "license", "maxSequences", "name", "precisions", "source", "speedFactor", "timing",
        ],
    };

    [Theory]
    [InlineData("prices", 45)]
    [InlineData("instances", 32)]
    [InlineData("gpus", 37)]
    [InlineData("models", 59)]
    [InlineData("engines", 8)]
    public void Catalog_is_as_wide_as_promised(string catalog, int least)
    {
        Assert.Equal("planner.catalog/1", SeedFiles.Catalog(catalog).GetProperty("schema").GetString());
        Assert.True(SeedFiles.Rows(catalog).Count >= least);
    }

    [Theory]
    [InlineData("prices")]
    [InlineData("instances")]
    [InlineData("gpus")]
    [InlineData("models")]
    [InlineData("engines")]
    public void Every_row_has_the_members_of_its_record_and_no_others(string catalog)
    {
        var expected = string.Join(' ', Members[catalog]);

        Assert.All(
            SeedFiles.Rows(catalog),
            row => Assert.Equal(expected, string.Join(' ', row.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal))));
    }

    [Theory]
    [InlineData("prices")]
    [InlineData("instances")]
    [InlineData("gpus")]
    [InlineData("models")]
    [InlineData("engines")]
    public void Keys_are_unique_also_when_case_is_ignored(string catalog)
    {
        var keys = SeedFiles.Rows(catalog).Select(SeedFiles.Key).ToList();

        Assert.Equal(keys.Count, keys.ToHashSet(StringComparer.OrdinalIgnoreCase).Count);
    }

    [Theory]
    [InlineData("prices")]
    [InlineData("instances")]
    [InlineData("gpus")]
    [InlineData("models")]
    [InlineData("engines")]
    public void Every_row_names_a_listed_source_and_the_day_it_held(string catalog)
    {
        var sources = SeedFiles.Catalog(catalog).GetProperty("sources");

        Assert.All(sources.EnumerateObject(), source =>
        {
            Assert.NotEmpty(source.Value.GetProperty("name").GetString()!);
            Assert.StartsWith("https://", source.Value.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(source.Value.GetProperty("license").GetString()!);
        });
        Assert.All(SeedFiles.Rows(catalog), row =>
        {
            Assert.True(sources.TryGetProperty(row.GetProperty("source").GetString()!, out _), SeedFiles.Key(row));
            var asOf = DateOnly.ParseExact(row.GetProperty("asOf").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.InRange(asOf, new DateOnly(2025, 1, 1), new DateOnly(2026, 12, 31));
        });
    }

    [Theory]
    [InlineData("prices")]
    [InlineData("instances")]
    [InlineData("gpus")]
    [InlineData("models")]
    [InlineData("engines")]
    public void No_number_is_negative(string catalog) => Assert.All(Numbers(SeedFiles.Catalog(catalog)), number => Assert.True(number >= 0));

    [Fact]
    public void Zero_is_a_price_only_for_the_output_of_embeddings() =>
        Assert.All(SeedFiles.Rows("prices"), row =>
        {
            var embedding = row.GetProperty("mode").GetString() == "embedding";
            foreach (var price in row.GetProperty("prices").EnumerateObject().Where(price => price.Value.ValueKind == JsonValueKind.Number))
            {
                var free = embedding && price.Name is "outputUsdPerM" or "batchOutputUsdPerM";
                Assert.True(price.Value.GetDecimal() > 0 || free, $"{SeedFiles.Key(row)}: {price.Name}");
            }
        });

    [Fact]
    public void Price_sheets_are_keyed_by_seller_and_model() =>
        Assert.All(SeedFiles.Rows("prices"), row =>
        {
            var seller = row.GetProperty("seller").GetString()!;
            Assert.Matches(SellerPattern(), seller);
            Assert.Contains(row.GetProperty("mode").GetString(), new[] { "chat", "embedding" });
            if (row.GetProperty("sourceKey").GetString() is { } sourceKey)
            {
                var model = sourceKey.StartsWith($"{seller}/", StringComparison.Ordinal) ? sourceKey[(seller.Length + 1)..] : sourceKey;
                Assert.Equal($"{seller}:{model}", SeedFiles.Key(row));
            }
            else
            {
                Assert.Matches(RetiredKeyPattern(), SeedFiles.Key(row));
            }

            Assert.NotNull(SeedFiles.Number(row.GetProperty("prices"), "inputUsdPerM"));
            Assert.NotNull(SeedFiles.Number(row.GetProperty("prices"), "outputUsdPerM"));
        });

    [Fact]
    public void Tiers_rise_and_reprice_input_and_output() =>
        Assert.All(SeedFiles.Rows("prices"), row =>
        {
            var last = 0m;
            foreach (var tier in row.GetProperty("prices").GetProperty("tiers").EnumerateArray())
            {
                Assert.True(tier.GetProperty("aboveTokens").GetDecimal() > last, SeedFiles.Key(row));
                last = tier.GetProperty("aboveTokens").GetDecimal();
                Assert.NotNull(SeedFiles.Number(tier, "inputUsdPerM"));
                Assert.NotNull(SeedFiles.Number(tier, "outputUsdPerM"));
            }
        });

    [Theory]
    [InlineData("openai:gpt-4", "30", "60")]
    [InlineData("openai:gpt-3.5-turbo", "0.5", "1.5")]
    [InlineData("anthropic:claude-3-opus-20240229", "15", "75")]
    [InlineData("anthropic:claude-3-sonnet-20240229", "3", "15")]
    [InlineData("anthropic:claude-3-5-sonnet-20241022", "3", "15")]
    [InlineData("anthropic:claude-sonnet-4-5", "3", "15")]
    [InlineData("gemini:gemini-1.5-pro", "1.25", "5")]
    [InlineData("groq:llama-3.1-8b-instant", "0.05", "0.08")]
    [InlineData("cerebras:llama-3.3-70b", "0.85", "1.2")]
    [InlineData("openai:text-embedding-3-small", "0.02", "0")]
    [InlineData("cohere:embed-v4.0", "0.12", "0")]
    [InlineData("voyage:voyage-3.5", "0.06", "0")]
    public void Apis_that_the_examples_speak_of_are_there_at_their_published_price(string key, string input, string output)
    {
        var prices = SeedFiles.RowsByKey("prices")[key].GetProperty("prices");

        Assert.Equal(decimal.Parse(input, CultureInfo.InvariantCulture), SeedFiles.Number(prices, "inputUsdPerM"));
        Assert.Equal(decimal.Parse(output, CultureInfo.InvariantCulture), SeedFiles.Number(prices, "outputUsdPerM"));
    }

    [Fact]
    public void Instances_are_keyed_by_cloud_type_and_region() =>
        Assert.All(SeedFiles.Rows("instances"), row =>
        {
            var parts = new[] { "cloud", "type", "region" }.Select(name => row.GetProperty(name).GetString());
            Assert.Equal(string.Join(':', parts), SeedFiles.Key(row));
            Assert.Matches(InstanceKeyPattern(), SeedFiles.Key(row));
        });

    [Fact]
    public void Every_instance_has_gpus_that_the_catalog_knows_with_their_memory()
    {
        var gpus = SeedFiles.RowsByKey("gpus");

        Assert.All(SeedFiles.Rows("instances"), row =>
        {
            Assert.Equal(SeedFiles.Number(gpus[row.GetProperty("gpu").GetString()!], "memoryGb"), SeedFiles.Number(row, "gpuMemoryGb"));
            Assert.InRange(row.GetProperty("gpuCount").GetInt32(), 1, 16);
        });
    }

    [Fact]
    public void Every_instance_is_for_sale_and_other_ways_of_buying_are_cheaper() =>
        Assert.All(SeedFiles.Rows("instances"), row =>
        {
            var prices = row.GetProperty("prices");
            var onDemand = SeedFiles.Number(prices, "onDemandUsd");
            Assert.InRange(onDemand!.Value / row.GetProperty("gpuCount").GetInt32(), 0.05m, 100m);
            foreach (var other in new[] { "spotUsd", "reserved1YUsd", "reserved3YUsd" })
                Assert.True(SeedFiles.Number(prices, other) is not { } price || price < onDemand, $"{SeedFiles.Key(row)}: {other}");
        });

    [Theory]
    [InlineData("aws:g5.12xlarge:us-east-1", "5.672", "A10G", 96)]
    [InlineData("aws:g5.48xlarge:us-east-1", "16.288", "A10G", 192)]
    [InlineData("aws:p4d.24xlarge:us-east-1", "21.957642", "A100-40", 320)]
    [InlineData("aws:p5.48xlarge:us-east-1", "55.04", "H100-SXM", 640)]
    [InlineData("runpod:1x_H100-SXM_SECURE:global", "3.99", "H100-SXM", 80)]
    [InlineData("runpod:1x_H100-SXM_COMMUNITY:global", "2.69", "H100-SXM", 80)]
    public void Instances_that_the_examples_speak_of_have_todays_price_and_their_real_memory(string key, string onDemand, string gpu, int memoryGb)
    {
        var row = SeedFiles.RowsByKey("instances")[key];

        Assert.Equal(decimal.Parse(onDemand, CultureInfo.InvariantCulture), SeedFiles.Number(row.GetProperty("prices"), "onDemandUsd"));
        Assert.Equal(gpu, row.GetProperty("gpu").GetString());
        Assert.Equal(memoryGb, row.GetProperty("gpuCount").GetInt32() * SeedFiles.Number(row, "gpuMemoryGb"));
    }

    [Fact]
    public void Models_are_dense_mixtures_or_encoders_and_only_dense_ones_use_all_parameters() =>
        Assert.All(SeedFiles.Rows("models"), row =>
        {
            var (all, active) = (SeedFiles.Number(row, "parametersB")!.Value, SeedFiles.Number(row, "activeParametersB")!.Value);
            Assert.True(
                row.GetProperty("kind").GetString() switch { "dense" => active == all, "moe" or "encoder" => active > 0 && active < all, _ => false },
                SeedFiles.Key(row));
            Assert.Matches(PlainKeyPattern(), SeedFiles.Key(row));
        });

    private static IEnumerable<decimal> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDecimal()],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Numbers(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        _ => [],
    };

    [GeneratedRegex("^[a-z0-9_-]+$")]
    private static partial Regex SellerPattern();

    [GeneratedRegex("^(openai|anthropic|gemini):[a-z0-9.-]+$")]
    private static partial Regex RetiredKeyPattern();

    [GeneratedRegex("^(aws|gcp|azure|lambda|runpod):[A-Za-z0-9._-]+:[a-z0-9-]+$")]
    private static partial Regex InstanceKeyPattern();

    [GeneratedRegex("^[a-z0-9.-]+$")]
    private static partial Regex PlainKeyPattern();
}
