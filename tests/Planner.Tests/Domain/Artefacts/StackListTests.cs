using Planner.Domain.Artefacts;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

public class StackListTests
{
    private static Dictionary<string, StackRow> Stack(ArtefactBundle bundle) => bundle.Stack.ToDictionary(row => row.Part);

    [Fact]
    public void Plain_fleet_lacks_what_it_lacks()
    {
        var stack = Stack(Plans.Bundle(Plans.Fleet));
        Assert.Equal(["Quantization", "Spot policy", "Spare capacity", "Fallback"], stack.Values.Where(row => !row.Done).Select(row => row.Part));
        Assert.Equal("vLLM", stack["Engine"].Choice);
        Assert.Contains("20.00 USD an hour", stack["Spot policy"].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Spot_is_priced_in_usd_as_all_files_are_and_its_lack_has_one_reason()
    {
        var euros = Plans.Scenario(Plans.Fleet) with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 1), Source = "test" } };
        Assert.Contains("20.00 USD an hour", Stack(Plans.Bundle(euros, "self"))["Spot policy"].Why, StringComparison.Ordinal);
        var unpriced = Plans.Fleet with { InstanceKey = "lambda:gpu_1x_h100:us-east-1" };
        Assert.Equal("There is nothing to gain: the catalog has no spot price of this instance.", Stack(Plans.Bundle(unpriced))["Spot policy"].Why);
        var single = Plans.Fleet with { InstanceKey = "aws:g6.xlarge:us-east-1", Fleet = Plans.Fleet.Fleet with { MinimumReplicas = 1 } };
        Assert.Equal("There is nothing to gain: the single replica would be the one taken away.", Stack(Plans.Bundle(single))["Spot policy"].Why);
    }

    [Fact]
    public void Mix_with_all_of_it_lacks_nothing()
    {
        var fleet = Plans.Fleet with
        {
            Precision = "fp8",
            PrefixCacheShare = 0.5m,
            Fleet = Plans.Fleet.Fleet with { SpareReplicas = 1 },
            Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 0.5m }, new PurchaseShare { Kind = PurchaseKinds.OnDemand, Share = 0.5m }],
        };
        var stack = Stack(Plans.Bundle(Plans.Scenario(fleet, Plans.Api, Plans.Mix), "mix"));
        Assert.All(stack.Values, row => Assert.True(row.Done, row.Part));
        Assert.Equal(("LiteLLM", "Sonnet"), (stack["Gateway"].Choice, stack["Fallback"].Choice));
        Assert.Contains("4 of 8", stack["Spot policy"].Choice, StringComparison.Ordinal);
        // The base of a mix with overflow keeps no spare replicas, whatever the fleet by itself does.
        Assert.Equal("none", stack["Spare capacity"].Choice);
    }

    [Fact]
    public void Mix_by_task_has_nothing_that_answers_for_the_fleet()
    {
        var mix = new HybridOption { Id = "mix", Name = "By task", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "Sort", Share = 0.5m, OptionId = "self" }, new TaskRoute { Task = "Hard", Share = 0.5m, OptionId = "api" }] };
        var stack = Stack(Plans.Bundle(Plans.Scenario(Plans.Fleet, Plans.Api, mix), "mix"));
        Assert.Equal(("LiteLLM", "One address for clients: it sends each task to the option that serves it."), (stack["Gateway"].Choice, stack["Gateway"].Why));
        Assert.Equal(("none", false), (stack["Fallback"].Choice, stack["Fallback"].Done));
        Assert.StartsWith("Sonnet has tasks of its own", stack["Fallback"].Why, StringComparison.Ordinal);
        Assert.False(stack["Spare capacity"].Done);
    }

    [Fact]
    public void Weights_that_the_engine_quantizes_are_not_said_to_be_published_so()
    {
        Assert.Equal("The engine makes them of meta-llama/Llama-3.1-8B while it loads.", Stack(Plans.Bundle(Plans.Fleet with { Precision = "fp8" }))["Quantization"].Why);
        Assert.Equal("someone/Llama-3.1-8B-FP8 has to hold these weights.", Stack(Plans.Bundle(Plans.Fleet with { Precision = "fp8" }, "someone/Llama-3.1-8B-FP8"))["Quantization"].Why);
    }

    [Fact]
    public void Monitoring_names_what_the_engine_measures_and_which_target_it_cannot_watch()
    {
        Assert.Equal("vLLM measures its queue, its KV cache, the time to the first token, the time of each further token at /metrics.", Stack(Plans.Bundle(Plans.Fleet))["Monitoring"].Why);
        Assert.Equal(
            "Text Generation Inference measures its queue, the time of each further token at /metrics. It does not measure the time to the first token: no alert watches that.",
            Stack(Plans.Bundle(Plans.Fleet with { Engine = "tgi" }))["Monitoring"].Why);
    }

    [Fact]
    public void Server_for_one_user_is_no_choice_for_many()
    {
        var stack = Stack(Plans.Bundle(Plans.Fleet with { Engine = "ollama", Precision = "int4" }, "someone/Llama-3.1-8B-GGUF"));
        Assert.False(stack["Engine"].Done);
        Assert.False(stack["Monitoring"].Done);
    }

    [Fact]
    public void Data_that_stays_inside_cannot_fall_back_on_an_api()
    {
        var scenario = Plans.Scenario(Plans.Fleet with { Fleet = Plans.Fleet.Fleet with { SpareReplicas = 1 } });
        scenario = scenario with { Workload = scenario.Workload with { Requirements = new Requirements { DataStaysInside = true } } };
        Assert.True(Stack(Plans.Bundle(scenario, "self"))["Fallback"].Done);
    }
}
