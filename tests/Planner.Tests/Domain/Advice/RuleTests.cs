using Planner.Domain.Advice;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Advice;

public class RuleTests
{
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

    private static IReadOnlyList<Check> Checks(Scenario scenario)
    {
        Assert.Empty(ScenarioRules.Check(scenario, RuleCases.Catalog));
        return [.. Engine.Evaluate(scenario, RuleCases.Catalog).Checks, .. Engine.Advise(scenario, RuleCases.Catalog).Checks];
    }
}
