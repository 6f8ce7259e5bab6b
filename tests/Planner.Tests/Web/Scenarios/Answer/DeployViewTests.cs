using System.Net;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Artefacts;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Answer;

public class DeployViewTests
{
    private static AnswerModel Of(params Option[] options)
    {
        var scenario = Plans.Scenario(options);
        return AnswerModel.From(scenario, Plans.Catalog, Engine.Evaluate(scenario, Plans.Catalog));
    }

    private static async Task<string> ShownAsync(AnswerModel model)
    {
        using var renderer = TestRenderer.Create();
        return WebUtility.HtmlDecode(await renderer.RenderAsync<AnswerView>(("Model", model), ("Tab", "deploy")));
    }

    [Fact]
    public async Task Tab_shows_every_file_and_the_stack_of_the_cheapest_that_can_serve()
    {
        var dear = Plans.Fleet with { Id = "dear", Name = "Dear", Fleet = new Fleet { Sizing = FleetSizings.Fixed, Instances = 5 } };
        var html = await ShownAsync(Of(Plans.Api, dear, Plans.Fleet));
        foreach (var part in new[] { "view=deploy", "README.md", "kubernetes.yaml", "vllm serve meta-llama/Llama-3.1-8B", "Recommended stack", "Prefix caching", "missing" })
            Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.Equal("self", Of(Plans.Api, dear, Plans.Fleet).Deploy!.FirstId);
    }

    [Fact]
    public async Task Tab_says_why_there_are_no_files()
    {
        Assert.Contains("meta-llama/Llama-3.1-8B holds bf16", await ShownAsync(Of(Plans.Fleet with { Precision = "awq" })), StringComparison.Ordinal);
        var model = AnswerModel.From(Documents.HighVolumeChat, Documents.Catalog, Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog));
        Assert.Contains("cannot be deployed as it stands", await ShownAsync(model), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenario_of_apis_has_no_tab()
    {
        Assert.Null(Of(Plans.Api).Deploy);
        Assert.DoesNotContain("view=deploy", await ShownAsync(Of(Plans.Api)), StringComparison.Ordinal);
    }
}
