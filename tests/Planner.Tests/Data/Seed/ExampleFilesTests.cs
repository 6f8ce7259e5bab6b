using System.Collections;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Seed;

public class ExampleFilesTests
{
    public static TheoryData<string> Ids => [.. SeedFiles.ExampleIds];

    [Theory]
    [InlineData("high-volume-chat")]
    [InlineData("internal-code-generation")]
    [InlineData("daily-classifier")]
    [InlineData("document-embeddings")]
    [InlineData("support-assistant")]
    [InlineData("h100-utilization")]
    [InlineData("spot-mix")]
    [InlineData("one-sre-day")]
    public void Example_is_shipped(string id) => Assert.Contains(id, SeedFiles.ExampleIds);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Example_reads_without_a_problem_and_holds_no_member_that_the_product_ignores(string id)
    {
        var scenario = Read(id);

        Assert.Equal(Scenario.CurrentSchema, scenario.Schema);
        Assert.NotEmpty(scenario.Name);
        Assert.True(scenario.Notes.Length > 200, "An example says which claim it checks.");
        Assert.Matches("^2026-[01][0-9]$", scenario.StartMonth);
        Assert.Empty(UnknownMembers(scenario, ""));
    }

    [Fact]
    public void Misspelled_member_would_be_noticed()
    {
        var (scenario, _) = ScenarioJson.Read("""{ "workload": { "requestsPerMonth": 1 }, "options": [ { "kind": "selfHost", "fleet": { "spareReplica": 1 } } ] }""");

        Assert.Equal(["Options.Fleet.spareReplica"], UnknownMembers(scenario!, ""));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Example_names_only_what_the_catalog_holds(string id)
    {
        var (prices, instances, models) = (SeedFiles.RowsByKey("prices"), SeedFiles.RowsByKey("instances"), SeedFiles.RowsByKey("models"));

        foreach (var option in Read(id).Options)
        {
            if (option is ApiOption api)
            {
                Assert.True(api.PriceKey is null ? api.Price is not null : prices.ContainsKey(api.PriceKey), $"{api.Id}: {api.PriceKey}");
            }
            else if (option is SelfHostOption host)
            {
                Assert.True(host.Model is null || models.ContainsKey(host.Model), $"{host.Id}: {host.Model}");
                Assert.True(
                    host.InstanceKey is null ? host.InstanceUsdPerHour is not null : instances.ContainsKey(host.InstanceKey),
                    $"{host.Id}: {host.InstanceKey}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Example_finds_every_price_that_its_workload_needs(string id)
    {
        var scenario = Read(id);
        var (prices, instances) = (SeedFiles.RowsByKey("prices"), SeedFiles.RowsByKey("instances"));

        foreach (var key in scenario.Options.OfType<ApiOption>().Select(api => api.PriceKey).OfType<string>())
        {
            var sheet = prices[key].GetProperty("prices");
            Assert.NotNull(SeedFiles.Number(sheet, "inputUsdPerM"));
            Assert.NotNull(SeedFiles.Number(sheet, "outputUsdPerM"));
            Assert.True(scenario.Workload.CacheReadShare == 0 || SeedFiles.Number(sheet, "cacheReadUsdPerM") is not null, $"{key} has no cache price");
        }

        foreach (var host in scenario.Options.OfType<SelfHostOption>())
        {
            foreach (var share in host.Purchase.Where(share => share.Kind == PurchaseKinds.Spot && share.UsdPerHour is null))
                Assert.NotNull(SeedFiles.Number(instances[host.InstanceKey!].GetProperty("prices"), "spotUsd"));
            Assert.Equal(1m, host.Purchase.Sum(share => share.Share));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Example_has_distinct_options_and_a_baseline_among_them(string id)
    {
        var scenario = Read(id);
        var ids = scenario.Options.Select(option => option.Id).ToList();

        Assert.InRange(ids.Count, 2, 12);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains(scenario.BaselineOptionId, ids);
        Assert.All(scenario.Ranges, range => Assert.True(range.Low <= range.Likely && range.Likely <= range.High, range.Path));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Replica_of_an_example_fits_into_its_instance(string id)
    {
        var instances = SeedFiles.RowsByKey("instances");

        Assert.All(
            Read(id).Options.OfType<SelfHostOption>().Where(host => host.InstanceKey is not null),
            host => Assert.True(host.TensorParallel <= instances[host.InstanceKey!].GetProperty("gpuCount").GetInt32(), host.Id));
    }

    [Fact]
    public void High_volume_chat_has_the_published_inputs()
    {
        var scenario = Read("high-volume-chat");
        var api = Assert.IsType<ApiOption>(scenario.Options[0]);
        var self = Assert.IsType<SelfHostOption>(scenario.Options[1]);

        Assert.Equal(720m, scenario.HoursPerMonth);
        Assert.Equal(
            (10_000_000m, 400m, 100m),
            (scenario.Workload.RequestsPerMonth, scenario.Workload.InputTokens, scenario.Workload.OutputTokens));
        Assert.Equal((1.5m, 1.5m), (api.Price!.InputUsdPerM, api.Price.OutputUsdPerM));
        Assert.Equal((5.672m, 125m, 1m), (self.InstanceUsdPerHour, self.Throughput.TokensPerSecond, self.LoadFactor));
        Assert.Equal((4, 2), (self.TensorParallel, self.Fleet.Instances));
        Assert.Equal((40m, 150m), (self.OneOff[0].Hours, self.OneOff[0].UsdPerHour));
        Assert.Equal((6_000_000m, 20_000_000m), (scenario.Ranges[0].Low, scenario.Ranges[0].High));
    }

    [Fact]
    public void Batch_window_of_code_generation_costs_what_was_claimed_only_in_its_hours()
    {
        var options = Read("internal-code-generation").Options.OfType<SelfHostOption>().ToDictionary(option => option.Id);

        Assert.Equal(4083.84m, 720m * options["always-on"].InstanceUsdPerHour!.Value);
        Assert.Equal(1200.00m, decimal.Round(options["batch-window"].Fleet.RunningHoursPerMonth!.Value * options["batch-window"].InstanceUsdPerHour!.Value, 2));
    }

    [Fact]
    public void Daily_classifier_reads_fifty_million_tokens_a_day()
    {
        var workload = Read("daily-classifier").Workload;

        Assert.Equal(30m * 50_000_000m, workload.RequestsPerMonth * (workload.InputTokens + workload.OutputTokens));
    }

    [Fact]
    public void Support_assistant_shows_a_week_a_mix_and_a_horizon_at_once()
    {
        var scenario = Read("support-assistant");

        Assert.Equal(["sonnet", "gpt-5-mini", "self-host", "self-host-community", "mix"], scenario.Options.Select(option => option.Id));
        Assert.Equal(ShapeKinds.ConsumerEvening, scenario.Workload.Shape.Kind);
        Assert.Equal(("self-host", "sonnet"), (scenario.Options.OfType<HybridOption>().Single().FleetOptionId, scenario.Options.OfType<HybridOption>().Single().ApiOptionId));
        Assert.NotEqual((0m, 0m), (scenario.Horizon.ApiPriceDriftPerYear, scenario.Workload.GrowthPerMonth));
    }

    private static Scenario Read(string id)
    {
        var (scenario, problem) = ScenarioJson.Read(SeedFiles.Example(id));
        Assert.Null(problem);
        return scenario!;
    }

    private static IEnumerable<string> UnknownMembers(DocumentNode node, string path)
    {
        foreach (var name in node.Unknown?.Keys ?? [])
            yield return $"{path}{name}";
        foreach (var property in node.GetType().GetProperties().Where(property => property.Name != nameof(DocumentNode.Unknown)))
        {
            IEnumerable<DocumentNode> children = property.GetValue(node) switch
            {
                DocumentNode child => [child],
                IEnumerable list and not string => list.OfType<DocumentNode>(),
                _ => [],
            };
            foreach (var unknown in children.SelectMany(child => UnknownMembers(child, $"{path}{property.Name}.")))
                yield return unknown;
        }
    }
}
