using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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

    [Theory]
    [InlineData("/api/v1/scenarios/nosuch/report.pdf")]
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
    public async Task Print_view_shows_the_version_asked_for()
    {
        var id = await app.StoreAsync("high-volume-chat");
        await app.RenameAsync(id, "Renamed since");

        var page = await _http.GetStringAsync($"/report/{id}?version=1");

        Assert.DoesNotContain("Renamed since", page, StringComparison.Ordinal);
    }
}
