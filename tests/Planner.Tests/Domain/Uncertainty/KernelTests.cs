using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Uncertainty;
using Planner.Tests.Data;
using Xunit;
using static Planner.Tests.Domain.Uncertainty.Simulations;

namespace Planner.Tests.Domain.Uncertainty;

/// <summary>A sample is what an evaluation of the document with these values written into it finds.</summary>
public sealed class KernelTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PreparedAsync([.. SeedFile.Embedded("Seed/catalog/")]);

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_example_at_likely_values_costs_what_its_evaluation_says()
    {
        foreach (var example in _database.Get<ExampleStore>().All)
        {
            var scenario = example.Scenario with { Ranges = [Volume(example.Scenario.Workload.RequestsPerMonth, example.Scenario.Workload.RequestsPerMonth, example.Scenario.Workload.RequestsPerMonth)] };
            await CompareAsync(scenario, scenario with { Ranges = [] }, simulation => simulation.Likely!);
        }
    }

    [Theory]
    [InlineData("workload.outputTokens", 200, 350, 600)]
    [InlineData("workload.inputCv", 0, 0.6, 2)]
    [InlineData("workload.shape.peakToMean", 1, 3, 8)]
    [InlineData("workload.cacheReadShare", 0.2, 0.5, 0.7)]
    [InlineData("hoursPerMonth", 700, 730, 740)]
    [InlineData("options[2].throughput.tokensPerSecond", 300, 1000, 2000)]
    [InlineData("options[2].loadFactor", 0.4, 0.8, 1)]
    [InlineData("options[2].fleet.spareReplicas", 0, 1, 4)]
    [InlineData("options[2].extras[3].usdPerMillionTokens", 0, 0.01, 1)]
    [InlineData("options[2].instanceUsdPerHour", 1, 2, 3)]
    public async Task Ends_of_a_range_cost_what_the_document_with_them_costs(string path, double low, double likely, double high)
    {
        var example = _database.Get<ExampleStore>().Find("support-assistant")!.Scenario;
        var scenario = example with
        {
            Workload = example.Workload with { Shape = new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = 3 } },
            Ranges = [Range(path, (decimal)low, (decimal)likely, (decimal)high)],
        };

        await CompareAsync(scenario, With(scenario with { Ranges = [] }, path, (decimal)low), simulation => simulation.Tornado[0].AtLow);
        await CompareAsync(scenario, With(scenario with { Ranges = [] }, path, (decimal)high), simulation => simulation.Tornado[0].AtHigh);
    }

    [Theory]
    [InlineData("overflow")]
    [InlineData("hours")]
    [InlineData("fallback")]
    [InlineData("tasks")]
    public async Task Mix_of_a_modelled_fleet_and_an_api_follows_both(string mode)
    {
        var scenario = _database.Get<ExampleStore>().Find("support-assistant")!.Scenario;
        var fleet = (SelfHostOption)scenario.Options[2] with { Throughput = new Throughput(), Extras = [new ExtraCost { Name = "Monitoring", UsdPerMonth = 120 }] };
        var mix = new HybridOption { Id = "mix", Name = "Mix", Mode = mode };
        mix = mode == "tasks"
            ? mix with { Routes = [new TaskRoute { Task = "short", Share = 0.6m, OptionId = "self-host", OutputTokens = 200 }, new TaskRoute { Task = "long", Share = 0.4m, OptionId = "sonnet", OutputTokens = 575 }] }
            : mix with { FleetOptionId = "self-host", ApiOptionId = "sonnet", DowntimeShare = 0.02m, Hours = mode == "hours" ? [1, 2, 3] : null };
        var mixed = scenario with { Options = [scenario.Options[0], scenario.Options[1], fleet, mix] };

        foreach (var (path, high) in ((string, decimal)[])[("workload.outputTokens", 500), ("options[2].prefixCacheShare", 0.8m), ("workload.slo.tpotMs", 80), ("options[0].price.outputUsdPerM", 40)])
        {
            var likely = path == "options[2].prefixCacheShare" ? 0.1m : path == "options[0].price.outputUsdPerM" ? 15 : 400;
            var ranged = mixed with { Ranges = [Range(path, Math.Min(likely, high), Math.Min(likely, high), high)] };
            var catalog = await _database.Get<CatalogStore>().SnapshotAsync(mixed);
            Assert.Empty(ScenarioRules.Check(ranged, catalog));
            var written = path == "options[0].price.outputUsdPerM"
                ? mixed with { Options = [(ApiOption)mixed.Options[0] with { Price = catalog.Prices["anthropic:claude-sonnet-4-6"].Prices with { OutputUsdPerM = high } }, .. mixed.Options.Skip(1)], Ranges = [] }
                : With(mixed with { Ranges = [] }, path, high);
            if (path == "workload.outputTokens")
                written = written with { Options = [.. written.Options.Select(option => option is HybridOption { Routes.Count: > 0 } tasks ? tasks with { Routes = [.. tasks.Routes.Select(route => route with { OutputTokens = route.OutputTokens * high / 350 })] } : option)] };
            await CompareAsync(ranged, written, simulation => simulation.Tornado.Single(bar => bar.Path == path).AtHigh);
        }
    }

    [Fact]
    public async Task Modelled_throughput_is_as_uncertain_as_its_band()
    {
        var scenario = _database.Get<ExampleStore>().Find("support-assistant")!.Scenario;
        var modelled = scenario with { Ranges = [], Options = [scenario.Options[0], (SelfHostOption)scenario.Options[2] with { Throughput = new Throughput() }] };
        var catalog = await _database.Get<CatalogStore>().SnapshotAsync(modelled);
        var band = Engine.Evaluate(modelled, catalog).Options[1].Estimate!;

        var simulation = Engine.Simulate(modelled, catalog);
        var input = Assert.Single(simulation.Inputs);

        Assert.True(input.Implied);
        Assert.Equal("options[1].throughput", input.Path);
        Assert.Contains(modelled.Options[1].Name, input.Name, StringComparison.Ordinal);
        Assert.Equal((band.Band!.LowTokensPerSecond, band.TokensPerSecond, band.Band.HighTokensPerSecond), (input.Low, input.Likely, input.High));
        var drawn = new SampleKernel(modelled, catalog).Inputs[0];
        Assert.Equal(input.Low, drawn.Quantile(0.1), input.Low * 1e-9);
        Assert.Equal(input.High, drawn.Quantile(0.9), input.High * 1e-9);
        // At the lower decile it costs what a fleet of that stated throughput costs.
        var stated = modelled with { Options = [modelled.Options[0], (SelfHostOption)modelled.Options[1] with { LoadFactor = 1, Throughput = new Throughput { Kind = "stated", TokensPerSecond = (decimal)input.Low } }] };
        Assert.Equal((double)Engine.Evaluate(stated, catalog).Options[1].OngoingMonthlyUsd!.Value, simulation.Tornado[0].AtLow.Usd[1]!.Value, 0.01);
    }

    private async Task CompareAsync(Scenario scenario, Scenario written, Func<Simulation, SimulatedMonth> month)
    {
        var catalog = await _database.Get<CatalogStore>().SnapshotAsync(scenario);
        var found = month(Engine.Simulate(scenario, catalog)).Usd;
        var expected = Engine.Evaluate(written, catalog).Options;
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(expected[i].Feasible == found[i] is not null, $"{scenario.Name}, {expected[i].Name}: feasible {expected[i].Feasible}, sample {found[i]}");
            if (found[i] is { } usd)
                Assert.Equal((double)expected[i].OngoingMonthlyUsd!.Value, usd, Math.Max(0.001, usd * 1e-9));
        }
    }
}
