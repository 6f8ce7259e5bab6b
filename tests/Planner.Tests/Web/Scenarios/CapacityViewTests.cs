using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Capacity;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

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
}
