using Planner.Domain.Artefacts;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

public class YamlTextTests
{
    public static TheoryData<string> Nasty => NastyTexts.All;

    [Theory]
    [MemberData(nameof(Nasty))]
    public void Any_text_comes_back_as_it_was_as_value_as_key_and_in_a_list(string text)
    {
        var written = YamlText.Write(text, new YamlMap { { "value", text }, { $"key{text}", 1 }, { "list", new List<object> { text, new YamlMap { { "inner", text } } } }, { "last", "end" } });
        var read = ReadYaml.Document(written);

        // Half of a surrogate pair is no character; UTF-8 cannot hold it.
        var expected = text == "\ud83d" ? "\uFFFD" : text;
        Assert.Equal(expected, (string)read["value"]!);
        Assert.Equal(1, (int)read[$"key{expected}"]!);
        Assert.Equal(expected, (string)read["list"]![0]!);
        Assert.Equal(expected, (string)read["list"]![1]!["inner"]!);
        Assert.Equal("end", (string)read["last"]!);
    }

    [Fact]
    public void Numbers_and_truth_values_stay_what_they_are_and_texts_that_look_like_them_stay_texts()
    {
        var read = ReadYaml.Document(YamlText.Write("", new YamlMap { { "number", 8000 }, { "share", 0.92m }, { "truth", true }, { "text", "8000" }, { "word", "true" }, { "nothing", null } }));
        Assert.Equal(["number", "share", "truth", "text", "word"], read.AsObject().Select(entry => entry.Key));
        Assert.Equal((8000, 0.92m, true), ((int)read["number"]!, (decimal)read["share"]!, (bool)read["truth"]!));
        Assert.Equal(("8000", "true"), ((string)read["text"]!, (string)read["word"]!));
    }

    [Fact]
    public void Lists_of_lists_and_empty_ones_keep_their_shape()
    {
        var read = ReadYaml.Document(YamlText.Write("", new YamlMap { { "a", new List<object>() }, { "b", new YamlMap() }, { "c", new List<object> { new List<object> { "x", "y" }, new YamlMap { { "d", new List<object> { 1 } } } } } }));
        Assert.Equal("""{"a":[],"b":{},"c":[["x","y"],{"d":[1]}]}""", read.ToJsonString());
    }

    [Fact]
    public void Documents_are_read_one_by_one() =>
        Assert.Equal(2, ReadYaml.Documents(YamlText.Write("", new YamlMap { { "a", 1 } }, new YamlMap { { "b", 2 } })).Count);

    [Fact]
    public void Comment_stands_above_its_entry_and_changes_nothing_that_is_read()
    {
        var text = YamlText.Write("x", new YamlMap { { "list", new List<object> { new YamlMap { { "first", 1, "a\nb: 2" }, { "second", null, "of nothing" } } } }, { "last", 3, "c" } });
        Assert.Equal("# x\nlist:\n- # a b: 2\n  first: 1\n# c\nlast: 3\n", text);
        Assert.Equal((1, 3), ((int)ReadYaml.Document(text)["list"]![0]!["first"]!, (int)ReadYaml.Document(text)["last"]!));
    }
}
