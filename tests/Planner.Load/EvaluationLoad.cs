using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Planner.Load;

/// <summary>Evaluations over REST.</summary>
/// <param name="Connections">Connections that each ask for the next as soon as the last is answered.</param>
/// <param name="PerSecond">Answers with the right verdict.</param>
/// <param name="Latency">Their times.</param>
/// <param name="Faults">Other answers.</param>
/// <param name="AppProcessors">Processors that the app kept busy.</param>
/// <param name="ClientProcessors">Processors that the clients kept busy.</param>
/// <param name="LoadAverage">Tasks of all programs that ran or waited.</param>
internal sealed record EvaluationStep(int Connections, double PerSecond, Spread? Latency, int Faults, double AppProcessors, double ClientProcessors, double LoadAverage);

/// <summary>Asks for evaluations of the worked example as fast as they come.</summary>
internal static class EvaluationLoad
{
    public const double GoalPerSecond = 1000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(20);

    public static async Task<List<EvaluationStep>> RunAsync(MeasuredApp app, HttpClient http, Readers readers, IEnumerable<int> counts)
    {
        var (address, body) = (new Uri(app.Address, "api/v1/evaluate"), Encoding.UTF8.GetBytes(readers.Scenario));
        var expected = Encoding.UTF8.GetBytes(await SentenceAsync());
        var steps = new List<EvaluationStep>();
        await AskAsync(counts.Max(), WarmUp);
        foreach (var count in counts)
        {
            var (before, own, watch) = (app.Use(), MeasuredApp.OwnUse(), Stopwatch.StartNew());
            var (times, faults) = await AskAsync(count, Measured);
            var (after, ownAfter, seconds) = (app.Use(), MeasuredApp.OwnUse(), watch.Elapsed.TotalSeconds);
            var step = new EvaluationStep(
                count, Math.Round(times.Count / seconds), times.Spread(), faults, Math.Round((after.Processor - before.Processor).TotalSeconds / seconds, 2),
                Math.Round((ownAfter.Processor - own.Processor).TotalSeconds / seconds, 2), MeasuredApp.LoadAverage());
            steps.Add(step);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count,5} connections  {step.PerSecond,6:0} evaluations/s  p50 {step.Latency?.P50:0.0} p95 {step.Latency?.P95:0.0} max {step.Latency?.Max:0} ms  {faults} faults  CPU {step.AppProcessors:0.00} + {step.ClientProcessors:0.00}  load {step.LoadAverage}"));
        }

        return steps;

        async Task<(Times Times, int Faults)> AskAsync(int connections, TimeSpan time)
        {
            var (times, faults, end) = (new Times(), 0, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
            await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
            {
                while (Stopwatch.GetTimestamp() < end)
                {
                    var began = Stopwatch.GetTimestamp();
                    if (await AskOnceAsync())
                        times.Add(Stopwatch.GetElapsedTime(began));
                    else
                        Interlocked.Increment(ref faults);
                }
            }));
            return (times, faults);
        }

        async Task<bool> AskOnceAsync()
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await http.PostAsync(address, content);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsByteArrayAsync()).AsSpan().IndexOf(expected) >= 0;
        }

        async Task<string> SentenceAsync()
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var answer = await http.PostAsync(address, content);
            using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return document.RootElement.GetProperty("verdict").GetProperty("sentence").GetRawText();
        }
    }
}
