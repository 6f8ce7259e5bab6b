using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Sqlite;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Faults;

/// <summary>The clock jumps a year ahead, and back; and back by an hour.</summary>
public sealed class ClockFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private TestDatabase _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.PreparedAsync(SmallCatalog.Prices());

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Clock_an_hour_back_makes_no_second_backup_of_the_day()
    {
        using var backups = Backups(keep: 3);
        var first = await backups.MakeIfDueAsync(Cancelled);

        _database.Time.Now -= TimeSpan.FromHours(1);

        Assert.Null(await backups.MakeIfDueAsync(Cancelled));
        Assert.Equal(first!.Path, Assert.Single(backups.List()).Path);
    }

    [Fact]
    public async Task Backups_of_a_clock_that_was_ahead_neither_push_out_newer_ones_nor_have_one_made_each_hour()
    {
        using var backups = Backups(keep: 2);
        _database.Time.Now += Year;
        for (var day = 0; day < 2; day++, _database.Time.Now += TimeSpan.FromDays(1))
            Assert.NotNull(await backups.MakeIfDueAsync(Cancelled));
        var ahead = backups.List().Select(backup => backup.Path).ToList();
        _database.Time.Now -= Year;

        var made = new List<string>();
        for (var hour = 0; hour < 72; hour++, _database.Time.Now += TimeSpan.FromHours(1))
        {
            if (await backups.MakeIfDueAsync(Cancelled) is { } one)
                made.Add(one.Path);
        }

        Assert.Equal(3, made.Count);
        Assert.Equal([.. ahead, made[2], made[1]], backups.List().Select(backup => backup.Path));
        // When their time comes they are as old as they say.
        _database.Time.Now += Year;
        Assert.NotNull(await backups.MakeIfDueAsync(Cancelled));
        Assert.Equal(2, backups.List().Count);
    }

    [Fact]
    public async Task Versions_are_in_the_order_of_their_numbers_and_the_last_one_stands()
    {
        var store = _database.Get<ScenarioStore>();
        var scenario = TestDatabase.ScenarioOf("Clock");
        var (id, version) = await store.CreateAsync(scenario, CatalogSnapshot.Empty, TestDatabase.ResultOf("a"), Cancelled) is var made ? (made.Id, made.Version) : default;
        foreach (var jump in new[] { Year, -Year, TimeSpan.FromHours(-1) })
        {
            _database.Time.Now += jump;
            version = Assert.IsType<SaveOutcome.Saved>(await store.SaveAsync(id, version, scenario with { Notes = $"{jump}" }, CatalogSnapshot.Empty, TestDatabase.ResultOf("a"), Cancelled)).Version;
        }

        var stored = (await store.GetAsync(id, cancellationToken: Cancelled))!;
        Assert.Equal((4, $"{TimeSpan.FromHours(-1)}"), (stored.Version, stored.Scenario.Notes));
        Assert.Equal([4, 3, 2, 1], (await store.VersionsAsync(id, 0, 10, Cancelled))!.Items.Select(row => row.Version));
    }

    [Fact]
    public async Task Session_of_a_clock_that_was_ahead_does_not_live_until_that_time()
    {
        var user = await UserAsync();
        var sessions = _database.Get<SessionStore>();
        _database.Time.Now += Year;
        var ahead = await sessions.BeginAsync(user, Cancelled);
        Assert.True(await sessions.IsLiveAsync(ahead, user, Cancelled));
        _database.Time.Now -= Year;

        Assert.False(await sessions.IsLiveAsync(ahead, user, Cancelled));

        _database.Time.Now += TimeSpan.FromHours(1);
        var hour = await sessions.BeginAsync(user, Cancelled);
        _database.Time.Now -= TimeSpan.FromHours(1);
        Assert.False(await sessions.IsLiveAsync(hour, user, Cancelled));

        var now = await sessions.BeginAsync(user, Cancelled);
        _database.Time.Now -= TimeSpan.FromMinutes(2);
        Assert.True(await sessions.IsLiveAsync(now, user, Cancelled));
        _database.Time.Now += SessionStore.Longest + TimeSpan.FromMinutes(2);
        Assert.False(await sessions.IsLiveAsync(now, user, Cancelled));
    }

    [Fact]
    public async Task Clock_that_is_wrongly_in_the_past_costs_no_good_session_and_no_good_key()
    {
        var user = await UserAsync();
        var (sessions, keys) = (_database.Get<SessionStore>(), _database.Get<IdempotencyStore>());
        var good = await sessions.BeginAsync(user, Cancelled);
        await keys.BeginAsync("good", null, "print", Cancelled);
        _database.Time.Now -= Year;
        await sessions.BeginAsync(user, Cancelled);
        await keys.BeginAsync("other", null, "print", Cancelled);
        _database.Time.Now += Year;

        Assert.True(await sessions.IsLiveAsync(good, user, Cancelled));
        Assert.IsType<KeyedRequest.Known>(await keys.BeginAsync("good", null, "print", Cancelled));
    }

    [Fact]
    public async Task Code_that_was_used_by_a_clock_that_was_ahead_locks_nobody_out()
    {
        var (user, accounts, step) = (await UserAsync(), _database.Get<AccountStore>(), 60_000_000L);
        Assert.True(await accounts.TakeCodeStepAsync(user, step + (365 * 24 * 120), Cancelled));

        Assert.True(await accounts.TakeCodeStepAsync(user, step, Cancelled));
        Assert.False(await accounts.TakeCodeStepAsync(user, step, Cancelled));
        // An hour back: what was used stays used.
        Assert.False(await accounts.TakeCodeStepAsync(user, step - 120, Cancelled));
    }

    [Fact]
    public async Task Keyed_request_of_a_clock_that_was_ahead_is_forgotten_and_takes_no_room()
    {
        var keys = new IdempotencyStore(_database.Get<IDbContextFactory<PlannerDbContext>>(), _database.Get<CurrentReach>(), _database.Time) { MostKeys = 2 };
        _database.Time.Now += Year;
        Assert.IsType<KeyedRequest.New>(await keys.BeginAsync("key", null, "print", Cancelled));
        Assert.IsType<KeyedRequest.Known>(await keys.BeginAsync("key", null, "print", Cancelled));
        Assert.IsType<KeyedRequest.New>(await keys.BeginAsync("second", null, "print", Cancelled));
        _database.Time.Now -= Year;

        Assert.IsType<KeyedRequest.New>(await keys.BeginAsync("other", null, "print", Cancelled));
        Assert.IsType<KeyedRequest.New>(await keys.BeginAsync("key", null, "print", Cancelled));
    }

    private async Task<long> UserAsync()
    {
        var admin = new UserRow { Name = "ada", NormalizedName = "ADA", PasswordHash = "of ada", SecurityStamp = "s" };
        admin.Memberships.Add(new MemberRow { WorkspaceId = WorkspaceRow.FirstId, Role = Role.Admin });
        await _database.Get<AccountStore>().AddAsync(admin);
        return admin.Id;
    }

    private DatabaseBackups Backups(int keep)
    {
        TestStore.IsAboutTheFile();
        return new DatabaseBackups(_database.Path, new BackupOptions(Keep: keep), _database.Time, NullLogger<DatabaseBackups>.Instance, new DatabaseDamage());
    }
}
