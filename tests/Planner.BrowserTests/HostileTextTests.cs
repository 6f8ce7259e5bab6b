using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.BrowserTests;

/// <summary>Every page with markup in every text that people write: it is shown as text, and no page breaks the policy that it was sent with.</summary>
public sealed class HostileTextTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    private const string Markup = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>";

    private static readonly string[] TextMembers = ["name", "notes", "note", "source", "task"];

    // Before any script of the page, so that nothing goes unseen; the policy does not hold for it.
    private const string Watch = """
        window.found = [];
        document.addEventListener('securitypolicyviolation', e => window.found.push(`${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
        """;

    [Fact]
    public async Task Page_shows_markup_as_text_and_keeps_to_its_policy()
    {
        var paths = await PathsAsync();
        var faults = new ConcurrentQueue<string>();
        var first = await app.SignedInAsync("Admin", "/account");
        var context = first.Context;
        await context.AddInitScriptAsync(Watch);
        foreach (var path in paths)
        {
            var page = await context.NewPageAsync();
            page.PageError += (_, fault) => faults.Enqueue($"{path}: {fault}");
            page.Console += (_, message) => { if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) faults.Enqueue($"{path}: {message.Text}"); };
            page.Dialog += async (_, dialog) =>
            {
                faults.Enqueue($"{path}: a dialog says {dialog.Message}");
                await dialog.DismissAsync();
            };
            await app.GoAsync(page, path);
            await page.Locator("h1, main").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await page.WaitForFunctionAsync("() => [...document.querySelectorAll('figure')].every(figure => figure.querySelector('svg'))");
            await PointAtChartsAsync(page);
            foreach (var found in await page.EvaluateAsync<string[]>("""
                () => [
                  ...window.found,
                  ...[...document.querySelectorAll('img[src="x"]')].map(e => 'image made of text: ' + e.outerHTML),
                  ...[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on') || /^\s*javascript:/i.test(a.value)).map(a => `${e.tagName} ${a.name}=${a.value}`)),
                  ...[...document.querySelectorAll('script:not([src])')].filter(e => !e.nonce && !(e.type || '').includes('json')).map(e => 'inline script ' + e.textContent),
                ]
                """))
                faults.Enqueue($"{path}: {found}");
            // What a page has to read may come a moment after it.
            if (path.Contains(_id, StringComparison.Ordinal) && !await IsShownAsync(page))
                faults.Enqueue($"{path}: the text is not shown");
            await page.CloseAsync();
        }

        Assert.Equal("", string.Join('\n', faults.Distinct()));
        await context.CloseAsync();
    }

    private static async Task<bool> IsShownAsync(IPage page)
    {
        try
        {
            await page.WaitForFunctionAsync("() => [...document.querySelectorAll('input, textarea')].map(e => e.value).concat(document.body.textContent).some(text => text.includes('<img src=x onerror=alert(1)>'))");
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Report_prints_markup_as_text()
    {
        await PathsAsync();
        var page = await app.SignedInAsync("Admin", "/account");

        var pdf = await page.APIRequest.GetAsync(new Uri(app.Address, $"/api/v1/scenarios/{_id}/report.pdf").ToString(), new() { Timeout = 60_000 });

        Assert.Equal(200, pdf.Status);
        var text = await PdfText.ReadAsync(await pdf.BodyAsync());
        Assert.Contains("<img src=x onerror=alert(1)>", text, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private string _id = "";

    /// <summary>An address of every page there is.</summary>
    private async Task<IReadOnlyList<string>> PathsAsync()
    {
        using var _ = app.Services.GetRequiredService<CurrentReach>().AsProgram();
        await StoreAsync("daily-classifier");
        var other = _id;
        await StoreAsync("spot-mix");
        var link = (await app.Services.GetRequiredService<ShareLinkStore>().CreateAsync(_id, 1, new ShareTerms()))!.Token;
        var shut = (await app.Services.GetRequiredService<ShareLinkStore>().CreateAsync(_id, 1, new ShareTerms(PasscodeHash: Planner.Web.Components.Share.Passcodes.Hash("open sesame"))))!.Token;
        string[] views = ["", "?view=load", "?view=capacity", "?view=horizon", "?view=levers", "?view=risk", "?view=plan", "?view=deploy", "?map=apiPrice"];
        var known = new Dictionary<string, string[]>
        {
            ["/scenarios/{Id}"] = [.. views.Select(view => $"/scenarios/{_id}{view}"), $"/scenarios/{other}"],
            ["/scenarios/{Id}/versions"] = [$"/scenarios/{_id}/versions"],
            ["/scenarios/{Id}/actuals"] = [$"/scenarios/{_id}/actuals"],
            ["/scenarios/{Id}/schedules"] = [$"/scenarios/{_id}/schedules"],
            ["/report/{ScenarioId}"] = [$"/report/{_id}", $"/report/{other}"],
            ["/compare"] = [$"/compare?with={_id}&with={other}"],
            ["/portfolio"] = [$"/portfolio?with={_id}&with={other}"],
            ["/portfolio/report"] = [$"/portfolio/report?with={_id}&with={other}"],
            ["/s/{Token}"] = [$"/s/{link}", "/s/no-such-link"],
            ["/s/{Token}/passcode"] = [$"/s/{shut}/passcode"],
            ["/examples/{ExampleId}"] = ["/examples/support-assistant"],
            ["/feeds/runs/{Id:long}"] = ["/feeds/runs/1"],
            ["/usage/{Id:long}"] = ["/usage/1"],
        };
        var patterns = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().ToList();
        Assert.Empty(known.Keys.Except(patterns));
        return [.. patterns.SelectMany(pattern => known.TryGetValue(pattern, out var paths) ? paths : [pattern])];
    }

    private async Task StoreAsync(string example)
    {
        var document = JsonNode.Parse(ScenarioJson.Write(app.Services.GetRequiredService<ExampleStore>().Find(example)!.Scenario))!;
        var names = 0;
        Spoil(document, ref names);
        var (scenario, problem) = ScenarioJson.Read(document.ToJsonString());
        Assert.Null(problem);
        var snapshot = await app.Services.GetRequiredService<CatalogStore>().SnapshotAsync(scenario!);
        _id = (await app.Services.GetRequiredService<ScenarioStore>().CreateAsync(scenario!, snapshot, Engine.Evaluate(scenario!, snapshot))).Id;
    }

    /// <summary>Names of options must differ.</summary>
    private static void Spoil(JsonNode? node, ref int names)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Spoil(item, ref names);
        }
        else if (node is JsonObject parent)
        {
            foreach (var (name, value) in parent.ToList())
            {
                if (TextMembers.Contains(name) && value?.GetValueKind() == System.Text.Json.JsonValueKind.String)
                    parent[name] = $"{Markup}{names++}";
                else
                    Spoil(value, ref names);
            }
        }
    }

    private static async Task PointAtChartsAsync(IPage page)
    {
        foreach (var chart in await page.Locator("figure svg").AllAsync())
        {
            if (await chart.BoundingBoxAsync() is not { Width: > 40, Height: > 40 } box)
                continue;
            await chart.ScrollIntoViewIfNeededAsync();
            box = (await chart.BoundingBoxAsync())!;
            foreach (var share in new[] { 0.3f, 0.6f })
                await page.Mouse.MoveAsync(box.X + box.Width * share, box.Y + box.Height * 0.45f);
        }
    }
}
