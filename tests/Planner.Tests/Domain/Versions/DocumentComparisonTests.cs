using System.Text.Json;
using Planner.Domain.Scenarios;
using Planner.Domain.Versions;
using Planner.Tests.Data.Seed;
using Planner.Tests.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Versions;

public class DocumentComparisonTests
{
    public static TheoryData<string> Ids => [.. SeedFiles.ExampleIds];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Document_does_not_differ_from_itself(string id) => Assert.Empty(DocumentComparison.Of(Read(id), Read(id)));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_leaf_that_changes_is_told_once_and_at_its_place(string id)
    {
        var scenario = Read(id);
        var told = 0;
        foreach (var leaf in Leaves.Of(scenario))
        {
            var changes = DocumentComparison.Of(scenario, leaf.Changed);
            Assert.True(changes.Count == 1, $"{leaf.Path}: {string.Join(", ", changes.Select(change => $"{change.Kind} {change.Path}"))}");
            Assert.Equal((DocumentChangeKinds.Changed, leaf.ValuePath), (changes[0].Kind, changes[0].Path));
            told++;
        }

        Assert.True(told > 60, $"Only {told} leaves could be changed.");
    }

    [Fact]
    public void Option_is_recognised_by_its_id_wherever_it_stands()
    {
        var before = Documents.HighVolumeChat;
        var after = before with { Options = [Documents.Fleet() with { Id = "new", Name = "New" }, before.Options[0], ((SelfHostOption)before.Options[1]) with { LoadFactor = 0.8m }] };

        var changes = DocumentComparison.Of(before, after);

        Assert.Equal([(DocumentChangeKinds.Added, null, "options[0]"), (DocumentChangeKinds.Changed, "options[1].loadFactor", "options[2].loadFactor")], changes.Select(change => (change.Kind, change.OldPath, change.NewPath)));
        Assert.Equal([(DocumentChangeKinds.Changed, "options[2].loadFactor", "options[1].loadFactor"), (DocumentChangeKinds.Removed, "options[0]", null)], DocumentComparison.Of(after, before).Select(change => (change.Kind, change.OldPath, change.NewPath)));
    }

    [Fact]
    public void Notes_and_ranges_stay_with_their_input_when_options_move()
    {
        var before = Documents.HighVolumeChat with { Evidence = [Note("options[1].loadFactor")], Ranges = [Range("options[0].price.inputUsdPerM")] };
        var after = before with { Options = [before.Options[1], before.Options[0]], Evidence = [Note("options[0].loadFactor")], Ranges = [Range("options[1].price.inputUsdPerM")] };

        var only = Assert.Single(DocumentComparison.Of(before, after));

        Assert.Equal((DocumentChangeKinds.Reordered, "options"), (only.Kind, only.Path));
    }

    [Fact]
    public void Lines_of_a_fleet_are_recognised_by_name_and_a_new_name_alone_is_one_change()
    {
        var fleet = Documents.Fleet() with { Extras = [Line("Storage", 100), Line("Egress", 50)] };
        var before = Documents.Chat(fleet);

        Assert.Equal(["removed options[0].extras[0]", "changed options[0].extras[0].usdPerMonth"], Told(before, Documents.Chat(fleet with { Extras = [Line("Egress", 60)] })).Order().Reverse());
        Assert.Equal(["changed options[0].extras[1].name"], Told(before, Documents.Chat(fleet with { Extras = [Line("Storage", 100), Line("Traffic", 50)] })));
        Assert.Equal(["added options[0].extras[2]"], Told(before, Documents.Chat(fleet with { Extras = [.. fleet.Extras, Line("Egress", 50)] })));
    }

    [Fact]
    public void Part_that_is_set_is_told_by_its_values()
    {
        var before = Documents.Chat(Documents.Fleet());
        var after = Documents.Chat(Documents.Fleet() with { People = new PeopleCost { HoursPerMonth = 20, UsdPerHour = 100 } });

        Assert.Equal(["changed options[0].people.hoursPerMonth", "changed options[0].people.usdPerHour"], Told(before, after));
        Assert.All(DocumentComparison.Of(before, after), change => Assert.Null(change.Old));
        Assert.Equal([20, 100], DocumentComparison.Of(before, after).Select(change => change.New!.Value.GetInt32()));
    }

    [Fact]
    public void Another_kind_of_option_is_one_change()
    {
        var other = Documents.Fleet() with { Id = "api", Name = "API" };
        Assert.Equal(["changed options[0].kind"], Told(Documents.Chat(Documents.Api()), Documents.Chat(other)));
    }

    [Fact]
    public void Members_that_this_version_does_not_know_are_compared_too()
    {
        var before = Documents.HighVolumeChat with { Unknown = new Dictionary<string, JsonElement> { ["mood"] = JsonSerializer.SerializeToElement(new { colour = "blue", since = (int?)null }) } };
        var after = Documents.HighVolumeChat with { Unknown = new Dictionary<string, JsonElement> { ["mood"] = JsonSerializer.SerializeToElement(new { colour = "red" }) } };

        Assert.Equal(["changed mood.colour"], Told(before, after));
    }

    private static IEnumerable<string> Told(Scenario before, Scenario after) => DocumentComparison.Of(before, after).Select(change => $"{change.Kind} {change.Path}");

    private static Evidence Note(string path) => new() { Path = path, Note = "Because." };

    private static InputRange Range(string path) => new() { Path = path, Low = 1, Likely = 1.5m, High = 2 };

    private static ExtraCost Line(string name, decimal usd) => new() { Name = name, UsdPerMonth = usd };

    private static Scenario Read(string id) => ScenarioJson.Read(SeedFiles.Example(id)).Scenario!;
}
