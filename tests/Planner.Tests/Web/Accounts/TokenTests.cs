using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Tests.Data;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class TokenTests
{
    [Fact]
    public async Task Token_is_stored_as_a_hash_counts_its_use_to_the_minute_and_ends()
    {
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<ApiTokenStore>();
        var id = await UserAsync(database);
        var made = await store.CreateAsync(id, WorkspaceRow.FirstId, "ci", Role.Editor, days: 30);

        Assert.Matches("^planner_[A-Za-z0-9_-]{43}$", made.Token);
        Assert.Equal(0L, database.Scalar<long>($"SELECT count(*) FROM ApiTokens WHERE TokenHash LIKE '%{made.Token[8..20]}%' OR Name LIKE '%{made.Token[8..20]}%'"));
        database.Time.Now = database.Time.Now.AddSeconds(95);
        Assert.Equal(new TokenHolder(id, WorkspaceRow.FirstId, Role.Editor, "ci"), await store.ResolveAsync(made.Token));
        Assert.Equal(new DateTime(2026, 12, 1, 12, 1, 0, DateTimeKind.Utc), (await store.ListAsync(id))[0].LastUsedUtc);
        database.Time.Now = new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);
        Assert.Null(await store.ResolveAsync(made.Token));
    }

    [Fact]
    public async Task Revoked_token_opens_nothing_and_only_its_user_revokes_it()
    {
        using var database = await TestDatabase.PreparedAsync();
        var store = database.Get<ApiTokenStore>();
        var id = await UserAsync(database);
        var made = await store.CreateAsync(id, WorkspaceRow.FirstId, "ci", Role.Viewer);

        Assert.False(await store.RevokeAsync(id + 1, made.Id));
        Assert.NotNull(await store.ResolveAsync(made.Token));
        Assert.True(await store.RevokeAsync(id, made.Id));
        Assert.Null(await store.ResolveAsync(made.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("planner_")]
    [InlineData("planner_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("other_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Unknown_token_opens_nothing(string token)
    {
        using var database = await TestDatabase.PreparedAsync();

        Assert.Null(await database.Get<ApiTokenStore>().ResolveAsync(token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(366)]
    public async Task Token_lives_a_day_at_least_and_a_year_at_most(int days)
    {
        using var database = await TestDatabase.PreparedAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => database.Get<ApiTokenStore>().CreateAsync(1, WorkspaceRow.FirstId, "ci", Role.Viewer, days));
    }

    [Fact]
    public async Task Token_can_do_no_more_than_its_user_may_now()
    {
        await using var host = new AccountsHost();
        await host.AddUserAsync("ada", Role.Admin);
        var bob = await host.AddUserAsync("bob", Role.Admin);
        var made = await host.Services.GetRequiredService<ApiTokenStore>().CreateAsync(bob, WorkspaceRow.FirstId, "ci", Role.Admin);
        using var program = host.Program(made.Token);
        Assert.Equal(HttpStatusCode.NotFound, (await program.DeleteAsync("/api/v1/catalog/prices/none")).StatusCode);

        await host.Accounts.SetRoleAsync(bob, WorkspaceRow.FirstId, Role.Viewer);

        Assert.Equal(HttpStatusCode.Forbidden, (await program.DeleteAsync("/api/v1/catalog/prices/none")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.PostAsync("/api/v1/scenarios", new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/scenarios")).StatusCode);
    }

    [Fact]
    public async Task Token_of_another_workspace_does_not_look_after_the_installation_though_its_user_does()
    {
        await using var host = new AccountsHost();
        var ada = await host.AddUserAsync("ada", Role.Admin);
        var other = await host.AddWorkspaceAsync("Other", ada);
        var tokens = host.Services.GetRequiredService<ApiTokenStore>();
        using var ofFirst = host.Program((await tokens.CreateAsync(ada, WorkspaceRow.FirstId, "first", Role.Admin)).Token);
        using var ofOther = host.Program((await tokens.CreateAsync(ada, other, "other", Role.Admin)).Token);

        Assert.Equal(HttpStatusCode.NotFound, (await ofFirst.DeleteAsync("/api/v1/catalog/prices/none")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ofOther.DeleteAsync("/api/v1/catalog/prices/none")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ofOther.GetAsync("/api/v1/audit")).StatusCode);
    }

    [Fact]
    public async Task Token_in_an_address_opens_nothing()
    {
        await using var host = new AccountsHost();
        var ada = await host.AddUserAsync("ada", Role.Admin);
        var made = await host.Services.GetRequiredService<ApiTokenStore>().CreateAsync(ada, WorkspaceRow.FirstId, "ci", Role.Admin);
        using var browser = host.Browser();

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync($"/api/v1/scenarios?access_token={made.Token}")).StatusCode);
    }

    private static async Task<long> UserAsync(TestDatabase database)
    {
        var user = new UserRow { Name = "ada", NormalizedName = Names.Normalize("ada"), SecurityStamp = "s" };
        await database.Get<AccountStore>().AddAsync(user);
        return user.Id;
    }
}
