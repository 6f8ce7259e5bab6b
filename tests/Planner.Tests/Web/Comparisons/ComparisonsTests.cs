using System.Net;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Tests.Web.Api;
using Planner.Tests.Web.Reports;
using Planner.Tests.Web.Reports.Workbooks;
using Xunit;
using Scenario = Planner.Domain.Scenarios.Scenario;

namespace Planner.Tests.Web.Comparisons;

/// <summary>Comparison and portfolio through the API and on their pages, on a database of their own.</summary>
public class ComparisonsTests(SharingApp app) : IClassFixture<SharingApp>
{
    private readonly HttpClient _http = app.CreateClient();

    [Fact]
    public async Task Versions_stand_side_by_side_with_the_figures_that_were_stored()
    {
        var id = await app.StoreAsync("high-volume-chat");
        // 20 M requests of 500 tokens at $1.5 per million.
        await SaveAsync(id, scenario => scenario with { Name = "Chat doubled", Workload = scenario.Workload.At(20_000_000) });

        var found = (await GetAsync($"/compare?with={id}@1&with={id}:api"))["scenarios"]!.AsArray();

        Assert.Equal([1, 2], found.Select(scenario => (int)scenario!["version"]!));
        Assert.Equal([7_500m, 15_000m], found.Select(scenario => (decimal)scenario!["options"]![0]!["ongoingMonthlyUsd"]!));
        // $7,500 ÷ 10 M requests × 1,000.
        Assert.Equal(0.75m, (decimal)found[0]!["options"]![0]!["usdPerThousandRequests"]!);
        Assert.Equal(270_000m, (decimal)found[0]!["options"]![0]!["horizonUsd"]!);
        Assert.Equal("api", (string)found[1]!["shownOptionId"]!);
        Assert.Equal(2, (int)found[0]!["currentVersion"]!);
    }

