using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Planner.Load;

/// <summary>A day of readers in minutes.</summary>
/// <param name="Visits">Pages that were opened, edited and left.</param>
/// <param name="Edits">Edits of them all.</param>
/// <param name="Minutes">How long it took.</param>
/// <param name="Answer">From the key to the new verdict.</param>
/// <param name="Faults">Visits that failed.</param>
/// <param name="ResidentMiB">Memory of the app at equal distances in time.</param>
/// <param name="SlopeMiBPerThousandVisits">Slope of the memory over the second half.</param>
/// <param name="LoadAverage">Tasks of all programs that ran or waited.</param>
internal sealed record SoakResult(int Visits, int Edits, double Minutes, Spread? Answer, int Faults, IReadOnlyList<double> ResidentMiB, double SlopeMiBPerThousandVisits, double LoadAverage);

/// <summary>Lets readers come, edit and leave without a pause.</summary>
internal static class Soak
{
    /// <summary>Pages of the worked example that are opened on the day that it stands for.</summary>
    public const int VisitsADay = 2_400;

    /// <summary>Edits of a visit.</summary>
    public const int EditsOfAVisit = 5;

    /// <summary>What the app may keep, 768 MiB: where memory is plenty, garbage that stays would look like a leak, and a leak like garbage.</summary>
    public static readonly (string Name, string Value)[] Settings = [("DOTNET_GCHeapHardLimit", "0x30000000")];

    private const int AtATime = 24;
    private static readonly TimeSpan Think = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    public static async Task<SoakResult> RunAsync(MeasuredApp app, HttpClient http, Readers readers, int visits)
    {
        var (times, faults, done, watch) = (new Times(), 0, 0, Stopwatch.StartNew());
        var (seen, ending) = (new ConcurrentQueue<(double Visits, double MiB)>(), new CancellationTokenSource());
        var looking = LookAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, visits), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (number, _) =>
        {
            try
            {
                var page = await PageCircuit.OpenAsync(http, app.Address, Readers.Page);
                await readers.EditAsync(page, Think, edit => times.Add(edit.Answer), CancellationToken.None, EditsOfAVisit);
                // Each tenth closes the laptop instead of the page: its circuit waits for it.
                if (number % 10 == 9)
                    await page.DisposeAsync();
                else
                    await page.LeaveAsync();
            }
            catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or HttpRequestException or System.Net.WebSockets.WebSocketException)
            {
                if (Interlocked.Increment(ref faults) == 1)
                    Console.WriteLine(exception.Message);
            }

            Interlocked.Increment(ref done);
        });
        var minutes = watch.Elapsed.TotalMinutes;
        await ending.CancelAsync();
        await looking;
        ending.Dispose();
        var series = seen.ToList();
        var result = new SoakResult(
            visits, times.Count, Math.Round(minutes, 1), times.Spread(), faults, [.. series.Select(point => Math.Round(point.MiB))],
            Math.Round(1000 * Line.Slope([.. series.Skip(series.Count / 2).Select(point => (point.Visits, point.MiB))]), 1), MeasuredApp.LoadAverage());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{visits} visits, {times.Count} edits in {minutes:0.0} min  answer p95 {result.Answer?.P95:0.0} ms  {faults} faults  {series.FirstOrDefault().MiB:0} … {series.LastOrDefault().MiB:0} MiB, {result.SlopeMiBPerThousandVisits:0.0} MiB per 1,000 visits in the second half  load {result.LoadAverage}"));
        return result;

        async Task LookAsync()
        {
            try
            {
                while (true)
                {
                    await Task.Delay(Between, ending.Token);
                    seen.Enqueue((Volatile.Read(ref done), app.Use().ResidentMiB));
                }
            }
            catch (OperationCanceledException)
            {
            }
        }
    }
}
