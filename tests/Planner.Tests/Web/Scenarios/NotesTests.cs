using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Reports;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

public class NotesTests
{
    private static readonly Scenario Noted = Documents.HighVolumeChat with
    {
        Evidence =
        [
            new Evidence { Path = "workload.requestsPerMonth", Note = "gateway logs of May", Url = "https://example.org/may" },
            new Evidence { Path = "options[0].price.inputUsdPerM", Note = "offer of 3 May" },
            new Evidence { Path = "options[1].oneOff[0].hours", Note = "guess" },
        ],
        Ranges = [new InputRange { Path = "options[1].overheadShare", Low = 0, Likely = 0.1m, High = 1 }],
    };

    [Fact]
    public async Task Measured_input_says_so_with_its_note_until_somebody_overwrites_it()
    {
        const string Measured = "class=\"source measured\" title=\"Measured in Logs.\"";
        var scenario = Documents.HighVolumeChat with { Evidence = [new Evidence { Path = "workload.requestsPerMonth", Note = "Measured in Logs.", Measured = Documents.HighVolumeChat.Workload.RequestsPerMonth }] };
        var form = new ScenarioForm(new ScenarioEditor(scenario, Documents.Catalog, TimeProvider.System), () => { });
        using var renderer = TestRenderer.Create();
        Assert.Contains(Measured, await renderer.RenderAsync<WithForm<VolumeInputs>>(("Form", form)), StringComparison.Ordinal);

        form.Set("workload.requestsPerMonth", 123m);
        var html = await renderer.RenderAsync<WithForm<VolumeInputs>>(("Form", form with { }));
        Assert.DoesNotContain(Measured, html, StringComparison.Ordinal);
        Assert.Contains(">yours</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_go_with_their_option_when_it_moves()
    {
        var moved = OptionEdits.Move(Noted, 0, 1);
        Assert.Equal(["workload.requestsPerMonth", "options[1].price.inputUsdPerM", "options[0].oneOff[0].hours"], Paths(moved));
        Assert.Equal("options[0].overheadShare", moved.Ranges[0].Path);
        Assert.Equal("self", moved.Options[0].Id);
    }

    [Fact]
    public void Removing_an_option_takes_its_notes_and_moves_those_behind_it_up()
    {
        var removed = OptionEdits.Remove(Noted, 0);
        Assert.Equal(["workload.requestsPerMonth", "options[0].oneOff[0].hours"], Paths(removed));
        Assert.Empty(ScenarioRules.Check(removed, Documents.Catalog));
    }

    [Fact]
    public void Restoring_a_removed_option_brings_its_notes_back()
    {
        var restored = OptionEdits.Restore(OptionEdits.Remove(Noted, 0), Noted, 0);
        Assert.Equal(["api", "self"], restored.Options.Select(option => option.Id));
        Assert.Equal(Noted.Evidence.OrderBy(entry => entry.Path), restored.Evidence.OrderBy(entry => entry.Path));
        Assert.Equal(Noted.Ranges, restored.Ranges);
        Assert.Equal("api", restored.BaselineOptionId);
    }

    [Fact]
    public void Copy_of_an_option_has_its_notes_too()
    {
        var copied = OptionEdits.Duplicate(Noted, 0);
        Assert.Equal(["workload.requestsPerMonth", "options[0].price.inputUsdPerM", "options[2].oneOff[0].hours", "options[1].price.inputUsdPerM"], Paths(copied));
    }

    [Fact]
    public void Undo_brings_a_removed_note_back()
    {
        var editor = new ScenarioEditor(Noted, Documents.Catalog, TimeProvider.System);
        editor.Change(draft => OptionEdits.Remove(draft, 1));
        Assert.Equal(2, editor.Draft.Evidence.Count);
        editor.Undo();
        Assert.Equal(Noted.Evidence, editor.Draft.Evidence);
    }

    [Fact]
    public void Removing_a_line_takes_its_note_and_moves_the_next_up()
    {
        var two = Noted.Options[1] is SelfHostOption fleet ? fleet with { OneOff = [.. fleet.OneOff, new OneOffCost { Name = "Tests", Usd = 100 }] } : null;
        var scenario = Noted with
        {
            Options = [Noted.Options[0], two!],
            Evidence = [.. Noted.Evidence, new Evidence { Path = "options[1].oneOff[1].usd", Note = "quote" }],
        };
        var form = new ScenarioForm(new ScenarioEditor(scenario, Documents.Catalog, TimeProvider.System), () => { });
        form.Remove("options[1].oneOff", 0);
        Assert.Equal(["Tests"], ((SelfHostOption)form.Draft.Options[1]).OneOff.Select(cost => cost.Name));
        Assert.Equal(["workload.requestsPerMonth", "options[0].price.inputUsdPerM", "options[1].oneOff[0].usd"], Paths(form.Draft));
        Assert.False(form.Editor.IsFaulty);
    }

    [Fact]
    public async Task Field_with_a_note_shows_it_and_opens_it()
    {
        NotedInput? opened = null;
        var form = new ScenarioForm(new ScenarioEditor(Noted, Documents.Catalog, TimeProvider.System), () => { }) { OpenNote = input => opened = input };
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<WithForm<NumberInput>>(
            ("Form", form), ("Parts", new Dictionary<string, object> { ["Path"] = "workload.requestsPerMonth", ["Label"] = "Requests per month" }));
        Assert.Contains("Note on Requests per month", html, StringComparison.Ordinal);
        await renderer.ClickAsync("title", "gateway logs of May");
        Assert.Equal(new NotedInput("workload.requestsPerMonth", "Requests per month"), opened);
    }

    [Fact]
    public void Report_shows_notes_under_the_inputs_they_belong_to()
    {
        var groups = AssumptionGroup.Of(Noted, Documents.Catalog);
        Assert.Equal(new AssumptionNote("requests per month: gateway logs of May", "https://example.org/may"), Note("Workload", "Requests a month"));
        Assert.Equal(new AssumptionNote("offer of 3 May", null), Note("API", "Input"));
        Assert.Equal(new AssumptionNote("hours: guess", null), Note("Fleet", "Engineering, once"));
        Assert.DoesNotContain(groups, group => group.Title == "Further notes and evidence");

        AssumptionNote Note(string group, string row) => Assert.Single(groups.Single(one => one.Title == group).Rows.Single(one => one.Label == row).Notes);
    }

    [Fact]
    public void Report_lists_notes_on_inputs_that_it_does_not_list_at_its_end()
    {
        var noted = Noted with { Evidence = [.. Noted.Evidence, new Evidence { Path = "workload.batchShare", Note = "none waits" }, new Evidence { Path = "options[0].discountShare", Note = "asked for", Url = "https://example.org/offer" }] };
        var groups = AssumptionGroup.Of(noted, Documents.Catalog);
        Assert.Equal("Further notes and evidence", groups[^1].Title);
        Assert.Equal([new Assumption("API: discount share", "asked for", "https://example.org/offer")], groups[^1].Rows);
        Assert.Equal(noted.Evidence.Count, groups.Sum(group => group.Rows.Sum(row => row.Notes.Count)) + groups[^1].Rows.Count);
    }

    [Theory]
    [InlineData("https://example.org/may", true)]
    [InlineData("javascript:alert(1)", false)]
    public async Task Report_links_web_addresses_alone(string url, bool linked)
    {
        var row = new Assumption("Batch", "none") { Notes = [new AssumptionNote("as agreed", url)] };
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<AssumptionTable>(("Group", new AssumptionGroup("Workload", [row])));
        Assert.Contains("as agreed", html, StringComparison.Ordinal);
        Assert.Contains(url, html, StringComparison.Ordinal);
        Assert.Equal(linked, html.Contains("<a href", StringComparison.Ordinal));
    }

    [Fact]
    public void Working_names_the_note_behind_its_operand()
    {
        var answer = AnswerModel.From(Noted, Documents.Catalog, Engine.Evaluate(Noted, Documents.Catalog));
        var working = Working.OfLine(answer.Options[0], answer.Options[0].Result.Ledger[0]);
        Assert.Contains("your input: requests per month; gateway logs of May, https://example.org/may", working.Text, StringComparison.Ordinal);
    }

    private static string[] Paths(Scenario scenario) => [.. scenario.Evidence.Select(entry => entry.Path)];
}
