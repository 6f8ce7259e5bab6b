using System.Diagnostics;
using System.Globalization;

namespace Planner.Load;

/// <summary>Pages that are open and edited at the same time.</summary>
/// <param name="Circuits">How many.</param>
/// <param name="EditsPerSecond">Edits that were answered.</param>
/// <param name="Answer">From the key to the render batch with the new verdict.</param>
/// <param name="Charts">From the key to the data of the redrawn chart.</param>
/// <param name="Faults">Edits and circuits that failed.</param>
/// <param name="ResidentMiB">Memory of the app at the end of the step.</param>
/// <param name="AppProcessors">Processors that the app kept busy.</param>
/// <param name="ReaderProcessors">Processors that the readers, on the same machine, kept busy.</param>
/// <param name="LoadAverage">Tasks of all programs that ran or waited.</param>
internal sealed record CircuitStep(int Circuits, double EditsPerSecond, Spread? Answer, Spread? Charts, int Faults, double ResidentMiB, double AppProcessors, double ReaderProcessors, double LoadAverage);

/// <summary>Opens ever more pages until an edit takes too long.</summary>
internal static class CircuitLoad
{
    /// <summary>An active reader edits once in this time.</summary>
    public static readonly TimeSpan Think = TimeSpan.FromSeconds(5);

    /// <summary>Where 95 % of the edits have to be answered.</summary>
    public const double GoalMilliseconds = 200;

    /// <summary>How many have to be.</summary>
    public const int GoalCircuits = 300;

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    public static async Task<(List<CircuitStep> Steps, double OpenMilliseconds)> RunAsync(MeasuredApp app, HttpClient http, Readers readers, IEnumerable<int> counts)
    {
        var (pages, steps, opening) = (new List<PageCircuit>(), new List<CircuitStep>(), new Times());
        using var stop = new CancellationTokenSource();
        var (step, faults, typing) = (new Step(), 0, new List<Task>());
        try
        {
            foreach (var count in counts)
            {
                await Parallel.ForEachAsync(Enumerable.Range(pages.Count, count - pages.Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
                {
                    var watch = Stopwatch.StartNew();
                    var page = await PageCircuit.OpenAsync(http, app.Address, Readers.Page);
                    opening.Add(watch.Elapsed);
                    lock (pages)
                    {
                        pages.Add(page);
                        typing.Add(TypeAsync(page));
                    }
                });
                await Task.Delay(Settling);
                var (measured, failed) = (step = new Step(), faults);
                var (before, own, watch) = (app.Use(), MeasuredApp.OwnUse(), Stopwatch.StartNew());
                await Task.Delay(Measured);
                var (after, ownAfter, seconds) = (app.Use(), MeasuredApp.OwnUse(), watch.Elapsed.TotalSeconds);
                step = new Step();
                steps.Add(new CircuitStep(
                    count, Round(measured.Answers.Count / seconds), measured.Answers.Spread(), measured.Charts.Spread(), faults - failed, Math.Round(after.ResidentMiB),
                    Round((after.Processor - before.Processor).TotalSeconds / seconds), Round((ownAfter.Processor - own.Processor).TotalSeconds / seconds), MeasuredApp.LoadAverage()));
                Print(steps[^1]);
                if (steps[^1].Answer is not { P95: <= GoalMilliseconds })
                    break;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(typing);
            foreach (var page in pages)
                await page.DisposeAsync();
        }

        return (steps, opening.Spread()?.P50 ?? double.NaN);

        async Task TypeAsync(PageCircuit page)
        {
            try
            {
                await readers.EditAsync(page, Think, times => step.Add(times), stop.Token);
            }
            catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or System.Net.WebSockets.WebSocketException)
            {
                if (Interlocked.Increment(ref faults) == 1)
                    Console.WriteLine(exception.Message);
            }
        }
    }

    /// <summary>Memory that a further page takes: the slope over the steps.</summary>
    public static double MiBPerCircuit(IReadOnlyList<CircuitStep> steps) =>
        Math.Round(Line.Slope([.. steps.Select(step => ((double)step.Circuits, step.ResidentMiB))]), 2);

    private static double Round(double value) => Math.Round(value, 2);

    private static void Print(CircuitStep step) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{step.Circuits,5} circuits  {step.EditsPerSecond,6:0.0} edits/s  answer p50 {step.Answer?.P50:0.0} p95 {step.Answer?.P95:0.0} p99 {step.Answer?.P99:0.0} max {step.Answer?.Max:0}  chart p95 {step.Charts?.P95:0.0} ms  {step.Faults} faults  {step.ResidentMiB} MiB  CPU {step.AppProcessors:0.00} + {step.ReaderProcessors:0.00}  load {step.LoadAverage}"));

    private sealed class Step
    {
        public Times Answers { get; } = new();

        public Times Charts { get; } = new();

        public void Add((TimeSpan Answer, TimeSpan Charts) times)
        {
            Answers.Add(times.Answer);
            Charts.Add(times.Charts);
        }
    }
}

/// <summary>Straight lines through points.</summary>
internal static class Line
{
    /// <summary>Slope of the line with the least squares; NaN below two points.</summary>
    public static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        if (points.Count < 2)
            return double.NaN;
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
