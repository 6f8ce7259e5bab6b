using System.Text.Json;
using Microsoft.Playwright;

namespace Planner.Benchmarks;

/// <summary>Time from a key in a field of the scenario page to the redrawn chart, in a real browser against a running app.</summary>
internal static class EditLatency
{
    private const int Edits = 100;

    /// <summary>One edit: the field gets another number, and the clock stops at the first frame that shows it in the chart.</summary>
    private const string Edit = """
        ([input, figure, text, shown]) => new Promise((resolve, reject) => {
          const begin = performance.now();
          const timeout = setTimeout(() => reject(new Error(`the chart never showed ${shown}`)), 5000);
          const look = () => {
            if (!figure.textContent.includes(shown)) return;
            seen.disconnect();
            clearTimeout(timeout);
            requestAnimationFrame(() => resolve(performance.now() - begin));
          };
          const seen = new MutationObserver(look);
          seen.observe(figure, { subtree: true, childList: true, characterData: true, attributes: true });
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        })
        """;

    public static async Task<int> PrintAsync(string address, string browser)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = browser });
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(new Uri(address), "/examples/high-volume-chat").ToString());
        var figure = page.Locator("figure").First;
        await figure.GetByText("You: 10 M").WaitForAsync();
        var (input, chart) = (await page.GetByLabel("Requests per month").ElementHandleAsync(), await figure.ElementHandleAsync());

        var times = new List<double>();
        for (var i = 0; i < Edits; i++)
        {
            var millions = 2 + (i % 17);
            times.Add(await page.EvaluateAsync<double>(Edit, new object[] { input!, chart!, $"{millions}M", $"You: {millions} M" }));
            // A pause as between two thoughts, so that each edit stands alone.
            await Task.Delay(400);
        }

        times.Sort();
        Console.WriteLine(JsonSerializer.Serialize(
            new { editToChartMilliseconds = new { p50 = times[Edits / 2], p95 = times[Edits * 95 / 100], max = times[^1], edits = Edits, goal = 150 } }, JsonSerializerOptions.Web));
        return 0;
    }
}
