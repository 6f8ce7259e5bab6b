using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Tests.Data;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public sealed class RefusedTriesTests
{
    [Fact]
    public async Task Of_many_refused_tries_within_a_minute_the_first_is_told_and_the_others_are_counted()
    {
        using var database = await TestDatabase.PreparedAsync();
        var tries = new RefusedTries(database.Get<AuditLog>(), database.Get<CurrentReach>(), database.Time);
        for (var i = 0; i < 100; i++)
            await tries.NoteAsync("users/1", "ada");
        await tries.NoteAsync("users/2", "bob");
        database.Time.Now = database.Time.Now.AddMinutes(1);
        await tries.NoteAsync("users/2", "bob");
        database.Time.Now = database.Time.Now.AddMinutes(1);
        using (database.Get<CurrentReach>().Enter(new Reach(2, Role.Viewer, By: new Actor(1, "ada", "session"))))
            await tries.NoteAsync("users/1", "ada");

        var told = (await database.Get<AuditLog>().PageAsync(new AuditQuery(Action: AuditActions.SignInRefused))).Items.Reverse().ToList();

        Assert.Equal(
            [("users/1", "ada"), ("users/2", "bob"), ("users/1", "ada: 99 more within the minute from 12:00 UTC"), ("users/2", "bob"), ("users/1", "ada")],
            told.Select(entry => (entry.Subject, entry.Detail)));
        Assert.Equal(["–", "ada"], told.Where(entry => entry.Subject == "users/1").Skip(1).Select(entry => entry.Who));
    }

    [Fact]
    public async Task Kinds_of_tries_by_nobody_are_told_apart()
    {
        using var database = await TestDatabase.PreparedAsync();
        var tries = new RefusedTries(database.Get<AuditLog>(), database.Get<CurrentReach>(), database.Time);
        await tries.NoteAsync("users", "an unknown name");
        await tries.NoteAsync("users", "a wrong token");

        var told = (await database.Get<AuditLog>().PageAsync(new AuditQuery(Action: AuditActions.SignInRefused))).Items;

        Assert.Equal(["a wrong token", "an unknown name"], told.Select(entry => entry.Detail).Order(StringComparer.Ordinal));
        Assert.All(told, entry => Assert.Equal(Actor.Nobody.Name, entry.Who));
    }
}
