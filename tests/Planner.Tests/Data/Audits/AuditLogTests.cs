using Microsoft.Data.Sqlite;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;
using static Planner.Tests.Data.TestDatabase;

namespace Planner.Tests.Data.Audits;

public sealed class AuditLogTests
{
    private static readonly Reach Ada = new(WorkspaceRow.FirstId, Role.Editor, By: new Actor(7, "ada", "session"));

    [Fact]
    public async Task Life_of_a_scenario_is_told_with_who_did_it_and_each_version_names_its_author()
    {
        using var database = await PreparedAsync();
        var store = database.Get<ScenarioStore>();
        using var _ = database.Get<CurrentReach>().Enter(Ada);
        var (id, _) = await store.CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));
        await store.SaveAsync(id, 1, ScenarioOf("Chat at night"), CatalogSnapshot.Empty, ResultOf("b"));
        await store.RestoreVersionAsync(id, 1, 2);
        await store.DeleteAsync(id, 3);
        await store.UndeleteAsync(id);

        var told = await EntriesAsync(database);

        Assert.Equal(
            [("scenario.created", "Chat"), ("scenario.saved", "Chat at night, version 2"), ("scenario.versionRestored", "Chat, version 1 again as version 3"), ("scenario.deleted", "Chat"), ("scenario.undeleted", "Chat")],
            told.Select(entry => (entry.Action, entry.Detail)));
        Assert.All(told, entry => Assert.Equal(("ada", "session", $"scenarios/{id}", new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc)), (entry.Who, entry.Means, entry.Subject, entry.AtUtc)));
        Assert.Equal(["ada", "ada", "ada"], (await store.VersionsAsync(id)).Items.Select(version => version.SavedBy));
        Assert.Equal("ada", (await store.GetAsync(id))!.SavedBy);
    }

    [Fact]
    public async Task What_did_not_happen_is_not_told()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices());
        var store = database.Get<ScenarioStore>();
        var (id, _) = await store.CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));

        await store.SaveAsync(id, 7, ScenarioOf("Late"), CatalogSnapshot.Empty, ResultOf("b"));
        await store.DeleteAsync(id, 7);
        await store.UndeleteAsync(id);
        await database.Get<ShareLinkStore>().RevokeAsync(id, 12);
        await database.Get<CatalogStore>().Prices.RetireAsync("acme:one", expectedVersion: 9);

        Assert.Equal("scenario.created", Assert.Single(await EntriesAsync(database)).Action);
    }

    [Fact]
    public async Task Price_of_ones_own_is_told_with_what_it_was_and_is()
    {
        using var database = await PreparedAsync(SmallCatalog.Prices());
        var prices = database.Get<CatalogStore>().Prices;
        await prices.EditAsync(SeedCatalogTests.EditOf((await prices.FindAsync("acme:one"))!, input: 2.25m), expectedVersion: 1);
        await prices.ResetAsync("acme:one", expectedVersion: 2);
        await prices.RetireAsync("acme:one", expectedVersion: 3);

        var told = await EntriesAsync(database);

        Assert.Equal(["catalog.edited", "catalog.reset", "catalog.retired"], told.Select(entry => entry.Action));
        Assert.Equal(["inputUsdPerM: 2.5 → 2.25 USD", "inputUsdPerM: 2.25 → 2.5 USD", null], told.Select(entry => entry.Detail?.Split("; ")[0]));
        Assert.All(told, entry => Assert.Equal(("catalog/prices/acme:one", "Planner"), (entry.Subject, entry.Who)));
    }

    [Fact]
    public async Task Links_are_told_without_their_token()
    {
        using var database = await PreparedAsync();
        var (id, _) = await database.Get<ScenarioStore>().CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));
        var links = database.Get<ShareLinkStore>();
        var link = (await links.CreateAsync(id, 1))!;
        await links.RevokeAsync(id, link.Id);

        var told = await EntriesAsync(database);

        Assert.Equal([("link.made", "frozen to version 1"), ("link.revoked", null)], told.Skip(1).Select(entry => (entry.Action, entry.Detail)));
        Assert.All(told, entry => Assert.DoesNotContain(link.Token, $"{entry}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE Audit SET Who = 'nobody'")]
    [InlineData("DELETE FROM Audit")]
    [InlineData("INSERT OR REPLACE INTO Audit (Id, AtUtc, Who, Means, Action, Subject) VALUES (1, '', '', '', '', '')")]
    public async Task Database_refuses_to_change_or_remove_an_entry(string sql)
    {
        using var database = await PreparedAsync();
        await database.Get<AuditLog>().NoteAsync(AuditActions.Exported, "scenarios/x", "report.pdf");

        Assert.Throws<SqliteException>(() => database.Execute(sql));

        Assert.Equal("report.pdf", Assert.Single(await EntriesAsync(database)).Detail);
    }

    [Fact]
    public async Task Admins_see_their_workspace_and_keepers_see_all_and_others_nothing()
    {
        using var database = await PreparedAsync();
        var (log, reach) = (database.Get<AuditLog>(), database.Get<CurrentReach>());
        foreach (var workspace in new long?[] { 1, 2, null })
        {
            using var _ = reach.Enter(new Reach(workspace, Role.Viewer));
            await log.NoteAsync(AuditActions.Exported, $"of {workspace}");
        }

        async Task<IEnumerable<string>> SeenBy(Reach who)
        {
            using var _ = reach.Enter(who);
            return (await EntriesAsync(database)).Select(entry => entry.Subject);
        }

        Assert.Equal(["of 2"], await SeenBy(new Reach(2, Role.Admin)));
        Assert.Equal(["of 1", "of 2", "of "], await SeenBy(new Reach(1, Role.Admin, IsKeeper: true)));
        Assert.Empty(await SeenBy(new Reach(1, Role.Editor)));
        Assert.Empty(await SeenBy(Reach.Nothing));
    }

    [Fact]
    public async Task Query_narrows_by_name_thing_subject_and_day()
    {
        using var database = await PreparedAsync();
        var log = database.Get<AuditLog>();
        await log.NoteAsync(AuditActions.SignedIn, "users/1", by: new Actor(1, "Ada", "password"));
        database.Time.Now = database.Time.Now.AddDays(1);
        await log.NoteAsync(AuditActions.LinkMade, "scenarios/a/links/1", by: new Actor(2, "Bob", "session"));
        await log.NoteAsync(AuditActions.ScenarioSaved, "scenarios/ab", by: new Actor(2, "Bob", "session"));

        async Task<IEnumerable<string>> Found(AuditQuery query) => (await log.PageAsync(query)).Items.Select(entry => entry.Subject);

        Assert.Equal(["users/1"], await Found(new AuditQuery(Who: "ada")));
        Assert.Equal(["scenarios/ab"], await Found(new AuditQuery(Action: "scenario")));
        Assert.Equal(["scenarios/a/links/1"], await Found(new AuditQuery(Subject: "scenarios/a")));
        Assert.Equal(["users/1"], await Found(new AuditQuery(To: new DateOnly(2026, 12, 1))));
        Assert.Equal(["scenarios/ab"], await Found(new AuditQuery(From: new DateOnly(2026, 12, 2), Take: 1)));
        Assert.Equal(3, (await log.PageAsync(new AuditQuery(Take: 1))).Total);
    }

    /// <summary>What the caller sees, the earliest first.</summary>
    private static async Task<IReadOnlyList<AuditEntry>> EntriesAsync(TestDatabase database)
    {
        var reach = database.Get<CurrentReach>();
        // Whoever did it, the one who looks is the test, except where a test asks for somebody.
        using var _ = reach.Value == Ada ? reach.AsProgram() : null;
        return [.. (await database.Get<AuditLog>().PageAsync(new AuditQuery())).Items.Reverse()];
    }
}