    [Fact]
    public async Task Answer_of_another_engine_is_shown_as_stored_without_months_and_says_so()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var store = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(id))!;
        await store.SaveAsync(id, 1, stored.Scenario, stored.Snapshot, stored.Result with { EngineVersion = "0.1" });

        var found = (await GetAsync($"/compare?with={id}"))["scenarios"]![0]!;
        var portfolio = (await GetAsync($"/portfolio?with={id}"))["totals"]!;

        Assert.Equal(7_500m, (decimal)found["options"]![0]!["ongoingMonthlyUsd"]!);
        Assert.Null(found["options"]![0]!["horizonUsd"]);
        Assert.Contains("engine 0.1", (string)found["horizonReason"]!, StringComparison.Ordinal);
        Assert.Equal(7_500m, (decimal)portfolio["monthly"]!["usd"]!);
        Assert.Null(portfolio["horizon"]!["usd"]);
        Assert.True((bool)portfolio["horizon"]!["isAtLeast"]!);
    }

    [Theory]
    [InlineData("/compare", "with")]
    [InlineData("/compare?with=nosuch", "with[0]")]
    [InlineData("/compare?with=a@0", "with[0]")]
    [InlineData("/portfolio?with=nosuch", "with[0]")]
    [InlineData("/portfolio/report.csv?with=:x", "with[0]")]
    [InlineData("/portfolio/report.xlsx?with=nosuch", "with[0]")]
    [InlineData("/portfolio/report.pdf?with=nosuch", "with[0]")]
    public async Task Name_of_nothing_is_refused_at_its_place(string path, string place) => await IsRefusedAsync(path, place);

    [Fact]
    public async Task Version_and_option_that_are_not_there_are_refused_by_name()
    {
        var id = await app.StoreAsync("high-volume-chat");

        Assert.Contains("no version 7", await IsRefusedAsync($"/compare?with={id}&with={id}@7", "with[1]"), StringComparison.Ordinal);
        Assert.Contains("no option “gpu”", await IsRefusedAsync($"/portfolio?with={id}:gpu", "with[0]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seventh_version_is_refused_with_a_sentence()
    {
        var id = await app.StoreAsync("high-volume-chat");
        for (var version = 2; version <= 7; version++)
            await app.RenameAsync(id, $"Chat {version}");
        var six = string.Join('&', Enumerable.Range(1, 6).Select(version => $"with={id}@{version}"));

        Assert.Equal(6, (await GetAsync($"/compare?{six}"))["scenarios"]!.AsArray().Count);
        Assert.Contains("Up to 6", await IsRefusedAsync($"/compare?{six}&with={id}@7", "with[6]"), StringComparison.Ordinal);
        var page = await PageAsync($"/compare?{six}&with={id}@7");
        Assert.Contains("Up to 6 scenarios or versions stand side by side", page, StringComparison.Ordinal);
        Assert.Contains("6 · Chat 6, v6", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Chat 7, v7", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_scenarios_than_a_portfolio_takes_are_refused_at_once() =>
        Assert.Contains("up to 100 scenarios, and these are 101", await IsRefusedAsync($"/portfolio?{string.Join('&', Enumerable.Repeat("with=x", 101))}", "with"), StringComparison.Ordinal);

    [Fact]
    public async Task What_stands_there_twice_is_refused()
    {
        var id = await app.StoreAsync("high-volume-chat");
        await app.RenameAsync(id, "Chat again");

        await IsRefusedAsync($"/compare?with={id}&with={id}@2", "with[1]");
        await IsRefusedAsync($"/portfolio?with={id}@1&with={id}@2", "with[1]");
    }

    [Fact]
    public async Task Portfolio_adds_the_winners_or_the_options_named()
    {
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("high-volume-chat"));

        var winners = (await GetAsync($"/portfolio?with={first}&with={second}"))["totals"]!;
        var mixed = (await GetAsync($"/portfolio?with={first}&with={second}:self"))["totals"]!;

        Assert.Equal(15_000m, (decimal)winners["monthly"]!["usd"]!);
        Assert.Equal(["2026-12", "2027-11"], new[] { 0, 11 }.Select(month => (string)winners["months"]![month]!["month"]!));
        Assert.Equal(12, winners["months"]!.AsArray().Count);
        // $7,500 and 2 × 720 h × $5.672 = $8,167.68, which cannot carry the load, and $6,000 of work in the first month.
        Assert.Equal(15_667.68m, (decimal)mixed["monthly"]!["usd"]!);
        Assert.Equal(8_167.68m, (decimal)mixed["monthly"]!["infeasibleUsd"]!);
        Assert.Equal(21_667.68m, (decimal)mixed["firstMonth"]!["usd"]!);
    }

    [Fact]
    public async Task Page_shows_what_it_can_and_says_what_is_missing_in_place()
    {
        var id = await app.StoreAsync("high-volume-chat");
        await SaveAsync(id, scenario => scenario with { Workload = scenario.Workload.At(12_000_000) });

        var page = await PageAsync($"/compare?with={id}@1&with={id}&with=nosuch");

        Assert.Contains("There is no scenario nosuch.", page, StringComparison.Ordinal);
        // 12 M requests cost $9,000: $1,500 or 20 % more.
        Assert.Contains("$9,000.00", page, StringComparison.Ordinal);
        Assert.Contains("+$1,500.00, +20 %", page, StringComparison.Ordinal);
        Assert.Contains("Amounts are in USD.", page, StringComparison.Ordinal);
        Assert.Contains("tokens/s short of", await PageAsync($"/compare?with={id}:self"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_rows_that_differ_are_left_where_asked()
    {
        var id = await app.StoreAsync("high-volume-chat");
        await SaveAsync(id, scenario => scenario with { Workload = scenario.Workload.At(12_000_000) });

        var page = await PageAsync($"/compare?with={id}@1&with={id}&differences=1");

        Assert.Contains(">Requests a month<", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Input tokens a request<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Currencies_stay_each_scenario_s_own_and_differences_are_in_usd()
    {
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("high-volume-chat"));
        await SaveAsync(second, scenario => scenario with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.5m, AsOf = new DateOnly(2026, 11, 1), Source = "test" }, Workload = scenario.Workload.At(12_000_000) });

        var page = await PageAsync($"/compare?with={first}&with={second}");

        Assert.Contains("€4,500.00", page, StringComparison.Ordinal);
        Assert.Contains("+$1,500.00, +20 %", page, StringComparison.Ordinal);
        Assert.Contains("in its own currency at its own stored rate; differences are in USD", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_comparison_says_what_it_is_for() => Assert.Contains("Nothing to compare yet", await PageAsync("/compare"), StringComparison.Ordinal);

    [Fact]
    public async Task Portfolio_page_and_print_view_tell_the_same_totals()
    {
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("high-volume-chat"));
        var query = $"?with={first}&with={second}:self";

        foreach (var path in new[] { "/portfolio", "/portfolio/report" })
        {
            var page = await PageAsync(path + query);
            foreach (var text in new[] { "2 scenarios cost $15,668 a month, $21,668 in the first.", "$15,667.68", "$8,167.68 a month of it is of 1 scenario whose chosen option cannot serve", "2027-11" })
                Assert.Contains(text, page, StringComparison.Ordinal);
        }

        var print = await PageAsync("/portfolio/report" + query);
        Assert.Contains("Costs that scenarios could share", print, StringComparison.Ordinal);
        Assert.Contains("Counted here: ", print, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", print, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pdf_without_a_browser_is_refused_with_the_print_view_of_the_same_versions()
    {
        var id = await app.StoreAsync("high-volume-chat");

        var refused = await _http.GetAsync($"/api/v1/portfolio/report.pdf?with={id}:self");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal($"/portfolio/report?with={id}@1:self", (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["printView"]!);
    }

    [Fact]
    public async Task Table_holds_scenarios_totals_kinds_and_months()
    {
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("high-volume-chat"));

        var rows = (await _http.GetStringAsync($"/api/v1/portfolio/report.csv?with={first}&with={second}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("row,name,scenarioId,version,option,feasible,monthlyUsd,", rows[0], StringComparison.Ordinal);
        Assert.Equal(2, rows.Count(row => row.StartsWith("scenario,", StringComparison.Ordinal) && row.Contains(",true,7500,0,7500,90000,36,270000,", StringComparison.Ordinal)));
        Assert.Contains(rows, row => row.StartsWith("total,,,,,,15000,,15000,180000,,540000,", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("kind,API input,,,,,12000,0,12000,", StringComparison.Ordinal));
        Assert.Equal(12, rows.Count(row => row.StartsWith("month,", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Option_without_a_price_is_not_said_to_fail()
    {
        var id = await StoreUnpricedAsync();

        var row = (await _http.GetStringAsync($"/api/v1/portfolio/report.csv?with={id}:api")).Split("\r\n")[1];
        Assert.StartsWith($"scenario,Nobody knows,{id},1,Half,,,", row, StringComparison.Ordinal);
        Assert.StartsWith($"scenario,Nobody knows,{id},1,,,,", (await _http.GetStringAsync($"/api/v1/portfolio/report.csv?with={id}")).Split("\r\n")[1], StringComparison.Ordinal);
        var lacking = (await _http.GetStringAsync($"/api/v1/portfolio/report.csv?with={await app.StoreAsync("high-volume-chat")}:self")).Split("\r\n")[1];
        Assert.Contains(",false,8167.68,", lacking, StringComparison.Ordinal);
        var page = await PageAsync($"/portfolio/report?with={id}:api");
        Assert.Contains("<td>not known</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("own price</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portfolio_of_which_nothing_is_known_claims_no_least_and_draws_nothing()
    {
        var id = await StoreUnpricedAsync();

        foreach (var path in new[] { "/portfolio", "/portfolio/report" })
        {
            var page = await PageAsync($"{path}?with={id}&with=nosuch");
            Assert.Contains("The month of 1 scenario is not known, and neither are the totals.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("at least", page[page.IndexOf("<h1", StringComparison.Ordinal)..].Split("Method and limits")[0], StringComparison.Ordinal);
            Assert.DoesNotContain("<figure", page, StringComparison.Ordinal);
        }

        // What is shown can be had as a file, though something else was asked for too.
        Assert.Contains($"/api/v1/portfolio/report.csv?with={id}@1", await PageAsync($"/portfolio?with={id}&with=nosuch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portfolio_that_costs_nothing_is_known_and_sums_nothing_up_with_itself()
    {
        var id = await app.StoreAsync("high-volume-chat");
        await SaveAsync(id, scenario => scenario with { Workload = scenario.Workload.At(0) });

        Assert.Contains("Together $0.00 a month", await PageAsync($"/portfolio?with={id}:api"), StringComparison.Ordinal);
        using var book = SpreadsheetDocument.Open(new MemoryStream(await _http.GetByteArrayAsync($"/api/v1/portfolio/report.xlsx?with={id}:api")), isEditable: false);
        Assert.DoesNotContain(book.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<CellFormula>()), formula => formula.Text.Contains("C2:B2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Totals_of_the_workbook_follow_its_rows()
    {
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("high-volume-chat"));
        var book = await _http.GetByteArrayAsync($"/api/v1/portfolio/report.xlsx?with={first}&with={second}:self");

        var books = await LibreOffice.RecalculateAsync(new Dictionary<string, byte[]> { ["as-is"] = book, ["typed-over"] = TypedOver(book, "E4", "10000") });

        // $7,500 and $8,167.68; the first typed over by $10,000.
        Assert.Equal(15_667.68, books["as-is"].Number("Portfolio", "E6"), 6);
        Assert.Equal(18_167.68, books["typed-over"].Number("Portfolio", "E6"), 6);
        Assert.Equal("15667.68", books["as-is"].Beside("Kinds of cost", "Total", 5));
        Assert.Equal(12, books["as-is"].Sheets["Months"].Count(cell => cell.Key.StartsWith('A') && cell.Value.StartsWith("202", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Last_scenario_of_a_portfolio_cannot_be_left_out_since_none_would_mean_all()
    {
        var (first, second) = (await app.StoreAsync("high-volume-chat"), await app.StoreAsync("high-volume-chat"));

        Assert.Contains("Leave out", await PageAsync($"/portfolio?with={first}&with={second}"), StringComparison.Ordinal);
        Assert.DoesNotContain("Leave out", await PageAsync($"/portfolio?with={first}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Portfolio_without_names_is_all_scenarios()
    {
        await app.StoreAsync("high-volume-chat");
        var stored = (await app.Services.GetRequiredService<ScenarioStore>().IdsAsync()).Count;

        Assert.Equal(stored, (await GetAsync("/portfolio"))["totals"]!["items"]!.AsArray().Count);
    }

    private static byte[] TypedOver(byte[] book, string reference, string number)
    {
        using var stream = new MemoryStream();
        stream.Write(book);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            Assert.Empty(new OpenXmlValidator().Validate(document));
            var sheet = document.WorkbookPart!.WorksheetParts.First(part => part.Worksheet!.Descendants<Cell>().Any(cell => cell.InnerText == "Scenario") && part.Worksheet.Descendants<Cell>().Any(cell => cell.InnerText == "Version"));
            sheet.Worksheet!.Descendants<Cell>().Single(cell => cell.CellReference == reference).CellValue = new CellValue(number);
        }

        return stream.ToArray();
    }

    private async Task SaveAsync(string id, Func<Scenario, Scenario> change)
    {
        var store = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(id))!;
        var scenario = change(stored.Scenario);
        await store.SaveAsync(id, stored.Version, scenario, stored.Snapshot, Engine.Evaluate(scenario, stored.Snapshot));
    }

    /// <summary>A scenario whose only option has a sheet without a price of output.</summary>
    private async Task<string> StoreUnpricedAsync()
    {
        var scenario = Documents.Chat(new ApiOption { Id = "api", Name = "Half", PriceKey = "half:known" }) with { Name = "Nobody knows" };
        return (await app.Services.GetRequiredService<ScenarioStore>().CreateAsync(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog))).Id;
    }

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync($"/api/v1{path}"))!;

    private async Task<string> PageAsync(string path) => WebUtility.HtmlDecode(await _http.GetStringAsync(path));

    /// <summary>Checks that a request is refused at a place, and gives the sentence.</summary>
    private async Task<string> IsRefusedAsync(string path, string place)
    {
        var message = await _http.GetAsync($"/api/v1{path}");
        var answer = new Answer(message.StatusCode, message, JsonNode.Parse(await message.Content.ReadAsStringAsync()));
        ApiClient.IsProblem(answer, 400, place);
        return (string)answer.Body!["errors"]!.AsArray().First(error => (string)error!["path"]! == place)!["message"]!;
    }
}
