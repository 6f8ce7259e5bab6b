using Planner.Domain.Advice;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Advice;

public class RuleTests
{
    private static readonly string[] Mendable =
    [
        "awq-on-bf16", "batch-price-missing", "cold-start-missing", "cold-start-slow", "does-not-fit", "fallback-not-planned", "flat-load", "fleet-too-small", "free-quantization",
        "hours-of-month", "hours-paid-twice", "idle-gpu", "kv-cache-small", "no-baseline", "no-spare", "no-targets", "outgrown", "overhead-missing",
        "people-and-overhead", "right-size", "single-user-engine", "spot-without-backup", "stated-above-model", "stated-below-model", "target-out-of-reach", "term-beyond-horizon", "two-baselines",
    ];

    private static readonly Dictionary<string, (Scenario Speaks, Scenario Silent)> Cases = RuleCases.All().ToDictionary(one => one.Id, one => (one.Speaks, one.Silent));

    public static TheoryData<string> Ids => [.. RuleCatalogue.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_rule_speaks_where_it_should_and_is_silent_beside_it(string id)
    {
        var (speaks, silent) = Cases[id];

        var check = Checks(speaks).FirstOrDefault(check => check.Id == id);
        Assert.True(check is not null, string.Join("; ", Checks(speaks).Select(one => $"{one.Id}: {one.Message}")));
        Assert.Equal(RuleCatalogue.Find(id)!.Severity, check.Severity);
        Assert.DoesNotContain('{', check.Message);
        Assert.DoesNotContain(Checks(silent), check => check.Id == id);
    }

    [Fact]
    public void These_rules_offer_what_a_click_changes() =>
        Assert.Equal(Mendable, Cases.Where(one => Checks(one.Value.Speaks).Any(check => check.Id == one.Key && check.Fix is not null)).Select(one => one.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_a_click_changes_settles_the_check_and_leaves_a_sound_scenario(string id)
    {
        var (speaks, _) = Cases[id];
        foreach (var check in Checks(speaks).Where(check => check.Id == id && check.Fix is not null))
        {
            var after = check.Fix!.Apply(speaks);

            Assert.Empty(ScenarioRules.Check(after, RuleCases.Catalog));
            Assert.DoesNotContain(Checks(after), other => other.Id == id && other.OptionId == check.OptionId);
        }
    }

    [Fact]
    public void Sources_that_disagree_about_a_machine_are_told_where_the_catalogs_price_counts()
    {
        var fleet = RuleCases.Sound with { InstanceKey = "cloud:disputed:r" };

        var check = Assert.Single(Checks(RuleCases.Of(fleet)), check => check.Id == "price-disputed");

        Assert.Contains("test says (an hour on demand $4.00, reserved for 1 year unknown, for 3 years unknown); other says an hour on demand $5.00", check.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Checks(RuleCases.Of(RuleCases.Sound with { InstanceKey = "cloud:l4x4:r" })), check => check.Id == "price-disputed");
        Assert.DoesNotContain(Checks(RuleCases.Of(fleet with { InstanceUsdPerHour = 3 })), check => check.Id == "price-disputed");
    }

    [Fact]
    public void Every_rule_has_its_case_its_words_and_one_id()
    {
        Assert.Equal(RuleCatalogue.All.Select(rule => rule.Id).Order(), Cases.Keys.Order());
        Assert.All(RuleCatalogue.All, rule => Assert.False(string.IsNullOrWhiteSpace(rule.Title) || string.IsNullOrWhiteSpace(rule.Explanation), rule.Id));
        Assert.True(RuleCatalogue.All.Count >= 25);
    }

    [Theory]
    [InlineData("fleet-too-small")]
    [InlineData("idle-gpu")]
    [InlineData("no-spare")]
    [InlineData("does-not-fit")]
    [InlineData("batch-price-missing")]
    [InlineData("fallback-not-planned")]
    [InlineData("single-user-engine")]
    [InlineData("spot-without-backup")]
    [InlineData("hours-of-month")]
    [InlineData("overhead-missing")]
    [InlineData("people-and-overhead")]
    [InlineData("no-baseline")]
    [InlineData("free-quantization")]
    [InlineData("right-size")]
    public void What_a_click_can_settle_says_so(string id) => Assert.Contains(Checks(Cases[id].Speaks), check => check.Id == id && check.Fix is { Label.Length: > 0, Changes.Count: > 0 });

    [Fact]
    public void Every_check_of_an_evaluation_is_a_rule_with_its_severity()
    {
        foreach (var (speaks, silent) in Cases.Values)
            Assert.All(Checks(speaks).Concat(Checks(silent)), check => Assert.Equal(RuleCatalogue.Find(check.Id)?.Severity, check.Severity));
    }

    [Fact]
    public void Fewer_bits_are_tried_beside_a_throughput_that_is_given_too()
    {
        var speaks = Cases["free-quantization"].Speaks;
        var fleet = (SelfHostOption)speaks.Options[0] with { Throughput = new Throughput { Kind = ThroughputKinds.Measured, TokensPerSecond = 1000 } };

        var check = Checks(speaks with { Options = [fleet] }).Single(check => check.Id == "free-quantization");

        Assert.Contains("The 1,000 tokens/s given would become", check.Message, StringComparison.Ordinal);
        var after = (SelfHostOption)check.Fix!.Apply(speaks with { Options = [fleet] }).Options[0];
        Assert.Equal(ThroughputKinds.Stated, after.Throughput.Kind);
        Assert.True(after.Throughput.TokensPerSecond > 1000);
    }

    [Fact]
    public void A_season_that_passes_is_not_told_as_if_it_stayed()
    {
        // From 2026-12 on, a July has nine times the load that 2 machines carry easily.
        var small = Cases["outgrown"].Silent;
        string Told(Scenario scenario) => Checks(scenario).Single(check => check.Id == "outgrown").Message;
        Scenario Seasonal(int months) => small with { Horizon = new Horizon { Months = months }, Workload = small.Workload with { Seasonality = [1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 1] } };

        Assert.StartsWith("In 2027-07 Fleet cannot carry the load: 4.5 M requests", Told(Seasonal(12)), StringComparison.Ordinal);
        Assert.StartsWith("In 3 of the 36 months of the horizon, first in 2027-07, Fleet cannot", Told(Seasonal(36)), StringComparison.Ordinal);
        Assert.StartsWith("From ", Told(Cases["outgrown"].Speaks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_that_a_cheapest_mix_may_take_is_no_commitment()
    {
        var speaks = Cases["term-beyond-horizon"].Speaks;
        string Told(Scenario scenario) => Checks(scenario).Single(check => check.Id == "term-beyond-horizon").Message;
        Assert.Contains("is committed for 36 months", Told(speaks), StringComparison.Ordinal);
        Assert.Contains("may commit for 36 months", Told(speaks with { Options = [(SelfHostOption)speaks.Options[0] with { PurchaseMix = PurchaseMixes.Cheapest }] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_fleet_is_not_said_to_be_sized()
    {
        var fixedFleet = Cases["flat-load"].Speaks;
        Assert.Contains("held against the mean", Checks(fixedFleet).Single(check => check.Id == "flat-load").Message, StringComparison.Ordinal);
        Assert.Contains("sized for the mean", Checks(fixedFleet with { Options = [RuleCases.Sound with { Fleet = new Fleet() }] }).Single(check => check.Id == "flat-load").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cloud:named-turbo", false)]
    [InlineData("openai:gpt-4o", true)]
    public void A_price_sheet_names_its_model_in_its_own_words(string price, bool speaks)
    {
        var both = Cases["quality-not-compared"].Speaks with { Options = [new ApiOption { Id = "api", Name = "API", PriceKey = price }, RuleCases.Sound with { Model = "named" }] };
        Assert.Equal(speaks, Checks(both).Any(check => check.Id == "quality-not-compared"));
    }

    [Theory]
    [InlineData("xai:grok-4-fast-non-reasoning", false)]
    [InlineData("openai:gpt-5-chat-latest", false)]
    [InlineData("openai:gpt-5", true)]
    public void A_name_that_says_that_it_does_not_reason_is_believed(string price, bool speaks)
    {
        var asked = Cases["reasoning-missing"].Speaks with { Options = [new ApiOption { Id = "api", Name = "API", PriceKey = price, Price = new TokenPrices { InputUsdPerM = 1, OutputUsdPerM = 4 } }] };
        Assert.Equal(speaks, Engine.Evaluate(asked, RuleCases.Catalog).Checks.Any(check => check.Id == "reasoning-missing"));
    }

    [Fact]
    public void No_fallback_is_missed_where_prompts_must_stay_inside()
    {
        var speaks = Cases["no-fallback"].Speaks;
        Assert.DoesNotContain(Checks(speaks with { Workload = speaks.Workload with { Requirements = new Requirements { DataStaysInside = true } } }), check => check.Id == "no-fallback");
    }

    private static IReadOnlyList<Check> Checks(Scenario scenario)
    {
        Assert.Empty(ScenarioRules.Check(scenario, RuleCases.Catalog));
        return [.. Engine.Evaluate(scenario, RuleCases.Catalog).Checks, .. Engine.Advise(scenario, RuleCases.Catalog).Checks];
    }
}
