using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Planner.Load;

/// <summary>Readers of the worked example: what they type, and what the answer is then by the API.</summary>
internal sealed class Readers
{
    /// <summary>The page that they open.</summary>
    public const string Page = "examples/high-volume-chat";

    private const int Volumes = 150;
    private readonly List<(string Text, string Sentence)> _edits;

    private Readers(string scenario, List<(string Text, string Sentence)> edits) => (Scenario, _edits) = (scenario, edits);

    /// <summary>The example's document.</summary>
    public string Scenario { get; }

    /// <summary>Asks the API for the verdict at each volume that is going to be typed.</summary>
    public static async Task<Readers> PrepareAsync(HttpClient http, Uri address)
    {
        var text = await http.GetStringAsync(new Uri(address, $"api/v1/{Page}"));
        var edits = new List<(string, string)>();
        for (var i = 0; i < Volumes; i++)
        {
            // No two share a verdict, so that none is taken for another.
            var requests = 1_500_000 + (53_210 * i);
            var scenario = JsonNode.Parse(text)!;
            scenario["workload"]!["requestsPerMonth"] = requests;
            using var answer = await http.PostAsJsonAsync(new Uri(address, "api/v1/evaluate"), scenario);
            answer.EnsureSuccessStatusCode();
            edits.Add((requests.ToString(CultureInfo.InvariantCulture), (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("verdict").GetProperty("sentence").GetString()!));
        }

        return edits.DistinctBy(edit => edit.Item2).Count() == Volumes ? new Readers(text, edits) : throw new InvalidOperationException("Two volumes have the same verdict.");
    }

    /// <summary>Types until told to stop, at random moments.</summary>
    /// <param name="page">The page.</param>
    /// <param name="think">Time from one edit to the next, on average; each is between half and one and a half of it.</param>
    /// <param name="seen">Takes each edit's times.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="most">Most edits.</param>
    public async Task EditAsync(PageCircuit page, TimeSpan think, Action<(TimeSpan Answer, TimeSpan Charts)> seen, CancellationToken stop, int most = int.MaxValue)
    {
        var next = Random.Shared.Next(Volumes);
        try
        {
            await Task.Delay(think * Random.Shared.NextDouble(), stop);
            for (var i = 0; i < most; i++)
            {
                var pause = Task.Delay(think * (0.5 + Random.Shared.NextDouble()), stop);
                next = (next + 1 + Random.Shared.Next(Volumes - 1)) % Volumes;
                seen(await page.EditAsync(_edits[next].Text, _edits[next].Sentence));
                await pause;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }
}

/// <summary>Times of many, safe to add to from many.</summary>
internal sealed class Times
{
    private readonly ConcurrentQueue<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time) => _milliseconds.Enqueue(time.TotalMilliseconds);

    /// <summary>The times that half, 95 % and 99 % stayed below, and the longest; null without any.</summary>
    public Spread? Spread()
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? null : new Spread(At(0.5), At(0.95), At(0.99), Math.Round(sorted[^1], 1));

        double At(double share) => Math.Round(sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)], 1);
    }
}

/// <summary>Milliseconds.</summary>
internal sealed record Spread(double P50, double P95, double P99, double Max);
