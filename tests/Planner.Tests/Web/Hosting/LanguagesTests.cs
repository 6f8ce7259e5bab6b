using System.Net.Http.Headers;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>In which language the app answers.</summary>
public sealed class LanguagesTests(PlannerHost app)
{
    [Theory]
    [InlineData(null, "en", "Scenarios")]
    [InlineData("fr-FR", "en", "Scenarios")]
    [InlineData("fr-FR, de;q=0.5", "de", "Szenarien")]
    [InlineData("de-AT", "de", "Szenarien")]
    [InlineData("en-GB, de;q=0.9", "en", "Scenarios")]
    public async Task Pages_are_in_the_first_language_of_the_browser_that_there_is(string? asked, string language, string word)
    {
        var page = await GetAsync("/", asked, null);

        Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
        Assert.Contains($">{word}<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_of_the_reader_wins_over_the_browser_and_one_that_there_is_not_counts_for_none()
    {
        Assert.Contains("<html lang=\"de\"", await GetAsync("/", "en-GB", "c=de|uic=de"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", await GetAsync("/", "en-GB", "c=xx|uic=xx"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_does_not_change_the_language_of_who_opens_it() =>
        Assert.Contains("<html lang=\"en\"", await GetAsync("/?culture=de&ui-culture=de", "en", null), StringComparison.Ordinal);

    [Fact]
    public async Task Figures_are_written_as_in_the_reader_s_country()
    {
        Assert.Contains("8,167.68", await GetAsync("/examples/high-volume-chat", "en", null), StringComparison.Ordinal);
        Assert.Contains("8.167,68", await GetAsync("/examples/high-volume-chat", "de", null), StringComparison.Ordinal);
        Assert.Contains("8’167.68", await GetAsync("/examples/high-volume-chat", "de-CH", null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_are_answered_in_English() =>
        Assert.Contains("There is no", await GetAsync("/api/v1/scenarios/none", "de", "c=de|uic=de"), StringComparison.Ordinal);

    private async Task<string> GetAsync(string path, string? languages, string? cookie)
    {
        using var client = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var language in languages?.Split(',') ?? [])
            request.Headers.AcceptLanguage.Add(StringWithQualityHeaderValue.Parse(language.Trim()));
        if (cookie is not null)
            request.Headers.Add("Cookie", $"planner-language={cookie}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
