using Planner.Data.Actuals;
using Xunit;

namespace Planner.Tests.Data.Actuals;

/// <summary>What is refused of a target, by field.</summary>
public sealed class FleetRulesTests
{
    private static readonly FleetTargetDraft Sound = new("self", "Fleet", FleetTargetKinds.Metrics, [new Uri("http://one:8000/metrics")], null, null, 5);

    public static TheoryData<string, FleetTargetDraft> Faulty => new()
    {
        { "optionId", Sound with { OptionId = "other" } },
        { "optionId", Sound with { OptionId = "api" } },
        { "name", Sound with { Name = " " } },
        { "name", Sound with { Name = new string('x', 101) } },
        { "name", Sound with { Name = "a\nb" } },
        { "kind", Sound with { Kind = "ssh" } },
        { "addresses", Sound with { Addresses = [] } },
        { "addresses", Sound with { Addresses = [.. Enumerable.Range(0, 65).Select(i => new Uri($"http://one:{8000 + i}"))] } },
        { "addresses", Sound with { Kind = FleetTargetKinds.Prometheus, Addresses = [new Uri("http://one"), new Uri("http://two")] } },
        { "addresses[0]", Sound with { Addresses = [new Uri("file:///etc/passwd")] } },
        { "addresses[0]", Sound with { Addresses = [new Uri("metrics", UriKind.Relative)] } },
        { "addresses[0]", Sound with { Addresses = [new Uri("http://me:secret@one/metrics")] } },
        { "addresses[0]", Sound with { Addresses = [new Uri("http://one/metrics?key=secret")] } },
        { "addresses[0]", Sound with { Addresses = [new Uri("http://one/" + new string('x', 500))] } },
        { "addresses[1]", Sound with { Addresses = [new Uri("http://one"), new Uri("http://ONE:80/")] } },
        { "addresses[1]", Sound with { Addresses = [new Uri("http://one"), new Uri("http://one/metrics/")] } },
        { "selector", Sound with { Selector = "{job=\"vllm\"}" } },
        { "selector", Sound with { Kind = FleetTargetKinds.Prometheus, Selector = "{job=\"vllm\"} or up" } },
        { "instances", Sound with { Instances = 0 } },
        { "instances", Sound with { Instances = 100_001 } },
        { "intervalMinutes", Sound with { IntervalMinutes = 0 } },
        { "intervalMinutes", Sound with { IntervalMinutes = 31 } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_is_named_by_its_field(string path, FleetTargetDraft draft)
    {
        var problem = Assert.Single(FleetRules.Check(draft, TestDatabase.ScenarioOf("Chat")));
        Assert.Equal(path, problem.Path);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_target_of_the_option_reads_is_not_read_twice()
    {
        var other = new FleetTarget(7, "chat", Sound.OptionId, "Other", FleetTargetKinds.Metrics, [new Uri(Sound.Addresses[0], "/metrics")], null, null, 5, new FleetTargetState(null, null, null, null, null));
        Assert.Equal("addresses[0]", Assert.Single(FleetRules.Check(Sound with { Addresses = [new Uri(Sound.Addresses[0], "/")] }, TestDatabase.ScenarioOf("Chat"), [other])).Path);
        Assert.Empty(FleetRules.Check(Sound, TestDatabase.ScenarioOf("Chat"), [other with { OptionId = "another" }]));
    }

    [Fact]
    public void A_sound_draft_has_no_fault()
    {
        Assert.Empty(FleetRules.Check(Sound with { Instances = 0.5m }, TestDatabase.ScenarioOf("Chat")));
        Assert.Empty(FleetRules.Check(Sound with { Kind = FleetTargetKinds.Prometheus, Selector = "{job=\"vllm\"}" }, TestDatabase.ScenarioOf("Chat")));
        Assert.Empty(FleetRules.Check(Sound with { OptionId = "none yet" }, scenario: null));
    }
}
