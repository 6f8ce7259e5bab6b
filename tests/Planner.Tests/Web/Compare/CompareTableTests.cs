using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Comparisons;
using Planner.Web.Components.Compare;
using Xunit;

namespace Planner.Tests.Web.Compare;

/// <summary>10 M requests of 500 tokens at $1.5 per million are $7,500; the fleet is 2 × 720 h × $5.672 = $8,167.68 and cannot carry them. Prices of the test catalog held on 2026-11-01.</summary>
public class CompareTableTests
{
    private static readonly DateOnly Today = new(2026, 11, 9);
    private static readonly ComparedScenario Chat = Compared(Documents.HighVolumeChat);
    private static readonly ComparedScenario Dearer = Compared(Documents.Chat(Documents.Api(3, 3), Documents.Fleet()));

    [Fact]
    public void Difference_is_told_against_the_base_in_amount_and_share()
    {
        Assert.Equal([null, "+$7,500.00, +100 %"], Cells([Chat, Dearer], 0, "A month").Select(cell => cell.Difference));
        Assert.Equal(["−$7,500.00, −50 %", null], Cells([Chat, Dearer], 1, "A month").Select(cell => cell.Difference));
        Assert.Equal([null, "+100 %"], Cells([Chat, Dearer], 0, "Per 1,000 requests").Select(cell => cell.Difference));
    }

