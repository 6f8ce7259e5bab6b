using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Planner.Tests.Web.Api;
using Planner.Web.Components.Charts;
using Xunit;

namespace Planner.Tests.Web.Security;

/// <summary>No text that people write becomes a formula in a spreadsheet, whichever file it leaves the app by.</summary>
public class FormulaInjectionTests(PlannerHost host)
{
    private const string Payload = "HYPERLINK(\"http://evil.example\",\"click\")";

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1+1", "'+1+1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("+1e3", "+1e3")]
    [InlineData("a=b", "a=b")]
    public void Table_guards_text_and_leaves_numbers(string text, string cell) => Assert.Equal(cell + "\r\n", Csv.Write([[text]]));

    [Theory]
    [InlineData("=")]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData("@")]
    public async Task No_exporter_writes_text_as_a_formula(string sign)
    {
        var (id, other) = (await StoreAsync(sign + Payload), await StoreAsync(sign + Payload));
        foreach (var pattern in Exporters())
        {
            var path = pattern.Replace("{id}", id, StringComparison.Ordinal);
            if (path.Contains("/portfolio/", StringComparison.Ordinal))
                path += $"?with={id}&with={other}@1";
            using var client = host.CreateClient();
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {path}");
            if (answer.Content.Headers.ContentType!.MediaType == "text/csv")
                IsGuardedTable(path, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            else
                IsGuardedWorkbook(path, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        }
    }

    /// <summary>Every endpoint that gives a spreadsheet away.</summary>
    private List<string> Exporters()
    {
        var found = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().SelectMany(made => made.ContentTypes).Any(type => type.Contains("csv", StringComparison.Ordinal) || type.Contains("spreadsheet", StringComparison.Ordinal)))
            .Select(endpoint => endpoint.RoutePattern.RawText!).ToList();
        Assert.True(found.Count >= 5, string.Join(' ', found));
        return found;
    }

    private async Task<string> StoreAsync(string text)
    {
        var document = await host.ExampleAsync("daily-classifier");
        var count = 0;
        Spoil(document, text, ref count);
        var stored = await host.PostAsync("/scenarios", document);
        Assert.Equal(201, (int)stored.Status);
        return (string)stored.Value("id")!;
    }

    private static void Spoil(JsonNode? node, string text, ref int count)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Spoil(item, text, ref count);
        }
        else if (node is JsonObject parent)
        {
            foreach (var (name, value) in parent.ToList())
            {
                if (name is "name" or "notes" or "note" or "source" && value?.GetValueKind() == JsonValueKind.String)
                    parent[name] = text + (count++).ToString(CultureInfo.InvariantCulture);
                else
                    Spoil(value, text, ref count);
            }
        }
    }

    private static void IsGuardedTable(string path, string table)
    {
        var cells = Regex.Matches(table, "(?<=^|,|\n)(\"(?:[^\"]|\"\")*\"|[^,\r\n]*)").Select(match => match.Value.Trim('"')).ToList();
        if (!path.Contains("/audit/", StringComparison.Ordinal))
            Assert.Contains(cells, cell => cell.Contains("HYPERLINK", StringComparison.Ordinal));
        Assert.All(cells.Where(cell => cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal)), cell => Assert.True(double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _), $"{path}: {cell}"));
    }

    /// <summary>In a workbook a cell says what it holds: text stays text, whatever it begins with, and formulas are the app's own.</summary>
    private static void IsGuardedWorkbook(string path, Stream content)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        using var book = SpreadsheetDocument.Open(copy, isEditable: false);
        var cells = book.WorkbookPart!.WorksheetParts.SelectMany(sheet => sheet.Worksheet!.Descendants<Cell>()).ToList();
        Assert.Contains(cells, cell => cell.InnerText.Contains(Payload, StringComparison.Ordinal) && cell.DataType?.Value == CellValues.InlineString);
        // Names of sheets, in quotes, are the one text of people's own within a formula.
        Assert.All(cells.Where(cell => cell.CellFormula is not null), cell => Assert.DoesNotContain("HYPERLINK", Regex.Replace(cell.CellFormula!.Text, "'(?:[^']|'')*'", ""), StringComparison.Ordinal));
        Assert.All(cells.Where(cell => cell.CellFormula is null && cell.DataType is null), cell => Assert.True(cell.CellValue is null || double.TryParse(cell.CellValue.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _), $"{path}: {cell.InnerText}"));
        Assert.All(book.WorkbookPart.WorksheetParts.SelectMany(sheet => sheet.HyperlinkRelationships), link => Assert.Contains(link.Uri.Scheme, new[] { "http", "https" }));
    }
}
