using Planner.Web.Hosting;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>What takes long waits its turn.</summary>
public class SpareProcessorsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_work_at_the_same_time_than_there_are_turns() => Assert.InRange(await MostAtOnceAsync(), 1, SpareProcessors.Count);

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_turn_and_makes_none()
    {
        using var release = new ManualResetEventSlim();
        var held = Enumerable.Range(0, SpareProcessors.Count).Select(_ => SpareProcessors.RunAsync(left => release.Wait(Timeout.Infinite, left), Cancelled)).ToList();
        using var left = new CancellationTokenSource();
        var began = 0;
        var waiting = Enumerable.Range(0, 8 * SpareProcessors.Count).Select(_ => SpareProcessors.RunAsync(_ => Interlocked.Increment(ref began), left.Token)).ToList();

        await left.CancelAsync();
        foreach (var one in waiting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        release.Set();
        await Task.WhenAll(held);

        Assert.Equal(0, began);
        Assert.InRange(await MostAtOnceAsync(), 1, SpareProcessors.Count);
    }

    [Fact]
    public async Task Work_that_fails_keeps_no_turn()
    {
        for (var i = 0; i <= SpareProcessors.Count; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => SpareProcessors.RunAsync<int>(_ => throw new InvalidOperationException(), Cancelled));

        Assert.Equal(5, await SpareProcessors.RunAsync(_ => 5, Cancelled));
    }

    private static async Task<int> MostAtOnceAsync()
    {
        var (now, most) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 8 * SpareProcessors.Count).Select(_ => SpareProcessors.RunAsync(
            _ =>
            {
                RaiseTo(ref most, Interlocked.Increment(ref now));
                Thread.Sleep(5);
                return Interlocked.Decrement(ref now);
            },
            Cancelled)));
        return most;
    }

    private static void RaiseTo(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value && Interlocked.CompareExchange(ref most, value, seen) is var found && found != seen; seen = found)
        {
        }
    }
}
