using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Capacity;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Answer;

public sealed class CapacityViewTests
{
    private static CapacityView Of(SelfHostOption option)
    {
        var scenario = new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = CapacityEstimatorTests.Chat, Options = [option] };
        return AnswerModel.From(scenario, CapacityEstimatorTests.Catalog, Engine.Evaluate(scenario, CapacityEstimatorTests.Catalog)).Capacity.Single();
    }

    [Fact]
    public void Modelled_figure_comes_with_its_range_its_memory_and_its_working()
    {
        var view = Of(CapacityEstimatorTests.Fleet());

        Assert.Contains("tokens/s a replica", view.Headline, StringComparison.Ordinal);
        Assert.Contains(view.Facts, fact => fact.Label == "Expected range");
        Assert.NotNull(view.Rests);
        Assert.Equal(["weights", "activations and runtime", "KV cache", "left alone"], view.Memory.Select(part => part.Name));
        Assert.Equal(1, view.Memory.Sum(part => part.Share), 9);
        Assert.Equal(6, view.Lines.Count);
        Assert.Null(view.Unknown);
    }

    [Fact]
    public void Stated_figure_stands_above_what_the_model_says()
    {
        var view = Of(CapacityEstimatorTests.Fleet() with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 1000 } });

        Assert.Equal("800 tokens/s a replica, stated", view.Headline);
        Assert.Contains("tokens/s a replica", view.Beside, StringComparison.Ordinal);
    }

    [Fact]
    public void Deployment_that_does_not_fit_says_why_and_shows_its_memory()
    {
        var view = Of(CapacityEstimatorTests.Fleet("llama-405b", "bf16", 8));

        Assert.Null(view.Headline);
        Assert.NotNull(view.Unknown);
        Assert.InRange(view.Memory.Single(part => part.Name == "weights").Share, 1, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_that_stands_alone_leads_nowhere(bool alone)
    {
        var scenario = new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = CapacityEstimatorTests.Chat, Options = [CapacityEstimatorTests.Fleet()] };
        var answer = AnswerModel.From(scenario, CapacityEstimatorTests.Catalog, Engine.Evaluate(scenario, CapacityEstimatorTests.Catalog));

        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<AnswerView>(("Model", answer), ("Tab", "capacity"), ("Alone", alone));

        Assert.NotEqual(alone, html.Contains("href=\"/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Print_says_once_what_two_fleets_share()
    {
        var (one, twin) = (CapacityEstimatorTests.Fleet(), CapacityEstimatorTests.Fleet() with { Id = "twin", Name = "Twin" });
        var other = CapacityEstimatorTests.Fleet("llama-405b", "bf16", 8) with { Id = "other", Name = "Other" };
        var scenario = new Scenario { Name = "Chat", StartMonth = "2026-12", Workload = CapacityEstimatorTests.Chat, Options = [one, twin, other] };
        var views = AnswerModel.From(scenario, CapacityEstimatorTests.Catalog, Engine.Evaluate(scenario, CapacityEstimatorTests.Catalog)).Capacity;
        Assert.True(views[1].SaysTheSameAs(views[0]));
        Assert.False(views[2].SaysTheSameAs(views[0]));

        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<CapacityPanel>(("Views", views), ("Static", true));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(html, "Its replica has the same figures as that of"));
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(html, "Memory of a GPU"));
    }
}
