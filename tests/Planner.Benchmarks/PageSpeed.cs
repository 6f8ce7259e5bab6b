using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Playwright;
using Planner.Load;

namespace Planner.Benchmarks;

/// <summary>What a reader waits for in a real browser: first pages without a cache from a published app, and answers to what is typed and clicked.</summary>
internal static class PageSpeed
{
    private const double GoalFirstPaint = 800;
    private const double GoalInteraction = 200;
    private const double GoalBytes = 1.5e6;

    private static readonly string[] Paths = ["/", "/scenarios", "/examples/high-volume-chat", "/examples/support-assistant?view=load", "/compare", "/usage", "/prices", "/instances", "/models", "/feeds", "/method"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Collects what the browser says of paints, shifts and interactions, of which one may be several events.</summary>
    private const string Observers = """
        window.seen = { first: 0, largest: 0, shift: 0, events: [] };
        const watch = (type, take, more) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
        watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') seen.first = entry.startTime; });
        watch('largest-contentful-paint', (entry) => { seen.largest = entry.startTime; });
        watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
        watch('event', (entry) => { if (entry.interactionId) seen.events.push(entry.duration); }, { durationThreshold: 16 });
        """;

    /// <summary>Opens the pages and uses the scenario page, and prints the figures or writes them to <c>pages.json</c> of a folder.</summary>
    /// <param name="program">Path of a published <c>Planner.Web.dll</c>.</param>
    /// <param name="browser">Path of a Chromium.</param>
    /// <param name="runs">How often each page is opened and each interaction done.</param>
    /// <param name="note">What the figures are of, such as a commit.</param>
    /// <param name="file">Where they are written; null for the console alone.</param>
    public static async Task<int> PrintAsync(string program, string browser, int runs, string note, string? file)
    {
        var load = MeasuredApp.LoadAverage();
        await using var app = await MeasuredApp.StartAsync(program, ("Pages__Most", "5000"));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = browser });
        List<object> pages = [];
        List<PageVisit> all = [];
        foreach (var path in Paths)
        {
            // The first visit warms the server; every browser's cache is empty.
            await VisitAsync(chromium, new Uri(app.Address, path));
            List<PageVisit> visits = [];
            for (var i = 0; i < runs; i++)
                visits.Add(await VisitAsync(chromium, new Uri(app.Address, path)));
            all.AddRange(visits);
            pages.Add(new
            {
                path,
                firstContentfulPaint = Spread([.. visits.Select(visit => visit.FirstPaint)]),
                largestContentfulPaint = Spread([.. visits.Select(visit => visit.LargestPaint)]),
                layoutShift = Math.Round(visits.Max(visit => visit.Shift), 4),
                bytes = visits.Max(visit => visit.Bytes),
                bytesByKind = visits[0].ByKind,
                requests = visits.Max(visit => visit.Requests),
            });
            Console.WriteLine(JsonSerializer.Serialize(pages[^1], JsonSerializerOptions.Web));
        }

