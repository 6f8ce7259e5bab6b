using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class EvidenceTests
{
    [Theory]
    [InlineData("workload.inputTokens")]
    [InlineData("workload.slo.ttftMs")]
    [InlineData("workload.shape.peakToMean")]
    [InlineData("options[0].price.outputUsdPerM")]
    [InlineData("options[0].priceKey")]
    [InlineData("options[1].oneOff[0].usdPerHour")]
    [InlineData("options[1].purchase[0].share")]
    [InlineData("options[1].people.hoursPerMonth")]
    [InlineData("baselineMonthlyUsd")]
    public void Note_may_stand_at_any_input_also_at_an_empty_one(string path) => Assert.Empty(Faults(new Evidence { Path = path, Note = "asked in May" }));

    [Theory]
    [InlineData("")]
    [InlineData("workload.moonPhase")]
    [InlineData("workload..inputTokens")]
    [InlineData("workload.inputTokens.length")]
    [InlineData("options[2].name")]
    [InlineData("options[0].fleet.instances")]
    [InlineData("options[1].oneOff[1].usd")]
    [InlineData("options.name")]
    [InlineData("options[99999999999].name")]
    [InlineData("Workload.InputTokens")]
    public void Note_on_an_input_that_is_not_there_is_refused(string path) => Assert.Equal(["evidence[0].path"], Faults(new Evidence { Path = path, Note = "asked in May" }));

    [Theory]
    [InlineData("https://example.org/bill?of=May", true)]
    [InlineData("http://wiki/page", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("ftp://example.org", false)]
    [InlineData("example.org", false)]
    [InlineData("", false)]
    public void Link_is_the_address_of_a_web_page(string url, bool sound) =>
        Assert.Equal(sound ? [] : ["evidence[0].url"], Faults(new Evidence { Path = "name", Note = "see there", Url = url }));

    [Fact]
    public void Entry_says_something_and_not_too_much()
    {
        Assert.Equal(["evidence[0].note"], Faults(new Evidence { Path = "name" }));
        Assert.Empty(Faults(new Evidence { Path = "name", Url = "https://example.org" }));
        Assert.Empty(Faults(new Evidence { Path = "name", Note = new string('x', 2_000) }));
        Assert.Equal(["evidence[0].note"], Faults(new Evidence { Path = "name", Note = new string('x', 2_001) }));
        Assert.Equal(["evidence[0].url"], Faults(new Evidence { Path = "name", Url = "https://example.org/" + new string('x', 2_000) }));
    }

    [Fact]
    public void One_input_has_one_note_and_a_scenario_200()
    {
        var note = new Evidence { Path = "name", Note = "x" };
        Assert.Equal(["evidence[1].path"], Faults(note, note));
        Assert.Contains("evidence", Faults([.. Enumerable.Repeat(note, 201)]));
    }

    [Fact]
    public void Notes_change_no_figure_and_are_kept_by_the_document()
    {
        var noted = Documents.HighVolumeChat with { Evidence = [new Evidence { Path = "workload.inputTokens", Note = "p50 of May", Url = "https://example.org/d/1" }] };
        Assert.Equal(7_500m, Documents.Evaluate(noted, "api").OngoingMonthlyUsd);
        Assert.DoesNotContain(Engine.Evaluate(noted, Documents.Catalog).Checks, check => check.Id is "not-used" or "unknown-members");
        Assert.Equal(noted.Evidence, ScenarioJson.Read(ScenarioJson.Write(noted)).Scenario!.Evidence);
    }

    private static string[] Faults(params Evidence[] evidence) =>
        [.. ScenarioRules.Check(Documents.HighVolumeChat with { Evidence = evidence }, Documents.Catalog).Select(problem => problem.Path)];
}
