using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Versions;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Versions;
using Xunit;

namespace Planner.Tests.Web.Versions;

/// <summary>Of <see cref="Documents.HighVolumeChat"/>: 10 M requests of 500 tokens at $1.5 a million are $7,500; two machines at $5.672 for 720 hours are $8,167.68.</summary>
public class AnswerWordsTests
{
    [Fact]
    public void Figure_is_told_with_its_change_in_amount_and_share()
    {
        // 500 × 10 M at $1.8 are $9,000.
        var diff = Diff(Documents.HighVolumeChat, Documents.HighVolumeChat with { Options = [Documents.Api(1.8m, 1.8m), Documents.HighVolumeChat.Options[1]] });
        Assert.Contains("API, a month: $7,500.00 → $9,000.00 (+$1,500.00, +20 %)", diff.Answer.Figures.Select(row => row.Sentence));
        Assert.Contains("API, per M tokens: $1.50 → $1.80 (+$0.30, +20 %)", diff.Answer.Figures.Select(row => row.Sentence));
        Assert.Null(diff.Answer.Note);
    }

    [Fact]
    public void Another_cheapest_option_and_a_moved_break_even_are_told()
    {
        // One machine at $1 with 1,000,000 tokens/s carries everything: $1 × 720 h = $720; the API costs $0.00075 a request, so they meet at 960,000.
        var fleet = Documents.Fleet(instances: 1) with { InstanceUsdPerHour = 1, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 1_000_000, Basis = "total" } };
        var (few, many) = (Documents.Chat(Documents.Api(), fleet), Documents.Chat(Documents.Api(3, 3), fleet));
        var volume = few.Workload.At(700_000);
        var diff = Diff(few with { Workload = volume }, many with { Workload = volume });
        Assert.Equal("Cheapest: API at $525.00 a month → Fleet at $720.00 a month", diff.Answer.Verdict);
        Assert.Contains("Break-even, ongoing, API to Fleet: 960,000 requests a month → 480,000 requests a month (−50 %)", diff.Answer.BreakEven);
    }

    [Fact]
    public void Price_that_changed_is_told_with_its_source()
    {
        var scenario = Documents.Chat(new ApiOption { Id = "api", Name = "API", PriceKey = "openai:gpt-4o" });
        var sheet = Documents.Catalog.Prices["openai:gpt-4o"];
        var dearer = Documents.Catalog with
        {
            Prices = new Dictionary<string, PriceSheet> { [sheet.Key] = sheet with { Prices = sheet.Prices with { InputUsdPerM = 3 }, Provenance = new Provenance("feed", null, new DateOnly(2026, 12, 1)) } },
        };
        var diff = VersionDiff.Of(Stored(1, scenario, Documents.Catalog), Stored(2, scenario, dearer));
        Assert.Equal(["openai:gpt-4o: input, per M tokens $2.50 → $3.00 (+20 %); test of 2026-11-01 → feed of 2026-12-01"], diff.Prices);
        Assert.Equal(diff.Prices[0], diff.Summary);
    }

    [Fact]
    public void Versions_that_say_the_same_say_so_and_another_engine_is_named()
    {
        var (one, two) = (Stored(1, Documents.HighVolumeChat, Documents.Catalog), Stored(2, Documents.HighVolumeChat, Documents.Catalog));
        var same = VersionDiff.Of(one, two);
        Assert.Equal(("Nothing that decides a figure.", true), (same.Summary, same.Answer.IsSame));
        var older = VersionDiff.Of(one with { EngineVersion = "0.9", Result = one.Result with { EngineVersion = "0.9" } }, two);
        Assert.Equal($"Only the engine that answered: 0.9 → {Engine.Version}.", older.Summary);
        Assert.StartsWith("Present costs over the horizon are not compared", older.Answer.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_figure_is_not_known_and_has_no_difference()
    {
        var changes = new AnswerChanges(null, [new OptionChange("api", "API", true, false, [new FigureChange(AnswerFigures.FirstMonthUsd, 5, null)])], [], [], []);
        Assert.Equal(["API, can serve the workload: yes → no", "API, first month: $5.00 → not known"], AnswerWords.Figures(changes, DisplayCurrency.Usd).Select(row => row.Sentence));
    }

    [Fact]
    public void Of_many_break_even_points_the_first_are_told_and_the_rest_counted()
    {
        var changes = new AnswerChanges(null, [], [.. Enumerable.Range(1, 10).Select(place => new CrossingChange(false, "api", null, place, null))], [], []);
        var told = AnswerWords.BreakEven(changes, Documents.HighVolumeChat, Documents.HighVolumeChat);
        Assert.Equal(("Break-even, ongoing, API to none: 1 requests a month → none", "and 2 more break-even points", 9), (told[0], told[^1], told.Count));
    }

    [Fact]
    public async Task Difference_is_shown_with_its_parts()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<VersionDiffView>((nameof(VersionDiffView.Diff), Diff(Documents.HighVolumeChat, Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload.At(1_000_000) })));
        Assert.Contains("Requests per month: 10,000,000", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("What both took from the catalog says the same.", html, StringComparison.Ordinal);
        Assert.Contains("$7,500.00", html, StringComparison.Ordinal);
        Assert.Contains("$750.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Current_version_is_named_and_only_others_can_be_restored()
    {
        var restored = 0;
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<VersionList>(
            (nameof(VersionList.Rows), (IReadOnlyList<VersionRow>)[VersionRow.Of(Entry(Stored(2, Documents.HighVolumeChat, Documents.Catalog), null)), VersionRow.Of(new ScenarioVersionEntry(1, default, "0.1", null, null))]),
            (nameof(VersionList.ScenarioId), "abc"), (nameof(VersionList.Current), 3), (nameof(VersionList.From), 1), (nameof(VersionList.To), 2),
            (nameof(VersionList.OnFrom), Callback(_ => { })), (nameof(VersionList.OnTo), Callback(_ => { })), (nameof(VersionList.OnRestore), Callback(version => restored = version)));
        Assert.Contains("API at $7,500 a month", html, StringComparison.Ordinal);
        Assert.Contains("This version cannot be read by this program.", html, StringComparison.Ordinal);
        Assert.Contains("/report/abc?version=2", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Restore v1", html, StringComparison.Ordinal);
        await renderer.ClickAsync("aria-label", "Restore v2");
        Assert.Equal(2, restored);
    }

    [Fact]
    public void Address_keeps_the_pair()
    {
        var state = new VersionsState(3, 7, 2);
        Assert.Equal("/scenarios/abc/versions?from=3&to=7&page=2", state.Write("abc"));
        Assert.Equal(state, VersionsState.Read(new Uri("http://127.0.0.1" + state.Write("abc"))));
        Assert.Equal(new VersionsState(null, null, 1), VersionsState.Read(new Uri("http://127.0.0.1/scenarios/abc/versions?from=-3&to=x")));
    }

    private static Microsoft.AspNetCore.Components.EventCallback<int> Callback(Action<int> take) => new(null, take);

    private static VersionDiff Diff(Scenario before, Scenario after) => VersionDiff.Of(Stored(1, before, Documents.Catalog), Stored(2, after, Documents.Catalog));

    private static ScenarioVersionEntry Entry(StoredScenario stored, StoredScenario? previous) => new(stored.Version, stored.SavedUtc, stored.EngineVersion, Head(stored), previous is null ? null : Head(previous));

    private static VersionHead Head(StoredScenario stored) => new(
        stored.Scenario, stored.Snapshot, stored.EngineVersion, stored.Result.Verdict.Sentence, stored.Result.Verdict.CheapestOptionId,
        stored.Result.Options.First(option => option.Id == stored.Result.Verdict.CheapestOptionId).Name,
        stored.Result.Options.First(option => option.Id == stored.Result.Verdict.CheapestOptionId).OngoingMonthlyUsd);

    private static StoredScenario Stored(int version, Scenario scenario, CatalogSnapshot rows) =>
        new("abc", version, 2, scenario, rows, Engine.Evaluate(scenario, rows), Engine.Version, default, default);
}
