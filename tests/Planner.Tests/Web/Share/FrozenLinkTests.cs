using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Feeds;
using Planner.Tests.Web.Reports;
using Xunit;

namespace Planner.Tests.Web.Share;

/// <summary>What is frozen stays, whatever prices, clock and engine do later.</summary>
public sealed class FrozenLinkTests : IAsyncLifetime
{
    private static readonly string[] Views = ["ledger", "capacity", "load", "horizon", "checks", "sources"];

    private readonly SharingApp _app = new();
    private HttpClient _http = null!;

    private static Scenario Scenario { get; } = new()
    {
        Name = "Frozen",
        StartMonth = "2026-12",
        HoursPerMonth = 720,
        Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 400, OutputTokens = 100 },
        Options =
        [
            new ApiOption { Id = "listed", Name = "Listed", PriceKey = "acme:m7" },
            new ApiOption { Id = "own", Name = "Own prices", Price = new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 3 } },
        ],
    };

    public async ValueTask InitializeAsync()
    {
        _http = _app.CreateClient();
        await RefreshAsync(0);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Page_has_the_same_text_a_year_and_ten_refreshes_later()
    {
        var (frozen, live) = await StoreAsync(result => result);
        var before = await ReadAsync(frozen);
        // 1,000,000 × (400 × $1 + 100 × $2) ÷ 10⁶
        Assert.Contains("$600.00", before, StringComparison.Ordinal);
        Assert.Contains("Frozen at version 1, saved 2026-12-01, prices of ", before, StringComparison.Ordinal);
        var current = await ReadAsync(live);

        for (var refresh = 1; refresh <= 10; refresh++)
        {
            _app.Clock.Now += TimeSpan.FromDays(36.5);
            await RefreshAsync(refresh);
        }

        Assert.Equal(2, (await _http.GetFromJsonAsync<JsonElement>("/api/v1/catalog/prices/acme:m7")).GetProperty("prices").GetProperty("inputUsdPerM").GetDecimal());
        Assert.Equal(before, await ReadAsync(frozen));
        // A live link follows what is saved, not what is published; only the moment of reading is another.
        Assert.Equal(Moment(current), Moment(await ReadAsync(live)));
    }

    [Fact]
    public async Task Page_shows_what_was_stored_and_not_what_today_s_engine_would_answer()
    {
        var (frozen, _) = await StoreAsync(result => result with
        {
            EngineVersion = "0.1",
            Verdict = result.Verdict with { Sentence = "Listed is cheaper by $900 a month." },
            Options = [.. result.Options.Select(option => option with { OngoingMonthlyUsd = option.OngoingMonthlyUsd + 123.45m })],
        });

        var text = await ReadAsync(frozen);

        Assert.Contains("Listed is cheaper by $900 a month.", text, StringComparison.Ordinal);
        Assert.Contains("$723.45", text, StringComparison.Ordinal);
        Assert.Contains("$1,623.45", text, StringComparison.Ordinal);
        Assert.Contains("Computed with engine 0.1; its lines are not redrawn.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("What if?", text, StringComparison.Ordinal);
        _app.Clock.Now += TimeSpan.FromDays(365);
        await RefreshAsync(10);
        Assert.Equal(text, await ReadAsync(frozen));
    }

    /// <summary>All that the page says, tab by tab, ages left out.</summary>
    private async Task<string> ReadAsync(Uri link) =>
        string.Join('\n', await Task.WhenAll(Views.Select(async view => PageText.WithoutAges(await _http.GetStringAsync($"{link}?view={view}")))));

    private static string Moment(string text) => text.Replace("2027-12-01 12:00 UTC", "2026-12-01 12:00 UTC", StringComparison.Ordinal);

    private async Task<(Uri Frozen, Uri Live)> StoreAsync(Func<Result, Result> change)
    {
        var snapshot = await _app.Services.GetRequiredService<CatalogStore>().SnapshotAsync(Scenario);
        var id = (await _app.Services.GetRequiredService<ScenarioStore>().CreateAsync(Scenario, snapshot, change(Engine.Evaluate(Scenario, snapshot)))).Id;
        return (await LinkAsync(id, new { }), await LinkAsync(id, new { live = true }));
    }

    /// <summary>Publishes the list with prices that a tenth of a dollar is added to with each refresh.</summary>
    private async Task RefreshAsync(int refresh)
    {
        var price = (1 + (refresh * 0.1m)).ToString(CultureInfo.InvariantCulture);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(LiteLlmFixture.Plain(120, $"{price}e-06")), "file", "prices.json" } };
        var run = await _http.PostAsync("/api/v1/feeds/litellm/import", form);
        Assert.Equal("published", (await run.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
    }

    private async Task<Uri> LinkAsync(string id, object terms)
    {
        var made = await _http.PostAsJsonAsync($"/api/v1/scenarios/{id}/links", terms);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return new Uri((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("url").GetString()!);
    }
}