    [Fact]
    public void Volumes_at_the_ends_of_what_is_taken_stand_side_by_side()
    {
        var (least, most) = (Compared(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload.At(1e-20m) }), Compared(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload.At(1e12m) }));

        Assert.Equal("up more than a millionfold", Cells([least, most], 0, "Requests a month")[1].Difference);
        Assert.Equal("−100 %", Cells([least, most], 1, "Requests a month")[0].Difference);
    }

    [Fact]
    public void Of_several_break_evens_the_one_nearest_to_each_volume_is_told()
    {
        // A unit carries 648,000 requests for $648; the API asks $0.0012 a request: n units tie at 540,000 n, for the last time with five.
        var chat = Documents.Chat(Documents.Api(2.4m, 2.4m), Documents.Fleet(FleetSizings.WeeklyPeak, null) with { InstanceUsdPerHour = 0.9m });
        var (many, few) = (Compared(chat), Compared(chat with { Workload = chat.Workload.At(1_000_000) }));

        Assert.Equal(["2.7 M requests a month", "1.08 M requests a month"], Cells([many, few], 0, "Break-even, capacity checked").Select(cell => cell.Text));
    }

    [Fact]
    public void Utilization_is_told_apart_in_points()
    {
        // 1,929 tokens/s of 10,000 are 19.29 %; half the requests use half of it.
        var fleet = Documents.Fleet() with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 5_000, Basis = "total" } };
        var (all, half) = (Compared(Documents.Chat(fleet), "self"), Compared(Documents.Chat(fleet) with { Workload = Documents.HighVolumeChat.Workload.At(5_000_000) }, "self"));

        Assert.Equal([null, "−9.6 points"], Cells([all, half], 0, "Utilization").Select(cell => cell.Difference));
    }

    [Fact]
    public async Task Chart_names_no_single_winner_of_a_tie()
    {
        using var renderer = TestRenderer.Create();
        var html = System.Net.WebUtility.HtmlDecode(await renderer.RenderAsync<CompareChart>(("Scenarios", (IReadOnlyList<ComparedScenario>)[Chat, Dearer, Chat])));

        Assert.Contains($"Least a month: 1 · API of {Chat.Name} and one other, $7,500 each", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_to_add_from_says_where_it_ends()
    {
        IReadOnlyList<ScenarioSummary> known = [new("id", "Chat", 1, default, default, null, null, null, null)];
        using var renderer = TestRenderer.Create();
        Assert.Contains("The 200 saved last.", await renderer.RenderAsync<ScenarioAdder>(("Label", "Add"), ("Known", known), ("Listed", 200), ("Older", 1)), StringComparison.Ordinal);
        using var all = TestRenderer.Create();
        Assert.DoesNotContain("saved last", await all.RenderAsync<ScenarioAdder>(("Label", "Add"), ("Known", known), ("Listed", 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_alike_is_not_marked()
    {
        var table = CompareTable.Of([Chat, Chat], 0, Today);

        Assert.DoesNotContain(table.Sections.SelectMany(section => section.Rows), row => row.Differs);
        Assert.All(Cells([Chat, Dearer], 0, "Input tokens a request"), cell => Assert.False(cell.Differs));
    }

    [Fact]
    public void Unknown_cost_is_no_amount_and_says_why()
    {
        var unknown = Compared(Documents.Chat(new ApiOption { Id = "api", Name = "Half", PriceKey = "half:known" }), "api");

        var cell = Cells([Chat, unknown], 0, "A month")[1];

        Assert.Equal("—", cell.Text);
        Assert.True(cell.Differs);
        Assert.Null(cell.Difference);
        Assert.Contains("price", cell.Detail, StringComparison.Ordinal);
        Assert.StartsWith("not known: ", Cells([Chat, unknown], 0, "Can it serve?")[1].Text, StringComparison.Ordinal);
        Assert.Equal("—", Cells([Chat, unknown], 0, "Over the horizon")[1].Text);
    }

    [Fact]
    public void Shortfall_of_a_fleet_is_told_in_tokens_a_second()
    {
        // 10 M × 500 tokens in 720 h are 1,929 tokens/s; two replicas carry 250.
        var cell = Cells([Compared(Documents.HighVolumeChat, "self")], 0, "Can it serve?")[0];

        Assert.Equal("no: 1,679 tokens/s short of 1,929", cell.Text);
    }

    [Fact]
    public void Age_of_prices_counts_where_they_come_from_the_catalog()
    {
        Assert.Equal("none from the catalog", Cells([Chat], 0, "Prices held on")[0].Text);
        Assert.Equal("2026-11-01, 8 days old", Cells([Compared(Documents.HighVolumeChat, "self")], 0, "Prices held on")[0].Text);
    }

    [Fact]
    public void Currencies_are_each_its_own_and_their_difference_is_in_usd()
    {
        var euro = Compared(Documents.Chat(Documents.Api(3, 3)) with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 1), Source = "test" } });

        // $15,000 at 0.5 €.
        Assert.Equal(["$7,500.00", "€7,500.00"], Cells([Chat, euro], 0, "A month").Select(cell => cell.Text));
        Assert.Equal("+$7,500.00, +100 %", Cells([Chat, euro], 0, "A month")[1].Difference);
        Assert.Contains("differences are in USD", CompareTable.Of([Chat, euro], 0, Today).CurrencyNote, StringComparison.Ordinal);
        Assert.Contains("EUR at the stored rate of 0.5", CompareTable.Of([euro], 0, Today).CurrencyNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_one_id_and_kind_share_a_row_and_others_say_that_they_are_not_there()
    {
        var alone = Compared(Documents.Chat(Documents.Api() with { Name = "Other name" }));

        var rows = CompareTable.Of([Chat, alone], 0, Today).Sections.Single(section => section.Title == "Every option, a month").Rows;

        Assert.Equal(["API", "Fleet"], rows.Select(row => row.Label));
        Assert.Equal("Other name", rows[0].Cells[1].Detail);
        Assert.True(rows[1].Cells[1].IsAbsent);
        Assert.True(rows[1].Differs);
    }

    [Fact]
    public async Task Grid_leaves_out_what_is_alike_where_asked()
    {
        using var renderer = TestRenderer.Create();
        var html = await renderer.RenderAsync<CompareGrid>(("Table", CompareTable.Of([Chat, Dearer], 0, Today)), ("Names", (IReadOnlyList<string>)["1", "2"]), ("Origin", 0), ("OnlyDifferences", true));

        Assert.Contains("A month", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Input tokens a request", html, StringComparison.Ordinal);
        using var alike = TestRenderer.Create();
        Assert.Contains("do not differ", await alike.RenderAsync<CompareGrid>(("Table", CompareTable.Of([Chat, Chat], 0, Today)), ("Names", (IReadOnlyList<string>)["1", "2"]), ("OnlyDifferences", true)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<CompareCell> Cells(IReadOnlyList<ComparedScenario> scenarios, int origin, string label) =>
        CompareTable.Of(scenarios, origin, Today).Sections.SelectMany(section => section.Rows).First(row => row.Label == label).Cells;

    private static ComparedScenario Compared(Scenario scenario, string? optionId = null)
    {
        var stored = new StoredScenario("id", 1, 1, scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog), Engine.Version, default, default);
        return ComparedScenario.Of(stored, optionId, Engine.Horizon(scenario, Documents.Catalog), null);
    }
}
