using System.Text;
using Planner.Data.Audits;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;
using static Planner.Tests.Data.TestDatabase;

namespace Planner.Tests.Data.Stores;

public class ShareLinkStoreTests
{
    private static readonly DateTime Noon = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_token_opens_its_scenario_and_each_visit_is_counted()
    {
        using var database = await PreparedAsync();
        var id = await ScenarioAsync(database);
        var links = database.Get<ShareLinkStore>();
        var frozen = await links.CreateAsync(id, version: 1);
        var live = await links.CreateAsync(id, version: null);

        Assert.Equal(new ShareTarget(frozen!.Id, id, 1, new ShareTerms()), await links.ResolveAsync(frozen.Token));
        Assert.Equal(new ShareTarget(live!.Id, id, null, new ShareTerms()), await links.ResolveAsync(live.Token));
        await links.CountViewAsync(frozen.Id);
        database.Time.Now += TimeSpan.FromHours(1);
        await links.CountViewAsync(frozen.Id);

        Assert.Equal([(live.Id, 0, null), (frozen.Id, 2, Noon.AddHours(1))], (await links.ListAsync(id)).Select(link => (link.Id, link.ViewCount, link.LastOpenedUtc)));
    }

    [Fact]
    public async Task A_link_opens_until_its_end_and_not_at_it()
    {
        using var database = await PreparedAsync();
        var id = await ScenarioAsync(database);
        var links = database.Get<ShareLinkStore>();
        var terms = new ShareTerms(Noon.AddDays(30), "hash", AllowsWhatIf: false);
        var link = await links.CreateAsync(id, version: 1, terms);

        database.Time.Now += TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1);
        Assert.Equal(new ShareTarget(link!.Id, id, 1, terms), await links.ResolveAsync(link.Token));
        database.Time.Now += TimeSpan.FromSeconds(1);
        Assert.Null(await links.ResolveAsync(link.Token));

        var listed = Assert.Single(await links.ListAsync(id));
        Assert.Equal((Noon.AddDays(30), true, false), (listed.ExpiresUtc, listed.HasPasscode, listed.AllowsWhatIf));
    }

    [Fact]
    public async Task The_log_tells_a_link_s_terms_and_that_a_passcode_was_refused()
    {
        using var database = await PreparedAsync();
        var id = await ScenarioAsync(database);
        var links = database.Get<ShareLinkStore>();
        var link = await links.CreateAsync(id, version: 1, new ShareTerms(Noon.AddDays(30), "hash"));

        await links.NoteRefusalAsync((await links.ResolveAsync(link!.Token))!);

        var told = (await database.Get<AuditLog>().PageAsync(new AuditQuery { Subject = $"scenarios/{id}/links/{link.Id}" })).Items;
        Assert.Equal([("link.refused", "wrong passcode"), ("link.made", "frozen to version 1, until 2026-12-31 12:00 UTC, with a passcode")], told.Select(entry => (entry.Action, entry.Detail)));
    }

    [Fact]
    public async Task The_file_holds_the_tokens_hash_and_nowhere_the_token()
    {
        TestStore.IsAboutTheFile();
        using var database = await PreparedAsync();
        var link = await database.Get<ShareLinkStore>().CreateAsync(await ScenarioAsync(database), version: null);

        Assert.Equal(43, link!.Token.Length);
        Assert.Matches("^[0-9a-f]{64}$", database.Scalar<string>("SELECT TokenHash FROM ShareLinks"));
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.DoesNotContain(link.Token, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(database.Path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%")]
    public async Task An_unknown_token_opens_nothing(string? token)
    {
        using var database = await PreparedAsync();
        await database.Get<ShareLinkStore>().CreateAsync(await ScenarioAsync(database), version: null);

        Assert.Null(await database.Get<ShareLinkStore>().ResolveAsync(token));
    }

    [Fact]
    public async Task A_revoked_link_opens_nothing_ever_again()
    {
        using var database = await PreparedAsync();
        var id = await ScenarioAsync(database);
        var links = database.Get<ShareLinkStore>();
        var link = await links.CreateAsync(id, version: null);

        Assert.False(await links.RevokeAsync("another", link!.Id));
        Assert.True(await links.RevokeAsync(id, link.Id));
        Assert.False(await links.RevokeAsync(id, link.Id));

        Assert.Null(await links.ResolveAsync(link.Token));
        Assert.Equal(new DateTime(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc), Assert.Single(await links.ListAsync(id)).RevokedUtc);
    }

    [Fact]
    public async Task A_link_to_a_deleted_scenario_works_again_once_the_deletion_is_undone()
    {
        using var database = await PreparedAsync();
        var id = await ScenarioAsync(database);
        var links = database.Get<ShareLinkStore>();
        var link = await links.CreateAsync(id, version: null);

        await database.Get<ScenarioStore>().DeleteAsync(id, expectedVersion: 1);
        Assert.Null(await links.ResolveAsync(link!.Token));
        Assert.Null(await links.CreateAsync(id, version: null));

        await database.Get<ScenarioStore>().UndeleteAsync(id);
        Assert.NotNull(await links.ResolveAsync(link.Token));
        Assert.Null(await links.CreateAsync(id, version: 2));
    }

    private static async Task<string> ScenarioAsync(TestDatabase database) =>
        (await database.Get<ScenarioStore>().CreateAsync(ScenarioOf("Chat"), CatalogSnapshot.Empty, ResultOf("a"))).Id;
}
