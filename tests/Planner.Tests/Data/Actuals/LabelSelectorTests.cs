using Planner.Data.Actuals;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>Selectors that users enter, of which only matchers get into a query.</summary>
public sealed class LabelSelectorTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData("{}", "")]
    [InlineData("{job=\"vllm\"}", "job=\"vllm\"")]
    [InlineData(" { job = \"vllm\" , namespace =~ \"prod.*|stage\" , } ", "job=\"vllm\",namespace=~\"prod.*|stage\"")]
    [InlineData("{a!=\"\",b!~\"x\"}", "a!=\"\",b!~\"x\"")]
    [InlineData("""{pod="a \"b\" \\d {c},d"}""", """pod="a \"b\" \\d {c},d" """)]
    public void Matchers_are_written_anew_from_what_was_read(string? text, string written) => Assert.Equal(written.Trim(), LabelSelector.Write(LabelSelector.Read(text)!));

    [Theory]
    [InlineData("job=\"vllm\"")]
    [InlineData("{job=\"vllm\"")]
    [InlineData("{job=vllm}")]
    [InlineData("{job='vllm'}")]
    [InlineData("{job=`vllm`}")]
    [InlineData("{=\"vllm\"}")]
    [InlineData("{1job=\"vllm\"}")]
    [InlineData("{job==\"vllm\"}")]
    [InlineData("{job>\"vllm\"}")]
    [InlineData("{job=\"vllm\" namespace=\"x\"}")]
    [InlineData("{,job=\"vllm\"}")]
    [InlineData("{__name__=\"node_cpu_seconds_total\"}")]
    [InlineData("{job=\"vllm\"}) or (up")]
    [InlineData("{job=\"vllm\"} or vector(1)")]
    [InlineData("{job=\"vllm\"}[5m]")]
    [InlineData("up{job=\"vllm\"}")]
    [InlineData("{job=\"a\\\"}) or up{x=\"b}")]
    [InlineData("{job=\"a\\n\"}")]
    [InlineData("{job=\"a\nb\"}")]
    [InlineData("{job=\"a\\")]
    [InlineData("{a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\",a=\"\"}")]
    public void What_is_more_or_less_than_matchers_is_refused(string text) => Assert.Null(LabelSelector.Read(text));

    [Fact]
    public void A_text_that_is_too_long_is_refused() => Assert.Null(LabelSelector.Read($"{{job=\"{new string('x', LabelSelector.Longest)}\"}}"));

    [Fact]
    public void Damaged_selectors_are_refused_or_stay_within_their_braces()
    {
        var random = new Random(7);
        const string letters = "{}\"\\,=~!ab_(1 )|[";
        for (var copy = 0; copy < 20_000; copy++)
        {
            var text = "{a=\"" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => letters[random.Next(letters.Length)])) + "\"}";
            if (LabelSelector.Read(text) is not { } matchers)
                continue;
            // What was written is read as the same matchers again: no value ends before its quotes.
            Assert.Equal(matchers, LabelSelector.Read($"{{{LabelSelector.Write(matchers)}}}"));
        }
    }
}
