using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Scenarios;

public class ScenarioJsonTests
{
    [Fact]
    public void Null_where_there_is_no_null_is_told_as_such()
    {
        var problem = ScenarioJson.Read("""{"startMonth":null,"workload":{"requestsPerMonth":1},"options":[]}""").Problem!;

        Assert.Equal(("startMonth", "This field takes no null. Leave it out for its default."), (problem.Path, problem.Message));
    }

    [Fact]
    public void Kind_may_stand_anywhere_in_an_option()
    {
        var (scenario, problem) = ScenarioJson.Read("""{"workload":{"requestsPerMonth":1},"options":[{"id":"a","name":"A","kind":"api","priceKey":"x"}]}""");
        Assert.Null(problem);
        Assert.Equal("x", Assert.IsType<ApiOption>(Assert.Single(scenario!.Options)).PriceKey);
    }

    [Theory]
    [InlineData("""{"options":[{"id":"a"}]}""", "options[0].kind")]
    [InlineData("""{"options":[{"id":"a","kind":"barter"}]}""", "options[0].kind")]
    [InlineData("""{"workload":{"requestsPerMonth":"many"}}""", "workload.requestsPerMonth")]
    [InlineData("""{"workload":{"requestsPerMonth":1e400}}""", "workload.requestsPerMonth")]
    [InlineData("""{"workload":{"requestsPerMonth":"NaN"}}""", "workload.requestsPerMonth")]
    [InlineData("""{"workload":{"requestsPerMonth":null}}""", "workload.requestsPerMonth")]
    [InlineData("""{"workload":{"inputTokens":NaN}}""", "workload.inputTokens")]
    [InlineData("""{"workload":null}""", "workload")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"options":[null]}""", "options[0]")]
    [InlineData("""{"options":[{"kind":"selfHost","purchase":[null]}]}""", "options[0].purchase[0]")]
    [InlineData("""{"schema":"planner.scenario/2"}""", "schema")]
    [InlineData("""{"schema":7}""", "schema")]
    [InlineData("""{"workload":{"shape":{"kind":5}}}""", "workload.shape.kind")]
    [InlineData("""{"\ud800":1}""", "")]
    [InlineData("{}", "workload.requestsPerMonth")]
    [InlineData("""{"workload":{"inputTokens":5}}""", "workload.requestsPerMonth")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("{", "")]
    public void Fault_of_form_is_named_with_its_path(string json, string path)
    {
        var (scenario, problem) = ScenarioJson.Read(json);
        Assert.Null(scenario);
        Assert.Equal(path, problem!.Path);
        Assert.NotEmpty(problem.Message);
    }

    [Fact]
    public void Text_that_is_not_json_is_named_with_its_line() =>
        Assert.Equal(
            ["This is not readable JSON (line 2).", "This is not readable JSON (line 1)."],
            new[] { "{\n oops", "{\"name\":\"x" }.Select(text => ScenarioJson.Read(text).Problem!.Message));

    [Fact]
    public void Newer_version_is_told_apart_from_nonsense()
    {
        Assert.Contains("newer version of Planner", ScenarioJson.Read("""{"schema":"planner.scenario/2"}""").Problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("newer", ScenarioJson.Read("""{"schema":"calendar/1"}""").Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_later_version_are_kept_and_named_in_a_check()
    {
        var json = ScenarioJson.Write(Documents.HighVolumeChat).Replace("\"requestsPerMonth\"", "\"colour\":\"blue\",\"requestsPerMonth\"", StringComparison.Ordinal);
        var (scenario, _) = ScenarioJson.Read(json);
        Assert.Contains("\"colour\":\"blue\"", ScenarioJson.Write(scenario!), StringComparison.Ordinal);
        var check = Engine.Evaluate(scenario!, Documents.Catalog).Checks.Single(check => check.Id == "unknown-members");
        Assert.Contains("workload.colour", check.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decimals_are_written_without_trailing_zeros() =>
        Assert.Contains("\"hoursPerMonth\":720,", ScenarioJson.Write(Documents.HighVolumeChat with { HoursPerMonth = 720.000m }), StringComparison.Ordinal);
}
