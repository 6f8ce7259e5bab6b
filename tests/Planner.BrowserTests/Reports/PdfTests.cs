using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Web.Reports;
using Xunit;

namespace Planner.BrowserTests.Reports;

public sealed partial class PdfTests(RunningApp app)
{
    [Fact]
    public async Task Report_of_the_high_volume_chat_holds_its_figures_its_workings_and_its_page_numbers()
    {
        using var http = app.CreateClient();
        var id = await app.StoreAsync("high-volume-chat");

        using var answer = await http.GetAsync($"/api/v1/scenarios/{id}/report.pdf");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("High-volume-chat v1.pdf", answer.Content.Headers.ContentDisposition!.FileNameStar);
        var pdf = await answer.Content.ReadAsByteArrayAsync();
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(pdf, 0, 8), StringComparison.Ordinal);
        var pages = PageObject().Count(Encoding.Latin1.GetString(pdf));
        Assert.InRange(pages, 3, 8);

        var text = await PdfText.ReadAsync(pdf);
        foreach (var expected in new[]
                 {
                     "High-volume chat", "cheaper by $668 a month", "$7,500.00", "$8,167.68", "$14,167.68", "772 %", "10,890,240", "carries 250 tokens/s",
                     "instances × share × hours × price", "price = 5.672 USD/h", "40 hours at $150.00", "good enough for the task",
                     $"Engine version {Engine.Version}", "Version 1", "Cost and cash year by year", "What would flip it", "In 100 % of 10,000 samples",
                     $"Page 1 of {pages}", $"Page {pages} of {pages}",
                 })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Report_is_printed_in_the_language_asked_for_and_the_next_one_in_English_again()
    {
        using var http = app.CreateClient();
        var id = await app.StoreAsync("high-volume-chat");

        // One after the other, so that the page of the print before is taken again.
        var german = await PdfText.ReadAsync(await http.GetByteArrayAsync(new Uri($"/api/v1/scenarios/{id}/report.pdf?language=de-DE", UriKind.Relative)));
        var english = await PdfText.ReadAsync(await http.GetByteArrayAsync(new Uri($"/api/v1/scenarios/{id}/report.pdf", UriKind.Relative)));

        // By hand: as in the English report, written as in Germany.
        foreach (var expected in new[] { "Seite 1 von", "um 668 $", "7.500,00 $", "8.167,68 $", "10.890.240", "10,89 Mio.", "am günstigsten" })
            Assert.Contains(expected, german.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("Page 1 of", german, StringComparison.Ordinal);
        Assert.Contains("Page 1 of", english, StringComparison.Ordinal);
        Assert.DoesNotContain("Seite", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_are_drawn_as_vectors_within_the_width_of_the_paper()
    {
        var id = await app.StoreAsync("high-volume-chat");
        var page = await app.OpenAsync($"/report/{id}");
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.ready === 'true'");

        Assert.Equal(5, await page.Locator("figure svg.apexcharts-svg").CountAsync());
        Assert.Equal(2, await page.Locator("#r-risk ~ * svg.planner-drawing").CountAsync());
        Assert.Equal(0, await page.Locator("figure canvas, figure img").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const edge = document.querySelector('.report').getBoundingClientRect().right + 1;
              return [...document.querySelectorAll('.report *')].every(e => e.closest('.visually-hidden') || e.getBoundingClientRect().right <= edge);
            }
            """));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("support-assistant")]
    [InlineData("daily-classifier")]
    public async Task Print_view_is_no_wider_than_a_phone(string example)
    {
        var id = await app.StoreAsync(example);
        var page = await app.OpenAsync($"/report/{id}", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 390, Height = 844 } });
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.ready === 'true'");

        Assert.Equal(390, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        // What is wider scrolls within itself, and no chart does.
        var wider = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('.report *')]
              .filter(e => !e.closest('.visually-hidden, table') && e.getBoundingClientRect().right > 391)
              .map(e => e.outerHTML.slice(0, 120))
            """);
        Assert.Empty(wider);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(760, 282)]
    [InlineData(390, 634)]
    public async Task Week_lies_on_paper_and_stands_on_a_phone(int width, int height)
    {
        var page = await app.OpenAsync($"/report/{await app.StoreAsync("support-assistant")}", new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = 844 } });
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.ready === 'true'");

        Assert.Equal($"{height}", await page.Locator("#r-load ~ * svg.planner-drawing").GetAttributeAsync("height"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("a4")]
    [InlineData("letter")]
    public async Task Summary_of_five_options_fits_the_first_page_with_its_signatures(string paper)
    {
        using var http = app.CreateClient();
        var id = await app.StoreAsync("support-assistant");
        using var answer = await http.GetAsync($"/api/v1/scenarios/{id}/report.pdf?paper={paper}&preparedBy=Ada%20Lovelace");
        answer.EnsureSuccessStatusCode();

        var text = await PdfText.ReadAsync(await answer.Content.ReadAsByteArrayAsync());

        var digest = (await app.Services.GetRequiredService<ScenarioStore>().GetAsync(id))!.Digest!;
        var first = text[..text.IndexOf("Page 1 of", StringComparison.Ordinal)];
        foreach (var expected in new[] { "GPT-5 mini is cheaper", "Findings", "Horizon", "Risk", "First month: Llama 3.1 70B", digest, "Prepared by Ada Lovelace", "Approved by" })
            Assert.Contains(expected, first, StringComparison.Ordinal);
        Assert.DoesNotContain("Rule of thumb", first, StringComparison.Ordinal);
        var pages = PageNumber().Count(text);
        Assert.Equal(pages, Regex.Count(text, $"Version 1 · {digest[..12]}"));
    }

    [Theory]
    [InlineData("high-volume-chat", "a4", 413, 585)]
    [InlineData("high-volume-chat", "letter", 425, 550)]
    [InlineData("support-assistant", "a4", 413, 585)]
    [InlineData("support-assistant", "letter", 425, 550)]
    public async Task No_page_is_blank_and_nothing_reaches_into_its_margins(string example, string paper, int width, int height)
    {
        using var http = app.CreateClient();
        using var answer = await http.GetAsync($"/api/v1/scenarios/{await app.StoreAsync(example)}/report.pdf?paper={paper}");

        var pages = await PdfPage.DrawAsync(await answer.Content.ReadAsByteArrayAsync());

        Assert.InRange(pages.Count, 5, 18);
        Assert.All(pages, page =>
        {
            // By hand: 50 dots an inch on 210 × 297 mm and on 8.5 × 11 inches.
            Assert.InRange(page.Width, width, width + 1);
            Assert.InRange(page.Height, height, height + 1);
            var (right, bottom) = (page.Width / 50.0 * 25.4, page.Height / 50.0 * 25.4);
            Assert.True(page.Ink(15, 17, right - 15, bottom - 16) > 0.002, "A page is all but blank.");
            Assert.Equal(0, page.Ink(0, 0, 13, bottom));
            Assert.Equal(0, page.Ink(right - 13, 0, right, bottom));
            Assert.Equal(0, page.Ink(0, bottom - 5, right, bottom));
        });
    }

    [Fact]
    public async Task Browser_that_was_ended_is_replaced()
    {
        using var http = app.CreateClient();
        var id = await app.StoreAsync("daily-classifier");
        var printing = app.Services.GetRequiredService<PrintBrowser>();
        var page = await printing.OpenAsync();
        await page.Context.Browser!.CloseAsync();
        await printing.ReleaseAsync(page, isSound: false);

        using var answer = await http.GetAsync($"/api/v1/scenarios/{id}/report.pdf");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();

    [GeneratedRegex(@"Page \d+ of \d+")]
    private static partial Regex PageNumber();
}
