using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Xunit;

namespace Planner.Tests.Data;

/// <summary>One connection at a time writes.</summary>
public sealed class OneWriterTests
{
    [Fact]
    public async Task Transaction_that_is_never_committed_gives_its_turn_back()
    {
        using var database = await TestDatabase.PreparedAsync();
        await using (var context = database.Open())
        await using (await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await context.Alerts.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            Assert.False(await context.Alerts.AnyAsync(TestContext.Current.CancellationToken));
        }

        await using var next = database.Open();
        Assert.Equal(0, await next.Alerts.ExecuteDeleteAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }
}
