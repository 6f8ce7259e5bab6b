using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Actuals;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Data.Seed;
using Planner.Tests.Data.Stores;
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
    public async Task Fact_of_ones_own_is_told_with_what_it_was_and_is()
    {
        using var database = await PreparedAsync(SmallCatalog.Gpus);
        var gpus = database.Get<CatalogStore>().Gpus;
        var gpu = (await gpus.AllAsync())[0];
        await gpus.EditAsync(new FactEdit<Gpu>(gpu.Key, gpu with { Name = "Ours", PowerWatts = 123 }, "measured"), expectedVersion: 1);

        var told = Assert.Single(await EntriesAsync(database));

        Assert.Equal(("catalog.edited", $"catalog/gpus/{gpu.Key}"), (told.Action, told.Subject));
        Assert.Contains($"name: {gpu.Name} → Ours; ", told.Detail, StringComparison.Ordinal);
        Assert.Contains(" → 123; ", told.Detail, StringComparison.Ordinal);
        Assert.EndsWith("note: – → measured", told.Detail, StringComparison.Ordinal);
        Assert.Equal(3, told.Detail!.Split("; ").Length);
    }

    [Fact]
    public async Task Calibrations_links_of_workloads_runs_by_hand_and_alerts_put_aside_are_told()
    {
        using var database = await PreparedAsync();
        var deployment = new Deployment("small", "bf16", "bf16", "vllm", "A10G", 1);
        var (measurements, links, runs) = (database.Get<MeasurementStore>(), database.Get<UsageLinkStore>(), database.Get<FeedRunStore>());
        await measurements.SaveCorrectionAsync(deployment, new CorrectionFit(new CorrectionFactors(0.5, null, null), 3, default!, default!, default!));
        await measurements.DeleteCorrectionAsync(deployment);
        await measurements.DeleteCorrectionAsync(deployment);
        var (id, _) = await database.Get<ScenarioStore>().CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"));
        var usage = await database.Get<UsageStore>().AddAsync("Gateway");
        await links.SetAsync(new UsageLink(id, "api", usage, []));
        await links.RemoveAsync(id, "api");
        await runs.StartAsync("litellm", FeedRunTriggers.Schedule, database.Time.Now.UtcDateTime);
        await runs.StartAsync("litellm", FeedRunTriggers.Manual, database.Time.Now.UtcDateTime);
        var alerts = database.Get<AlertStore>();
        await alerts.NoteAsync(id, 1, AlertStoreTests.To(720), 1);
        var alert = Assert.Single((await alerts.ListAsync()).Items).Id;
        await alerts.PutAsideAsync(alert, true);
        await alerts.PutAsideAsync(alert, false);

        var told = await EntriesAsync(database);

        const string key = "small|bf16|bf16|vllm|A10G|1|1|1";
        Assert.Equal(
            [
                ("calibration.set", "measurements/calibrations", key), ("calibration.removed", "measurements/calibrations", key), ("scenario.created", $"scenarios/{id}", "Chat"),
                ("workload.added", $"usage/{usage}", "Gateway"), ("workload.linked", $"scenarios/{id}", $"api: usage/{usage}"), ("workload.unlinked", $"scenarios/{id}", "api"),
                ("feed.run", "feeds/litellm", "manual"), ("alert.putAside", $"scenarios/{id}", null), ("alert.takenUp", $"scenarios/{id}", null),
            ],
            told.Select(entry => (entry.Action, entry.Subject, entry.Detail)));
    }

    [Fact]
    public async Task Decision_about_many_held_rows_names_the_first_and_counts_the_others()
    {
        await using var rig = await FeedRig.StartAsync();
        var database = rig.Database;
        var keys = Enumerable.Range(1, 23).Select(number => $"row{number:00}").ToList();
        using (database.Get<CurrentReach>().AsProgram())
        {
            await using var context = await database.Get<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
            context.AddRange(keys.Select(key => new QuarantineRow { FeedId = "f", SourceKey = key, Reason = "odd" }));
            await context.SaveChangesAsync();
        }

        await rig.Quarantine.DecideAsync("f", keys, QuarantineDecisions.Rejected);

        var told = Assert.Single(await EntriesAsync(database));
        Assert.StartsWith("row01, row02, ", told.Detail, StringComparison.Ordinal);
        Assert.EndsWith(", row20 and 3 more", told.Detail, StringComparison.Ordinal);
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

        Assert.ThrowsAny<DbException>(() => database.Execute(sql));

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

    [Fact]
    public async Task Refused_sign_ins_are_found_by_the_account_and_entries_name_accounts_workspaces_and_scenarios()
    {
        using var database = await PreparedAsync();
        var log = database.Get<AuditLog>();
        using (database.Get<CurrentReach>().AsProgram())
        {
            await using var context = await database.Get<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync();
            context.AddRange(
                new UserRow { Id = 7, Name = "Anna Nobel", NormalizedName = "ANNA NOBEL", SecurityStamp = "" }, new UserRow { Id = 8, Name = "Ben", NormalizedName = "BEN", SecurityStamp = "" },
                new WorkspaceRow { Id = 9, Name = "Sales" });
            await context.SaveChangesAsync();
        }

        await log.NoteAsync(AuditActions.SignInRefused, "users/7", "Anna Nobel: 3 more within the minute from 10:00 UTC", Actor.Nobody);
        await log.NoteAsync(AuditActions.SignInRefused, "users/8", "Ben", Actor.Nobody);
        await log.NoteAsync(AuditActions.SignInRefused, "users", "a name that nobody has", Actor.Nobody);
        await log.NoteAsync(AuditActions.WorkspaceAdded, "workspaces/9", "Sales", Actor.Nobody);
        await log.NoteAsync(AuditActions.WorkspaceAdded, "workspaces/99", by: Actor.Nobody);

        async Task<IEnumerable<(string, string?)>> Found(string? who) => (await log.PageAsync(new AuditQuery(who))).Items.Select(entry => (entry.Subject, entry.SubjectName));

        Assert.Equal([("users/7", "Anna Nobel")], await Found("nobel ann"));
        Assert.Empty(await Found("more"));
        Assert.Equal([("workspaces/99", null), ("workspaces/9", "Sales"), ("users", null), ("users/8", "Ben"), ("users/7", "Anna Nobel")], await Found(null));
    }

    [Fact]
    public async Task Each_narrowing_is_counted_on_an_index()
    {
        // On a server the choice is the planner's, by the size of the log.
        TestStore.IsAboutTheFile();
        using var database = await PreparedAsync();

        Assert.Contains("IX_Audit_Action", Plan(database, new AuditQuery(Action: "scenario")), StringComparison.Ordinal);
        Assert.Contains("IX_Audit_Subject", Plan(database, new AuditQuery(Subject: "users/1")), StringComparison.Ordinal);
        Assert.Contains("IX_Audit_AtUtc", Plan(database, new AuditQuery(From: new DateOnly(2026, 12, 1))), StringComparison.Ordinal);
    }

    /// <summary>How SQLite would read what a query names.</summary>
    private static string Plan(TestDatabase database, AuditQuery query)
    {
        using var context = database.Open();
        var lines = AuditLog.Narrow(context, query).ToQueryString().Split('\n').ToLookup(line => line.StartsWith(".param", StringComparison.Ordinal));
        var sql = string.Join('\n', lines[false]);
        foreach (var parameter in lines[true].Select(line => line.Split(' ', 4)).OrderByDescending(parts => parts[2].Length))
            sql = sql.Replace(parameter[2], parameter[3].Trim(), StringComparison.Ordinal);
        using var command = context.Database.GetDbConnection().CreateCommand();
        command.Connection!.Open();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        using var reader = command.ExecuteReader();
        var plan = "";
        while (reader.Read())
            plan += reader.GetString(3) + '\n';
        return plan;
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
