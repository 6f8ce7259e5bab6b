using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Xunit;

namespace Planner.Tests.Data.Stores;

public class AlertStoreTests
{
    private static readonly DecisionAnswer Before = new("api", "API", 600, 1_200_000);

    [Fact]
    public async Task Alert_is_raised_once_however_often_it_is_found()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        Assert.Equal(new AlertOutcome(true, 0), await alerts.NoteAsync(id, 1, To(720), 7));
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, To(720), 8));

        var alert = Assert.Single((await alerts.ListAsync()).Items);
        Assert.Equal((id, "Chat", 1, 7L), (alert.ScenarioId, alert.ScenarioName, alert.Version, alert.FeedRunId));
        Assert.Equal((Before, To(720).After), (alert.Before, alert.After));
        Assert.Equal("acme:one", Assert.Single(alert.Causes).Key);
        Assert.Equal(1, await alerts.CountOpenAsync());
    }

    [Fact]
    public async Task Alert_ends_when_the_answer_is_back_and_is_raised_again_when_it_goes_again()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await alerts.NoteAsync(id, 1, To(720), 1);
        Assert.Equal(new AlertOutcome(false, 1), await alerts.NoteAsync(id, 1, null, 2));
        Assert.Empty((await alerts.ListAsync()).Items);
        Assert.Equal(new AlertOutcome(true, 0), await alerts.NoteAsync(id, 1, To(720), 3));
    }

    [Fact]
    public async Task Another_answer_takes_the_place_of_the_first()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await alerts.NoteAsync(id, 1, To(720), 1);
        // 5 % of 720 is 36.
        Assert.Equal(new AlertOutcome(true, 1), await alerts.NoteAsync(id, 1, To(756.01m), 2));
        Assert.Equal(756.01m, Assert.Single((await alerts.ListAsync()).Items).After.MonthlyUsd);
    }

    [Fact]
    public async Task Answer_that_moves_within_the_threshold_stays_the_alert_that_was_put_aside()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await alerts.NoteAsync(id, 1, To(720), 1);
        await alerts.PutAsideAsync(Assert.Single((await alerts.ListAsync()).Items).Id, true);

        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, To(720.01m), 2));
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, To(756), 3));
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, To(720, crossing: 840_000), 4));
        Assert.Equal(720, Assert.Single((await alerts.ListAsync(AlertStates.PutAside)).Items).After.MonthlyUsd);

        // 5 % of 800,000 is 40,000; and no crossing is another answer than one.
        Assert.Equal(new AlertOutcome(true, 1), await alerts.NoteAsync(id, 1, To(720, crossing: 840_001), 5));
        Assert.Equal(new AlertOutcome(true, 1), await alerts.NoteAsync(id, 1, To(720, crossing: null), 6));
        Assert.Equal(new AlertOutcome(true, 1), await alerts.NoteAsync(id, 1, To(720.01m, crossing: null), 7, thresholdShare: 0));
    }

    [Fact]
    public async Task Alert_that_was_put_aside_stays_so_and_can_be_brought_back()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await alerts.NoteAsync(id, 1, To(720), 1);
        var alert = Assert.Single((await alerts.ListAsync()).Items);

        Assert.True(await alerts.PutAsideAsync(alert.Id, true));
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, To(720), 2));
        Assert.Empty((await alerts.ListAsync()).Items);
        Assert.NotNull(Assert.Single((await alerts.ListAsync(AlertStates.PutAside)).Items).PutAsideUtc);
        Assert.True(await alerts.PutAsideAsync(alert.Id, false));
        Assert.Single((await alerts.ListAsync()).Items);
        Assert.False(await alerts.PutAsideAsync(alert.Id + 1, true));
    }

    [Fact]
    public async Task Alert_of_a_version_that_was_saved_over_or_of_a_deleted_scenario_is_over()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        var scenarios = database.Get<ScenarioStore>();
        await alerts.NoteAsync(id, 1, To(720), 1);
        await scenarios.SaveAsync(id, 1, TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("b"));
        Assert.Empty((await alerts.ListAsync()).Items);

        await alerts.NoteAsync(id, 2, To(720), 2);
        Assert.Equal(2, Assert.Single((await alerts.ListAsync()).Items).Version);
        await scenarios.DeleteAsync(id, 2);
        Assert.Equal(0, await alerts.CountOpenAsync());
    }

    [Fact]
    public async Task Alert_goes_on_with_a_version_whose_answer_fails_to_hold_in_the_same_way()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await alerts.NoteAsync(id, 1, To(720), 1);
        var alert = Assert.Single((await alerts.ListAsync()).Items);
        await alerts.NoteWebhookAsync(alert.Id, "told");
        await alerts.PutAsideAsync(alert.Id, true);

        await SaveAsync(database, id, 1);
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 2, To(730), null));
        var carried = Assert.Single((await alerts.ListAsync(AlertStates.PutAside)).Items);
        Assert.Equal((alert.Id, 2, "told", 730m), (carried.Id, carried.Version, carried.Webhook, carried.After.MonthlyUsd));

        // Another answer was saved: what fails to hold is another decision.
        await SaveAsync(database, id, 2);
        Assert.Equal(new AlertOutcome(true, 1), await alerts.NoteAsync(id, 3, To(730) with { Before = Before with { OptionId = "other" } }, null));
        Assert.Null(Assert.Single((await alerts.ListAsync()).Items).Webhook);
    }

    [Fact]
    public async Task Comparison_of_a_version_that_was_saved_over_meanwhile_is_forgotten()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await SaveAsync(database, id, 1);
        await alerts.NoteAsync(id, 2, To(720), 1);
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, null, 1));
        Assert.Equal(new AlertOutcome(false, 0), await alerts.NoteAsync(id, 1, To(800), 1));
        Assert.Equal(2, Assert.Single((await alerts.ListAsync()).Items).Version);
    }

    [Fact]
    public async Task Webhook_s_answer_is_kept_and_only_those_without_one_are_untold()
    {
        using var database = await TestDatabase.PreparedAsync();
        var (alerts, id) = await StoredAsync(database);
        await alerts.NoteAsync(id, 1, To(720), 1);
        var alert = Assert.Single(await alerts.UntoldAsync(10));
        await alerts.NoteWebhookAsync(alert.Id, "told");
        Assert.Empty(await alerts.UntoldAsync(10));
        Assert.Equal("told", Assert.Single((await alerts.ListAsync()).Items).Webhook);
    }

    private static async Task<(AlertStore Alerts, string Id)> StoredAsync(TestDatabase database)
    {
        var stored = await database.Get<ScenarioStore>().CreateAsync(TestDatabase.ScenarioOf("Chat"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a"));
        return (database.Get<AlertStore>(), stored.Id);
    }

    private static async Task SaveAsync(TestDatabase database, string id, int version) =>
        Assert.IsType<SaveOutcome.Saved>(await database.Get<ScenarioStore>().SaveAsync(id, version, TestDatabase.ScenarioOf($"Chat {version}"), CatalogSnapshot.Empty, TestDatabase.ResultOf("a")));

    internal static DecisionChange To(decimal monthlyUsd, double? crossing = 800_000) => new(
        Before, new DecisionAnswer("self", "Fleet", monthlyUsd, crossing), [DecisionReasons.CheapestOption],
        [new DecisionCause(DecisionCauseKinds.PriceSheet, "acme:one", [new PriceMove("inputUsdPerM", 1, 1.5m)], new Provenance("litellm", null, new DateOnly(2026, 12, 1)), true, 300)]);
}
