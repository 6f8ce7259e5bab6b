using Planner.Web.Components.Scenarios;
using Xunit;

namespace Planner.Tests.Web.Scenarios;

/// <summary>What takes long waits its turn.</summary>
public class SpareProcessorsTests
{
    [Fact]
    public async Task No_more_work_at_the_same_time_than_there_are_turns()
    {
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8 * SpareProcessors.Count).Select(_ => SpareProcessors.RunAsync(
            _ =>
            {
                var working = Interlocked.Increment(ref now);
                RaiseTo(ref most, working);
                Thread.Sleep(5);
                return Interlocked.Decrement(ref now);
            },
            TestContext.Current.CancellationToken)));

        Assert.InRange(most, 1, SpareProcessors.Count);
    }

    [Fact]
    public async Task Who_gives_up_waiting_and_work_that_fails_keep_no_turn()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        for (var i = 0; i <= SpareProcessors.Count; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SpareProcessors.RunAsync(_ => 1, gone.Token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => SpareProcessors.RunAsync<int>(_ => throw new InvalidOperationException(), CancellationToken.None));
        }

        Assert.Equal(5, await SpareProcessors.RunAsync(_ => 5, TestContext.Current.CancellationToken));
    }

    private static void RaiseTo(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value && Interlocked.CompareExchange(ref most, value, seen) is var found && found != seen; seen = found)
        {
        }
    }
}
