using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain;
using Xunit;

namespace Planner.Tests.Web.Reports;

public class ReportTests(SharingApp app) : IClassFixture<SharingApp>
{
    private readonly HttpClient _http = app.CreateClient();

    [Fact]
    public async Task Without_a_browser_the_pdf_is_refused_with_the_reason_and_the_print_view()
    {
        var id = await app.StoreAsync("high-volume-chat");

        var refused = await _http.GetAsync($"/api/v1/scenarios/{id}/report.pdf");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("Pdf:BrowserPath", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal($"/report/{id}?version=1", problem.GetProperty("printView").GetString());
    }

    [Fact]
    public async Task Files_of_a_version_hold_its_stored_figures_under_its_name()
    {
        var id = await app.StoreAsync("high-volume-chat");

        var book = await _http.GetAsync($"/api/v1/scenarios/{id}/report.xlsx?version=1");
        var table = await _http.GetStringAsync($"/api/v1/scenarios/{id}/report.csv");
        var record = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/scenarios/{id}/report.json");

        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", book.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(" v1.xlsx", book.Content.Headers.ContentDisposition!.FileNameStar, StringComparison.Ordinal);
        Assert.StartsWith("PK", await book.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // By hand: 10 M requests of 500 tokens at $1.5 per million are $6,000 in and $1,500 out.
        Assert.Contains(",apiInput,Prompt tokens,false,6000,", table, StringComparison.Ordinal);
        Assert.Contains(",tokens,400,tokens/request,workload.inputTokens", table, StringComparison.Ordinal);
        Assert.Equal(7500, record.GetProperty("result").GetProperty("options")[0].GetProperty("ongoingMonthlyUsd").GetDecimal());
        Assert.Equal(10_000_000, record.GetProperty("scenario").GetProperty("workload").GetProperty("requestsPerMonth").GetDecimal());
        Assert.Equal(1, record.GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/scenarios/nosuch/report.pdf")]
    [InlineData("/api/v1/scenarios/nosuch/report.xlsx")]
    [InlineData("/api/v1/scenarios/nosuch/report.csv")]
    [InlineData("/api/v1/scenarios/nosuch/report.json")]
    [InlineData("/report/nosuch")]
    public async Task Report_of_an_unknown_scenario_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(address)).StatusCode);

    [Fact]
    public async Task Report_of_an_unknown_version_is_not_found()
    {
        var id = await app.StoreAsync("high-volume-chat");

        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"/api/v1/scenarios/{id}/report.pdf?version=7")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"/report/{id}?version=7")).StatusCode);
    }

    [Fact]
    public async Task Print_view_holds_the_answer_with_its_workings_without_a_script()
    {
        var id = await app.StoreAsync("high-volume-chat");

        var page = WebUtility.HtmlDecode(await _http.GetStringAsync($"/report/{id}"));

        Assert.Contains("GPT-3.5 Turbo at $1.5 flat is cheaper by $668 a month", page, StringComparison.Ordinal);
        foreach (var amount in new[] { "$7,500.00", "$8,167.68", "$14,167.68" })
            Assert.Contains(amount, page, StringComparison.Ordinal);
        Assert.Contains("instances × share × hours × price", page, StringComparison.Ordinal);
        Assert.Contains("10,000,000", page, StringComparison.Ordinal);
        Assert.Contains("good enough for the task", page, StringComparison.Ordinal);
        Assert.Contains("Version 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_is_the_hash_of_the_stored_text_and_can_be_computed_from_the_record_alone()
    {
        var id = await app.StoreAsync("support-assistant");
        var record = await _http.GetStringAsync($"/api/v1/scenarios/{id}/report.json");
        var version = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/scenarios/{id}/versions/1");
        var page = await _http.GetStringAsync($"/report/{id}");

        using var members = JsonDocument.Parse(record);
        var text = string.Join('\n', members.RootElement.GetProperty("scenario").GetRawText(), members.RootElement.GetProperty("snapshot").GetRawText(), members.RootElement.GetProperty("result").GetRawText(), members.RootElement.GetProperty("engineVersion").GetString());
        var expected = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

        Assert.Equal(expected, members.RootElement.GetProperty("digest").GetString());
        Assert.Equal(expected, version.GetProperty("digest").GetString());
        Assert.Contains($"<code>{expected}</code>", page, StringComparison.Ordinal);
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<Planner.Data.PlannerDbContext>>().CreateDbContextAsync();
        var stored = await context.Database.SqlQuery<string>(
            $"SELECT DocumentJson || char(10) || SnapshotJson || char(10) || ResultJson || char(10) || EngineVersion AS Value FROM ScenarioVersions WHERE ScenarioId = {id} AND Version = 1").SingleAsync();
        Assert.Equal(stored, text);
    }

    [Fact]
    public async Task Digest_changes_with_one_letter_and_not_with_the_time_of_the_save()
    {
        var id = await app.StoreAsync("daily-classifier");
        await app.RenameAsync(id, "Daily classifiers");
        await app.RenameAsync(id, "Daily classifier");

        var digests = new List<string?>();
        for (var version = 1; version <= 3; version++)
            digests.Add((await _http.GetFromJsonAsync<JsonElement>($"/api/v1/scenarios/{id}/versions/{version}")).GetProperty("digest").GetString());

        Assert.NotEqual(digests[0], digests[1]);
        Assert.Equal(digests[0], digests[2]);
    }

    [Theory]
    [InlineData("paper=a5", "paper", "a4, letter")]
    [InlineData("paper=", "paper", "a4, letter")]
    [InlineData("preparedBy=LONG", "preparedBy", "120")]
    [InlineData("approvedBy=LONG", "approvedBy", "120")]
    [InlineData("language=fr", "language", "en, de")]
    [InlineData("language=", "language", "en, de")]
    public async Task Paper_names_and_languages_that_cannot_be_printed_are_refused_by_name(string query, string path, string says)
    {
        var id = await app.StoreAsync("daily-classifier");

        var refused = await _http.GetAsync($"/api/v1/scenarios/{id}/report.pdf?{query.Replace("LONG", new string('x', 121), StringComparison.Ordinal)}");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        var fault = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(path, fault.GetProperty("path").GetString());
        Assert.Contains(says, fault.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scenarios/{0}/report.xlsx?language=xx")]
    [InlineData("portfolio/report.xlsx?with={0}&language=xx")]
    [InlineData("portfolio/report.pdf?with={0}&language=xx")]
    public async Task Other_files_name_a_language_that_there_is_not_too(string address)
    {
        var refused = await _http.GetAsync("/api/v1/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, address, await app.StoreAsync("daily-classifier")));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("language", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Workbook_is_in_the_language_asked_for_and_in_English_whatever_the_browser_speaks()
    {
        var id = await app.StoreAsync("daily-classifier");

        Assert.Equal("Zusammenfassung", await FirstSheetAsync($"{id}/report.xlsx?language=de-AT"));
        Assert.Equal("Summary", await FirstSheetAsync($"{id}/report.xlsx"));
    }

    [Fact]
    public async Task Programs_read_answers_in_English_whatever_they_ask_for()
    {
        var id = await app.StoreAsync("daily-classifier");
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/scenarios/{id}");
        asked.Headers.AcceptLanguage.ParseAdd("de");
        using var answer = await _http.SendAsync(asked);

        Assert.Equal(await _http.GetStringAsync($"/api/v1/scenarios/{id}"), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Digest_is_the_same_whoever_reads_it()
    {
        var id = await app.StoreAsync("daily-classifier");
        var english = (await app.Services.GetRequiredService<ScenarioStore>().GetAsync(id))!;
        var german = (await Speaking.German(() => app.Services.GetRequiredService<ScenarioStore>().GetAsync(id)))!;

        Assert.NotEqual(english.Result.Verdict.Sentence, german.Result.Verdict.Sentence);
        Assert.Equal(english.Digest, german.Digest);
    }

    [Fact]
    public async Task Print_view_prints_names_as_typed_on_the_paper_asked_for()
    {
        var id = await app.StoreAsync("daily-classifier");

        var plain = await _http.GetStringAsync($"/report/{id}");
        var letter = await _http.GetStringAsync($"/report/{id}?paper=letter&preparedBy=Ada%20%3Cb%3E&approvedBy=Grace");

        Assert.DoesNotContain("css/letter.", plain, StringComparison.Ordinal);
        Assert.Contains("css/letter.", letter, StringComparison.Ordinal);
        Assert.Contains("Prepared by</th><td>Ada &lt;b&gt;</td>", letter, StringComparison.Ordinal);
        Assert.Contains("Approved by</th><td>Grace</td>", letter, StringComparison.Ordinal);
        Assert.Contains("What is signed: “Daily classifier”, version 1, saved ", WebUtility.HtmlDecode(letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_view_comes_without_the_circuit_and_the_sheets_of_the_grids()
    {
        var page = await _http.GetStringAsync($"/report/{await app.StoreAsync("daily-classifier")}");

        Assert.DoesNotContain("<script src=\"_framework", page, StringComparison.Ordinal);
        Assert.DoesNotContain("css/material", page, StringComparison.Ordinal);
        Assert.Contains("css/report.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_view_shows_the_version_asked_for()
    {
        var id = await app.StoreAsync("high-volume-chat");
        await app.RenameAsync(id, "Renamed since");

        var page = await _http.GetStringAsync($"/report/{id}?version=1");

        Assert.DoesNotContain("Renamed since", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_tells_the_same_risk_as_the_simulation()
    {
        var id = await app.StoreAsync("support-assistant");
        using var asked = await _http.GetAsync("/api/v1/examples/support-assistant");
        var scenario = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!;
        using var simulated = await _http.PostAsJsonAsync("/api/v1/simulate", scenario["scenario"] ?? scenario);
        var month = JsonNode.Parse(await simulated.Content.ReadAsStringAsync())!["outlooks"]![0]!["options"]!.AsArray().First(option => (string)option!["id"]! == "sonnet")!;

        var page = WebUtility.HtmlDecode(await _http.GetStringAsync($"/report/{id}"));

        var risk = page[page.IndexOf("id=\"r-risk\"", StringComparison.Ordinal)..page.IndexOf("id=\"r-assumptions\"", StringComparison.Ordinal)];
        foreach (var name in new[] { "p10", "p50", "p90" })
        {
            Assert.Contains($"{(double)month["cost"]![name]!:$#,0}", risk, StringComparison.Ordinal);
        }

        foreach (var text in new[] { "What would flip it", "What measuring is worth", "Saving against today's bill", "Workload: output tokens" })
            Assert.Contains(text, risk, StringComparison.Ordinal);
        Assert.Contains("In 100 % of 10,000 samples GPT-5 mini is the cheapest.", page[..page.IndexOf("id=\"r-charts\"", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_without_ranges_or_modelled_throughput_has_no_risk_section()
    {
        var page = await _http.GetStringAsync($"/report/{await app.StoreAsync("daily-classifier")}");

        Assert.DoesNotContain("id=\"r-risk\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_lays_out_the_decision_with_what_would_change_it_and_the_path()
    {
        var page = WebUtility.HtmlDecode(await _http.GetStringAsync($"/report/{await app.StoreAsync("high-volume-chat")}"));

        var decision = page[page.IndexOf("id=\"r-decision\"", StringComparison.Ordinal)..page.IndexOf("id=\"r-charts\"", StringComparison.Ordinal)];
        Assert.Equal(10, System.Text.RegularExpressions.Regex.Count(decision, "<th scope=\"row\">"));
        foreach (var text in new[] { "GPT-3.5 Turbo at $1.5 flat at $7,500 a month", "An API below 1 M requests a month, self-hosting above 3 M.", "10 M requests a month: the rule says self-hosting.", "Self-host (against it)", "What would change it", "The path by month" })
            Assert.Contains(text, decision, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_shows_the_levers_of_a_scenario_that_has_them()
    {
        var store = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(await app.StoreAsync("daily-classifier")))!;
        Assert.DoesNotContain("id=\"r-levers\"", await _http.GetStringAsync($"/report/{stored.Id}"), StringComparison.Ordinal);

        var scenario = stored.Scenario with { Workload = stored.Scenario.Workload with { Levers = new TokenLevers { ResponseCache = new ResponseCache { UsdPerMonth = 10 } } } };
        await store.SaveAsync(stored.Id, stored.Version, scenario, stored.Snapshot, Engine.Evaluate(scenario, stored.Snapshot));

        var page = await _http.GetStringAsync($"/report/{stored.Id}");
        Assert.Contains("With all of them", page[page.IndexOf("id=\"r-levers\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_of_an_answer_by_older_formulas_says_that_its_ranges_are_not_drawn_again()
    {
        var store = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(await app.StoreAsync("support-assistant")))!;
        await store.SaveAsync(stored.Id, stored.Version, stored.Scenario, stored.Snapshot, stored.Result with { EngineVersion = "0.9" });

        Assert.Contains("The rules of thumb are not answered again", await _http.GetStringAsync($"/report/{stored.Id}"), StringComparison.Ordinal);
        Assert.Contains("its ranges are not drawn again", await _http.GetStringAsync($"/report/{stored.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_names_the_currency_with_its_dated_rate_and_shows_notes_beside_their_inputs()
    {
        var store = app.Services.GetRequiredService<ScenarioStore>();
        var stored = (await store.GetAsync(await app.StoreAsync("daily-classifier")))!;
        var scenario = stored.Scenario with { Currency = "EUR", Exchange = new Exchange { UnitsPerUsd = 0.8m, AsOf = new DateOnly(2026, 11, 20), Source = "ECB" } };
        await store.SaveAsync(stored.Id, stored.Version, scenario, stored.Snapshot, Engine.Evaluate(scenario, stored.Snapshot));

        var page = WebUtility.HtmlDecode(await _http.GetStringAsync($"/report/{stored.Id}"));

        var cover = page[..page.IndexOf("id=\"r-summary\"", StringComparison.Ordinal)];
        foreach (var text in new[] { "EUR", "0.8", "2026", "ECB" })
            Assert.Contains(text, cover, StringComparison.Ordinal);
        Assert.Contains("€4,320.00", page, StringComparison.Ordinal); // 5,400 × 0.8
        Assert.Matches("Labels for 20,000 texts, once(?s:.){1,600}class=\"noted\"(?s:.){1,200}5 workers", page);
    }

    [Fact]
    public async Task Report_says_what_growth_and_seasons_count_in()
    {
        var page = WebUtility.HtmlDecode(await _http.GetStringAsync($"/report/{await app.StoreAsync("support-assistant")}"));

        Assert.Matches("Growth of requests</th><td>2 % a month</td><td class=\"muted\">counts in the horizon", page);
        Assert.DoesNotContain("It shows single months", page, StringComparison.Ordinal);
    }

    private async Task<string?> FirstSheetAsync(string file)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/scenarios/{file}");
        asked.Headers.AcceptLanguage.ParseAdd("de");
        using var answer = await _http.SendAsync(asked);
        using var book = SpreadsheetDocument.Open(await answer.Content.ReadAsStreamAsync(), isEditable: false);
        return book.WorkbookPart!.Workbook!.Descendants<Sheet>().First().Name;
    }
}