        var interactions = await InteractAsync(chromium, app.Address, runs);
        foreach (var (kind, times) in interactions)
            Console.WriteLine($"{kind}: {string.Join(' ', times)} ms");
        var results = new
        {
            date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            of = note,
            machine = new { processors = Environment.ProcessorCount, memoryGiB = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0, 1), os = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription, browser = $"Chromium {chromium.Version}", loadAverageBefore = load },
            command = $"dotnet run -c Release --project tests/Planner.Benchmarks -- pages Planner.Web.dll chromium --runs {runs}",
            summary = new[]
            {
                Figure("slowest page's first contentful paint, median, ms", all.Chunk(runs).Max(visits => Median(visits.Select(visit => visit.FirstPaint))), GoalFirstPaint),
                Figure("slowest first contentful paint of all, ms", all.Max(visit => visit.FirstPaint), GoalFirstPaint),
                Figure("slowest interaction to next paint, ms", interactions.Max(kind => kind.Value.Max()), GoalInteraction),
                Figure("most bytes of a first load", all.Max(visit => visit.Bytes), GoalBytes),
            },
            runs,
            pages,
            interactions = interactions.ToDictionary(kind => kind.Key, kind => Spread(kind.Value)),
        };
        Console.WriteLine(JsonSerializer.Serialize(results.summary, Json));
        if (file is not null)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(results, Json) + "\n");
        return 0;
    }

    private static async Task<PageVisit> VisitAsync(IBrowser chromium, Uri address)
    {
        var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(Observers);
        var session = await context.NewCDPSessionAsync(page);
        Dictionary<string, string> kinds = [];
        Dictionary<string, long> bytes = [];
        session.Event("Network.responseReceived").OnEvent += (_, told) => kinds[told!.Value.GetProperty("requestId").GetString()!] = told.Value.GetProperty("type").GetString()!;
        session.Event("Network.loadingFinished").OnEvent += (_, told) => bytes[told!.Value.GetProperty("requestId").GetString()!] = (long)told.Value.GetProperty("encodedDataLength").GetDouble();
        await session.SendAsync("Network.enable");
        // A page that has answered and stands is what counts; the event of its loading is missed now and then (microsoft/playwright-dotnet#3364).
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await ReadyAsync(page);
        // What comes late, such as a chart's script, counts as well.
        await page.WaitForTimeoutAsync(1000);
        var seen = (await page.EvaluateAsync("() => window.seen"))!.Value;
        await context.CloseAsync();
        return new PageVisit(seen.GetProperty("first").GetDouble(), seen.GetProperty("largest").GetDouble(), seen.GetProperty("shift").GetDouble(), bytes.Values.Sum(), bytes.Count,
            bytes.GroupBy(loaded => kinds.GetValueOrDefault(loaded.Key, "Other"), loaded => loaded.Value).OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(kind => kind.Key, kind => kind.Sum()));
    }

    private static async Task<Dictionary<string, List<double>>> InteractAsync(IBrowser chromium, Uri address, int runs)
    {
        Dictionary<string, List<double>> found = [];
        var page = await chromium.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.AddInitScriptAsync(Observers);
        await page.GotoAsync(new Uri(address, "/examples/support-assistant").ToString());
        await ReadyAsync(page);
        var requests = page.GetByLabel("Requests per month");
        var tabs = page.Locator("nav.tabs a");
        for (var i = 0; i < runs; i++)
        {
            await requests.FillAsync("");
            await TimeAsync("a digit of requests per month", () => requests.PressSequentiallyAsync($"{i + 2}00000", new() { Delay = 120 }));
            for (var tab = await tabs.CountAsync() - 1; tab >= 0; tab--)
                await TimeAsync("a tab of the details", () => tabs.Nth(tab).ClickAsync());
            await TimeAsync("the months of the break-even", () => page.GetByRole(AriaRole.Button, new() { Name = "First month", Exact = true }).ClickAsync());
            await TimeAsync("the months of the break-even", () => page.GetByRole(AriaRole.Button, new() { Name = "Ongoing", Exact = true }).ClickAsync());
            // By keys: the list of a select is the system's own.
            await page.GetByLabel("Axis", new() { Exact = true }).FocusAsync();
            await TimeAsync("the axis of the break-even", () => page.Keyboard.PressAsync("ArrowDown"));
            await page.WaitForTimeoutAsync(500);
            await TimeAsync("the axis of the break-even", () => page.Keyboard.PressAsync("ArrowUp"));
            await TimeAsync("a figure's working", () => page.Locator("button.amount, .cards button").First.ClickAsync());
            await TimeAsync("closing it", () => page.Keyboard.PressAsync("Escape"));
            await TimeAsync("light and dark", () => page.Locator("[data-theme-toggle]").ClickAsync());
        }

        await page.Context.CloseAsync();
        return found;

        async Task TimeAsync(string kind, Func<Task> act)
        {
            await page.EvaluateAsync("() => { seen.events = []; }");
            await act();
            // Events are told once they are painted, and what is below the threshold is not.
            await page.WaitForTimeoutAsync(400);
            var times = await page.EvaluateAsync<double[]>("() => seen.events");
            (found.TryGetValue(kind, out var list) ? list : found[kind] = []).Add(times.DefaultIfEmpty(0).Max());
        }
    }

    /// <summary>Waits until the page answers and its charts are drawn.</summary>
    private static Task<IJSHandle> ReadyAsync(IPage page) =>
        page.WaitForFunctionAsync("() => document.readyState === 'complete' && [...document.querySelectorAll('figure')].every((figure) => figure.querySelector('.host svg'))");

    private static object Spread(List<double> values) => new { median = Median(values), max = Math.Round(values.Max(), 1) };

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return Math.Round(sorted[sorted.Count / 2], 1);
    }

    private static object Figure(string what, double figure, double goal) => new { what, figure = Math.Round(figure, 1), goal, ratio = Math.Round(figure / goal, 2) };

    private sealed record PageVisit(double FirstPaint, double LargestPaint, double Shift, long Bytes, int Requests, Dictionary<string, long> ByKind);
}
