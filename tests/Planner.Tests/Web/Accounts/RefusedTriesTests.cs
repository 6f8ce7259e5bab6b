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
        var tries = new RefusedTries(database.Get<AuditLog>(), database.Time);
        for (var i = 0; i < 100; i++)
            await tries.NoteAsync("users/1", "ada");
        await tries.NoteAsync("users/2", "bob");
        database.Time.Now = database.Time.Now.AddMinutes(1);
        await tries.NoteAsync("users/2", "bob");
        database.Time.Now = database.Time.Now.AddMinutes(1);
        await tries.NoteAsync("users/1", "ada");

        var told = (await database.Get<AuditLog>().PageAsync(new AuditQuery(Action: AuditActions.SignInRefused))).Items.Reverse();

        Assert.Equal(
            [("users/1", "ada"), ("users/2", "bob"), ("users/1", "ada: 99 more within the minute from 12:00 UTC"), ("users/2", "bob"), ("users/1", "ada")],
            told.Select(entry => (entry.Subject, entry.Detail)));
    }
}
