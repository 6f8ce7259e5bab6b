using Planner.Domain.Scenarios;
using Planner.Domain.Versions;
using Planner.Tests.Data.Seed;
using Planner.Tests.Domain.Scenarios;
using Planner.Tests.Domain.Versions;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Versions;
using Xunit;

namespace Planner.Tests.Web.Versions;

public class InputWordsTests
{
    private static readonly Scenario Chat = Documents.HighVolumeChat;

    public static TheoryData<string> Ids => [.. SeedFiles.ExampleIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_change_of_an_example_has_the_words_of_its_field_and_two_values_that_differ(string id)
    {
        var scenario = ScenarioJson.Read(SeedFiles.Example(id)).Scenario!;
        foreach (var leaf in Leaves.Of(scenario))
        {
            var change = Assert.Single(InputWords.Of(scenario, leaf.Changed, DocumentComparison.Of(scenario, leaf.Changed)));
            Assert.True(InputField.At(scenario, leaf.ValuePath) is not null, leaf.ValuePath);
            // What stands before are names of options and lines.
            Assert.DoesNotMatch(@"\[\d|[a-z][A-Z]|\.[a-z]", change.Name.Split(": ")[^1]);
            Assert.StartsWith($"{change.Name}: ", change.Sentence, StringComparison.Ordinal);
            if (!change.Sentence.EndsWith("values changed", StringComparison.Ordinal))
                Assert.NotEqual(change.Old, change.New);
        }
    }

    [Fact]
    public void Count_is_told_with_every_digit_and_its_rise()
    {
        var before = Chat with { Workload = Chat.Workload.At(1_000_000) };
        var after = Chat with { Workload = Chat.Workload.At(1_200_000) };
        Assert.Equal(["Requests per month: 1,000,000 → 1,200,000 (+20 %)"], Said(before, after));
    }

    [Fact]
    public void Numbers_at_the_ends_of_what_is_read_are_told_apart_too()
    {
        Assert.Equal(" (up more than a millionfold)", InputWords.Moved(1e-28m, 9e27m));
        Assert.Equal(" (−100 %)", InputWords.Moved(9e27m, 1e-28m));
        Assert.Equal("", InputWords.Moved(0, 9e27m));
    }

    [Fact]
    public void Share_is_told_in_percent_with_every_digit() =>
        Assert.Equal(["Retries: 12.5 % → 12.6 %"], Said(Chat with { Workload = Chat.Workload with { RetryShare = 0.125m } }, Chat with { Workload = Chat.Workload with { RetryShare = 0.126m } }));

    [Fact]
    public void Price_is_told_in_dollars_with_its_unit() =>
        Assert.Equal(["API: Price of input: $1.50/M tokens → $2/M tokens (+33 %)"], Said(Documents.Chat(Documents.Api()), Documents.Chat(Documents.Api(input: 2))));

    [Fact]
    public void Choice_is_told_in_the_words_of_its_list_and_what_is_not_set_is_none()
    {
        var before = Documents.Chat(Documents.Fleet());
        var after = Documents.Chat(Documents.Fleet(FleetSizings.Hourly, instances: null));
        Assert.Equal(["Fleet: Fleet: A fixed number of instances → Autoscaled, hour by hour", "Fleet: Instances: 2 → none"], Said(before, after));
    }

    [Fact]
    public void Option_is_called_by_its_name() =>
        Assert.Equal(["What you pay today is: API → Fleet"], Said(Chat, Chat with { BaselineOptionId = "self" }));

    [Fact]
    public void Options_and_lines_that_come_and_go_say_what_they_are()
    {
        var more = Chat with { Options = [.. Chat.Options, Documents.Api() with { Id = "second", Name = "Second API" }] };
        Assert.Equal(["Option Second API added: API"], Said(Chat, more));
        Assert.Equal(["Option Second API removed: API"], Said(more, Chat));
        var less = Chat with { Options = [Chat.Options[0], (SelfHostOption)Chat.Options[1] with { OneOff = [] }] };
        Assert.Equal(["Fleet: One-off costs: Engineering removed: Work 40 h, at $150/h"], Said(Chat, less));
    }

    [Fact]
    public void Earlier_name_stands_before_the_arrow_in_whatever_direction_it_is_written()
    {
        // FSI and PDI around the two; a mark that turns letters around shows itself.
        Assert.Equal(["Name of the scenario: \u2068\u05D0\u05D1\u2069 → \u2068\u05D2\u05D3\u2069"], Said(Chat with { Name = "\u05D0\u05D1" }, Chat with { Name = "\u05D2\u05D3" }));
        Assert.Equal(["Name of the scenario: Chat → \u2068\uFFFDtahc\u2069"], Said(Chat with { Name = "Chat" }, Chat with { Name = "\u202Etahc" }));
    }

    [Fact]
    public void Order_of_options_is_told_by_their_names() =>
        Assert.Equal(["Order of the options: API, Fleet → Fleet, API"], Said(Chat, Chat with { Options = [.. Chat.Options.Reverse()] }));

    [Fact]
    public void Long_text_is_cut_around_its_change()
    {
        var (before, after) = (Chat with { Notes = new string('a', 300) + "old" }, Chat with { Notes = new string('a', 300) + "new" });
        Assert.Equal(["Notes: “…aaaaaaaaaaaaaaaaaaaaold” → “…aaaaaaaaaaaaaaaaaaaanew”"], Said(before, after));
    }

    [Fact]
    public void Long_list_says_how_many_of_its_values_changed()
    {
        var weights = Enumerable.Repeat(1m, 168).ToList();
        var other = weights.ToList();
        (other[3], other[9]) = (2, 2);
        Assert.Equal(
            ["Load by hour of the week: 2 of 168 values changed"],
            Said(Chat with { Workload = Chat.Workload with { Shape = new LoadShape { Kind = ShapeKinds.Weights, Weights = weights } } }, Chat with { Workload = Chat.Workload with { Shape = new LoadShape { Kind = ShapeKinds.Weights, Weights = other } } }));
    }

    [Fact]
    public void Tiny_rise_is_not_no_rise() => Assert.Equal((" (up by less than 0.1 %)", " (−50 %)", ""), (InputWords.Moved(1_000_000, 1_000_001), InputWords.Moved(2, 1), InputWords.Moved(0, 1)));

    private static IEnumerable<string> Said(Scenario before, Scenario after) => InputWords.Of(before, after, DocumentComparison.Of(before, after)).Select(change => change.Sentence);
}
