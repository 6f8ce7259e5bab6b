using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Xunit;

namespace Planner.Tests.Data.Accounts;

/// <summary>A try to sign in reads a user, takes its time, and writes: what an Admin did meanwhile stays done.</summary>
public sealed class AccountStoreTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private long _id;

    private AccountStore Accounts => _database.Get<AccountStore>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PreparedAsync();
        var admin = new UserRow { Name = "ada", NormalizedName = "ADA", PasswordHash = "of ada", SecurityStamp = "s" };
        admin.Memberships.Add(new MemberRow { WorkspaceId = WorkspaceRow.FirstId, Role = Role.Admin });
        await Accounts.AddAsync(admin);
        var user = new UserRow { Name = "bob", NormalizedName = "BOB", PasswordHash = "old", SecurityStamp = "old" };
        await Accounts.AddAsync(user);
        _id = user.Id;
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task User_who_was_read_before_a_reset_does_not_bring_the_old_password_back()
    {
        var read = (await Accounts.FindAsync(_id))!;
        await Accounts.ResetPasswordAsync(_id, "new");

        Assert.False(await Accounts.UpdateAsync(read));

        var stored = (await Accounts.FindAsync(_id))!;
        Assert.Equal("new", stored.PasswordHash);
        Assert.NotEqual("old", stored.SecurityStamp);
    }

    [Fact]
    public async Task User_who_was_read_before_the_account_was_shut_does_not_open_it_again()
    {
        var read = (await Accounts.FindAsync(_id))!;
        await Accounts.SetClosedAsync(_id, true);

        Assert.False(await Accounts.UpdateAsync(read));
        await Accounts.CountFailedTryAsync(_id);
        await Accounts.ForgetFailedTriesAsync(_id);
        await Accounts.LockAsync(_id, null);

        var stored = (await Accounts.FindAsync(_id))!;
        Assert.Equal(_database.Time.Now.UtcDateTime, stored.ClosedUtc);
        Assert.NotEqual("old", stored.SecurityStamp);
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_reading_the_second_is_refused()
    {
        var (first, second) = ((await Accounts.FindAsync(_id))!, (await Accounts.FindAsync(_id))!);
        (first.PasswordHash, second.PasswordHash) = ("first", "second");

        Assert.True(await Accounts.UpdateAsync(first));
        Assert.False(await Accounts.UpdateAsync(second));

        // Who changed it goes on from there.
        first.AsksForCode = true;
        Assert.True(await Accounts.UpdateAsync(first));
        Assert.Equal(("first", true), (await Accounts.FindAsync(_id)) is { } stored ? (stored.PasswordHash!, stored.AsksForCode) : default);
    }

    [Fact]
    public async Task Wrong_tries_are_counted_where_they_are_stored()
    {
        var read = (await Accounts.FindAsync(_id))!;

        Assert.Equal(1, await Accounts.CountFailedTryAsync(_id));
        Assert.Equal(2, await Accounts.CountFailedTryAsync(_id));
        Assert.True(await Accounts.UpdateAsync(read));

        Assert.Equal(2, (await Accounts.FindAsync(_id))!.FailedTries);
    }

    [Fact]
    public async Task Code_of_a_time_step_is_taken_once_and_none_before_it()
    {
        Assert.True(await Accounts.TakeCodeStepAsync(_id, 100));
        Assert.False(await Accounts.TakeCodeStepAsync(_id, 100));
        Assert.False(await Accounts.TakeCodeStepAsync(_id, 99));
        Assert.True(await Accounts.TakeCodeStepAsync(_id, 101));
    }

    [Fact]
    public async Task Session_lives_seven_days_and_not_after_its_end()
    {
        var sessions = _database.Get<SessionStore>();
        var (first, second) = (await sessions.BeginAsync(_id), await sessions.BeginAsync(_id));

        Assert.False(await sessions.IsLiveAsync(first, _id + 1));
        Assert.True(await sessions.EndAsync(first, _id));
        Assert.False(await sessions.IsLiveAsync(first, _id));
        Assert.False(await sessions.EndAsync(first, _id));
        _database.Time.Now = _database.Time.Now.AddDays(7).AddSeconds(-1);
        Assert.True(await sessions.IsLiveAsync(second, _id));
        _database.Time.Now = _database.Time.Now.AddSeconds(1);
        Assert.False(await sessions.IsLiveAsync(second, _id));
        // What is too old is not kept.
        await sessions.BeginAsync(_id);
        Assert.Equal(1L, _database.Scalar<long>("SELECT count(*) FROM Sessions"));
    }

    [Fact]
    public async Task End_of_all_sessions_and_of_tokens_is_in_the_audit_log()
    {
        var token = await _database.Get<ApiTokenStore>().CreateAsync(_id, WorkspaceRow.FirstId, "ci", Role.Viewer);
        var sessions = _database.Get<SessionStore>();
        var session = await sessions.BeginAsync(_id);

        await sessions.EndAllAsync(_id);
        await Accounts.ResetPasswordAsync(_id, "new");

        Assert.False(await sessions.IsLiveAsync(session, _id));
        Assert.Null(await _database.Get<ApiTokenStore>().ResolveAsync(token.Token));
        var noted = (await _database.Get<AuditLog>().PageAsync(new AuditQuery(Subject: AccountStore.SubjectOf(_id)))).Items.Select(entry => entry.Action).ToList();
        Assert.Equal([AuditActions.TokenRevoked, AuditActions.PasswordSet, AuditActions.SessionsEnded, AuditActions.TokenMade, AuditActions.UserAdded], noted);
    }
}
