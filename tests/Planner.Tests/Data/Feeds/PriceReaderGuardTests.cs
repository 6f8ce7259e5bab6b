using System.Text;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>What every reader of JSON prices refuses.</summary>
public class PriceReaderGuardTests
{
    private static readonly Dictionary<string, Func<ReadOnlyMemory<byte>, FeedReading<PriceFeedRow>>> Readers = new()
    {
        ["genai"] = file => GenAiPricesReader.Read(file, PriceFixtures.Today),
        ["openrouter"] = file => OpenRouterReader.Read(file, PriceFixtures.Today),
        ["llm-prices"] = file => LlmPricesReader.Read(file, PriceFixtures.Today),
    };

    private static readonly (byte[] File, string Reason)[] Unreadable =
    [
        ([], "The file is empty."),
        (" \n\t"u8.ToArray(), "The file is empty."),
        ([0xEF, 0xBB, 0xBF], "The file is empty."),
        ("<!DOCTYPE html><html><body>502</body></html>"u8.ToArray(), "This is a web page, not a price file."),
        ("rate limited"u8.ToArray(), "The file is not complete JSON (line 1)."),
        ("{\n\n\"data\": ["u8.ToArray(), "The file is not complete JSON (line 3)."),
        ("[] []"u8.ToArray(), "The file is not complete JSON (line 1)."),
        ([0x5B, 0x22, 0xC3, 0x28, 0x22, 0x5D], "The file is not UTF-8 text."),
        (Encoding.Unicode.GetBytes("[]"), "The file is not complete JSON (line 1)."),
        (Encoding.UTF8.GetBytes(new string('[', 70) + new string(']', 70)), "The file is not complete JSON (line 1)."),
    ];

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void File_that_is_no_json_is_refused_and_says_why(string reader) =>
        Assert.All(Unreadable, file => Assert.Equal(file.Reason, Readers[reader](file.File).Refusal));

    [Theory]
    [InlineData("genai", "{}", "The file must be a JSON array of providers with their models.")]
    [InlineData("genai", "[]", "The file lists no model with token prices.")]
    [InlineData("openrouter", "[]", "The file must be a JSON object with a list of models named data.")]
    [InlineData("openrouter", "{ \"data\": {} }", "The file must be a JSON object with a list of models named data.")]
    [InlineData("openrouter", "{ \"data\": [] }", "The file lists no model with token prices.")]
    [InlineData("llm-prices", "{}", "The file must be a vendor with its models, an array of vendors, or an object with a list named prices.")]
    [InlineData("llm-prices", "null", "The file must be a vendor with its models, an array of vendors, or an object with a list named prices.")]
    [InlineData("llm-prices", "{ \"prices\": [] }", "The file lists no model with token prices.")]
    public void File_of_another_shape_is_refused(string reader, string text, string reason) =>
        Assert.Equal(reason, Readers[reader](Encoding.UTF8.GetBytes(text)).Refusal);

    [Fact]
    public void File_over_the_size_limit_is_refused()
    {
        var file = new byte[LiteLlmReader.MaxBytes + 1];

        Assert.All(Readers.Values, read => Assert.Equal("The file is larger than 64 MiB.", read(file).Refusal));
        Assert.Equal("The file is larger than 64 MiB.", MappedPriceReader.Read(file, PriceFixtures.TableMapping, PriceFixtures.Today, []).Reading.Refusal);
    }

    [Fact]
    public void Byte_order_mark_does_no_harm()
    {
        Assert.Equal(7, PriceFixtures.ReadGenAi("\uFEFF" + PriceFixtures.GenAi).Rows.Count);
        Assert.Equal(3, PriceFixtures.ReadTable("\uFEFF" + PriceFixtures.Table).Rows.Count);
    }
}
