using Xunit;

namespace Planner.Tests.Web.Api;

public class HorizonApiTests(PlannerHost host)
{
    [Fact]
    public async Task Horizon_gives_every_option_its_months_and_a_switch_from_what_is_in_place()
    {
        var scenario = await host.ExampleAsync();
        var answer = await host.PostAsync("/horizon", scenario);

        Assert.Equal(36, (int)answer.Value("months")!);
        var options = answer.Value("options")!.AsArray();
        Assert.All(options, option => Assert.Equal(36, option!["months"]!.AsArray().Count));
        var api = options.Single(option => (string)option!["kind"]! == "api")!;
        Assert.Equal(7_500m, (decimal)api["months"]![35]!["costUsd"]!);
        Assert.Equal(270_000m, (decimal)api["totals"]!["horizonUsd"]!);
        Assert.Equal("This option is in place.", (string)api["switchingReason"]!);
    }

    [Theory]
    [InlineData("months", 0)]
    [InlineData("switchMonth", 36)]
    [InlineData("discountRatePerYear", -1)]
    public async Task Faults_are_told_at_their_field(string field, int value)
    {
        var scenario = await host.ExampleAsync();
        scenario["horizon"]![field] = value;
        ApiClient.IsProblem(await host.PostAsync("/horizon", scenario), 400, $"horizon.{field}");
    }
}
