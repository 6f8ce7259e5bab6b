using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Data;
using Planner.Tests.Domain;
using Planner.Web.Reports.Workbooks;
using Xunit;
using Scenario = Planner.Domain.Scenarios.Scenario;
using WrittenSheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace Planner.Tests.Web.Reports.Workbooks;

/// <summary>Workbooks of the worked examples, recalculated by another program as they are and after inputs were typed over.</summary>
public sealed class RecalculatedBooks : IAsyncLifetime
{
    private TestDatabase _database = null!;

    /// <summary>What is typed into one input: the example, the input's path, its new value. Each changes what the load, the price or the one-off costs are.</summary>
    public static IReadOnlyList<(string Example, string Path, decimal Value)> Edits { get; } =
    [
        ("high-volume-chat", "workload.requestsPerMonth", 25_000_000), ("high-volume-chat", "workload.inputTokens", 900), ("high-volume-chat", "hoursPerMonth", 744),
        ("high-volume-chat", "options[0].price.inputUsdPerM", 0.4m), ("high-volume-chat", "options[1].fleet.instances", 5), ("high-volume-chat", "options[1].instanceUsdPerHour", 4.1m),
        ("internal-code-generation", "workload.requestsPerMonth", 777_777), ("daily-classifier", "workload.requestsPerMonth", 3_000_000), ("daily-classifier", "workload.requestsPerMonth", 10_000_000), ("document-embeddings", "workload.requestsPerMonth", 9_000_000),
        ("support-assistant", "workload.requestsPerMonth", 4_321_000), ("support-assistant", "workload.cacheReadShare", 0.35m), ("h100-utilization", "workload.requestsPerMonth", 40_000_000),
        ("everything", "workload.requestsPerMonth", 31_000_000), ("everything", "workload.inputTokens", 2_222), ("everything", "workload.cacheReadShare", 0.4m), ("everything", "workload.retryShare", 0.07m),
        ("everything", "workload.levers.responseCache.hitShare", 0.33m), ("everything", "workload.levers.promptCompression.share", 0.1m), ("everything", "workload.levers.distillation.share", 0.25m),
        ("everything", "workload.batchShare", 0.6m), ("everything", "options[0].tokenFactor", 1.3m), ("everything", "options[0].commitment.minimumMonthlyUsd", 900_000), ("everything", "options[1].throughput.tokensPerSecond", 1_234),
        ("everything", "options[1].fleet.minimumReplicas", 9), ("everything", "options[2].purchase[1].usdPerHour", 0.4m), ("everything", "options[3].owned.priceUsd", 111_111), ("everything", "hoursPerMonth", 700),
        ("one-sre-day", "workload.requestsPerMonth", 123_456), ("spot-mix", "workload.requestsPerMonth", 60_000_000),
        ("high-volume-chat", "workload.growthPerMonth", 0.05m), ("support-assistant", "workload.growthPerMonth", 0.05m), ("everything", "workload.growthPerMonth", 0.05m), ("everything", "horizon.discountRatePerYear", 0.2m),
        ("everything", "horizon.apiPriceDriftPerYear", -0.2m), ("everything", "horizon.instancePriceDriftPerYear", -0.2m), ("high-volume-chat", "horizon.apiPriceDriftPerYear", -0.2m), ("high-volume-chat", "horizon.instancePriceDriftPerYear", -0.2m),
        ("support-assistant", "horizon.instancePriceDriftPerYear", -0.2m), ("everything", "workload.requestsPerMonth", 20_000),
    ];

    internal Dictionary<string, StoredScenario> Stored { get; } = [];

    internal Dictionary<string, byte[]> Files { get; } = [];

    internal IReadOnlyDictionary<string, RecalculatedBook> Books { get; private set; } = new Dictionary<string, RecalculatedBook>();

    /// <summary>A scenario with all that a ledger can hold and a formula can follow.</summary>
    private static Scenario Everything() => ScenarioJson.Read("""
        { "schema": "planner.scenario/1", "name": "Everything", "startMonth": "2026-12", "hoursPerMonth": 730, "baselineMonthlyUsd": 250000,
          "workload": { "requestsPerMonth": 20000000, "inputTokens": 1800, "outputTokens": 300, "reasoningTokens": 40, "cacheReadShare": 0.2, "cacheWriteShare": 0.1, "batchShare": 0.15, "retryShare": 0.03, "growthPerMonth": 0.02,
            "shape": { "kind": "businessHours", "timeZone": "UTC", "peakToMean": 1 },
            "levers": { "promptCompression": { "on": true, "share": 0.3, "usdPerMillionTokens": 0.05 }, "responseCache": { "on": true, "hitShare": 0.2, "usdPerMonth": 300 }, "prefixCache": { "on": true, "share": 0.3 },
              "outputLimit": { "on": true, "share": 0.2 }, "distillation": { "on": true, "share": 0.4, "apiPriceShare": 0.25, "throughputFactor": 4, "oneOffUsd": 5000 }, "batchApi": { "on": true, "share": 0.3 } } },
          "options": [
            { "id": "api", "kind": "api", "name": "API", "price": { "inputUsdPerM": 2, "outputUsdPerM": 8, "cacheReadUsdPerM": 0.5, "cacheWriteUsdPerM": 2.5, "batchInputUsdPerM": 1 }, "assumedBatchPriceShare": 0.5,
              "discountShare": 0.1, "committedMonthlyUsd": 120, "tokenFactor": 1.1, "commitment": { "minimumMonthlyUsd": 1000, "discountShare": 0.05 } },
            { "id": "hourly", "kind": "selfHost", "name": "Hourly", "tensorParallel": 2, "gpu": "H100", "instanceUsdPerHour": 4.5, "throughput": { "kind": "stated", "tokensPerSecond": 2500, "basis": "total" },
              "fleet": { "sizing": "hourly", "minimumReplicas": 2, "spareReplicas": 1, "stepReplicas": 2, "coldStartMinutes": 6 }, "overheadShare": 0.1, "extras": [ { "name": "Egress", "usdPerMillionTokens": 0.02 }, { "name": "Disk", "usdPerMonth": 75 } ] },
            { "id": "peak", "kind": "selfHost", "name": "Weekly peak", "instanceUsdPerHour": 4.5, "throughput": { "kind": "stated", "tokensPerSecond": 900, "basis": "output" }, "prefixCacheShare": 0.1,
              "fleet": { "sizing": "weeklyPeak", "spareReplicas": 1 }, "tenancy": { "tenants": 3, "kind": "shared", "overheadShare": 0.05 }, "people": { "hoursPerMonth": 20, "usdPerHour": 120 },
              "purchase": [ { "kind": "onDemand", "share": 0.4 }, { "kind": "spot", "share": 0.6, "usdPerHour": 1.8, "interruptionsPerMonth": 4, "restartMinutes": 10, "backup": "onDemand" } ] },
            { "id": "owned", "kind": "selfHost", "name": "Owned", "throughput": { "kind": "stated", "tokensPerSecond": 900, "basis": "total" }, "fleet": { "sizing": "fixed", "instances": 12 }, "purchase": [ { "kind": "owned", "share": 1 } ],
              "owned": { "priceUsd": 90000, "lifeMonths": 48, "residualShare": 0.1, "costOfCapitalPerYear": 0.08, "powerKw": 5, "pue": 1.4, "usdPerKwh": 0.12, "colocationUsdPerMonth": 300, "supportSharePerYear": 0.03, "sparePartsShare": 0.02 },
              "oneOff": [ { "name": "Procurement", "hours": 80, "usdPerHour": 130 }, { "name": "Freight", "usd": 900 } ] } ] }
        """).Scenario!;

    public static string NameOf((string Example, string Path, decimal Value) edit) => $"{edit.Example}-{Edits.ToList().IndexOf(edit)}";

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PreparedAsync([.. SeedFile.Embedded("Seed/catalog/")]);
        foreach (var example in new ExampleStore().All.Append(new Example("everything", Everything())))
        {
            var snapshot = await _database.Get<CatalogStore>().SnapshotAsync(example.Scenario);
            var result = Engine.Evaluate(example.Scenario, snapshot);
            Stored[example.Id] = new StoredScenario(example.Id, 3, 3, example.Scenario, snapshot, result, result.EngineVersion, new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 2, 0, 0, 0, DateTimeKind.Utc));
            Files[example.Id] = ScenarioWorkbook.Write(Stored[example.Id]);
        }

        foreach (var edit in Edits)
            Files[NameOf(edit)] = TypeOver(Files[edit.Example], edit.Path, edit.Value);
        Books = await LibreOffice.RecalculateAsync(Files);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The scenario with the same value typed into its document.</summary>
    internal Scenario Edited((string Example, string Path, decimal Value) edit)
    {
        JsonNode node = JsonSerializer.SerializeToNode(Stored[edit.Example].Scenario, ScenarioJson.Options)!;
        var root = node;
        var steps = edit.Path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        foreach (var step in steps[..^1])
            node = step[0] == '[' ? node[int.Parse(step.Trim('[', ']'), CultureInfo.InvariantCulture)]! : node[step]!;
        node[steps[^1]] = decimal.IsInteger(edit.Value) ? JsonValue.Create((long)edit.Value) : JsonValue.Create(edit.Value);
        return root.Deserialize<Scenario>(ScenarioJson.Options)!;
    }

    private static byte[] TypeOver(byte[] file, string path, decimal value)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var book = document.WorkbookPart!;
            var inputs = (WorksheetPart)book.GetPartById(book.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First(sheet => sheet.Name == "Inputs").Id!);
            var row = inputs.Worksheet.Descendants<Row>().Single(row => row.Elements<Cell>().Any(cell => cell.InnerText == path));
            row.Elements<Cell>().Single(cell => cell.CellReference!.Value![0] == 'C').CellValue = new CellValue(value);
        }

        return stream.ToArray();
    }
}

public class WorkbookTests(RecalculatedBooks books) : IClassFixture<RecalculatedBooks>
{
    public static TheoryData<string> Examples => [.. new ExampleStore().All.Select(example => example.Id).Append("everything")];

    public static TheoryData<int> Edits => [.. Enumerable.Range(0, RecalculatedBooks.Edits.Count)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void File_is_valid_for_spreadsheet_programs(string id)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(books.Files[id]), isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void German_file_has_the_formulas_and_numbers_of_the_English_one(string id)
    {
        var german = Speaking.German(() => ScenarioWorkbook.Write(books.Stored[id]));

        using var file = SpreadsheetDocument.Open(new MemoryStream(german), isEditable: false);
        Assert.Equal(["Zusammenfassung", "Eingaben"], file.WorkbookPart!.Workbook!.Descendants<WrittenSheet>().Take(2).Select(sheet => sheet.Name?.Value));
        Assert.Empty(new OpenXmlValidator().Validate(file).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
        Assert.Equal(Computed(books.Files[id], CultureInfo.InvariantCulture), Computed(german, CultureInfo.GetCultureInfo("de-DE")));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Recalculated_totals_are_those_of_the_screen(string id)
    {
        var book = books.Books[id];

        AssertTotals(books.Stored[id].Result, book);
        Assert.All(book.Sheets.SelectMany(sheet => sheet.Value), cell => Assert.False(cell.Value.StartsWith('#') || cell.Value.StartsWith("Err:", StringComparison.Ordinal), $"{cell.Key}: {cell.Value}"));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void Totals_after_an_input_was_typed_over_are_the_engines(int index)
    {
        var edit = RecalculatedBooks.Edits[index];
        var result = Engine.Evaluate(books.Edited(edit), books.Stored[edit.Example].Snapshot);

        AssertTotals(result, books.Books[RecalculatedBooks.NameOf(edit)], edit.Path, Stale.GetValueOrDefault(edit));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void Summary_names_what_can_serve_and_the_cheapest_as_the_engine_does_or_asks_for_Planner(int index)
    {
        var edit = RecalculatedBooks.Edits[index];
        var result = Engine.Evaluate(books.Edited(edit), books.Stored[edit.Example].Snapshot);
        var book = books.Books[RecalculatedBooks.NameOf(edit)];

        foreach (var option in result.Options)
            Assert.Contains(book.Beside("Summary", option.Name, 1), new[] { option.Feasible ? "yes" : "no", "ask Planner" });
        if (book.Beside("Summary", "Cheapest option", 2) is var named && named != "ask Planner")
            Assert.Equal(result.Options.Single(option => option.Id == result.Verdict.CheapestOptionId).Name, named);
    }

    [Fact]
    public void Fleet_that_stands_serves_up_to_what_it_carries_and_no_other_is_cheapest_where_one_is_not_known()
    {
        // By hand: the classifier's instance carries 7,776,000 requests a month.
        var over = books.Books[RecalculatedBooks.NameOf(("daily-classifier", "workload.requestsPerMonth", 10_000_000))];
        var fleet = books.Stored["daily-classifier"].Result.Options.First(option => option is { Kind: OptionKinds.SelfHost, Capacity.RequestsPerMonth: > 7_775_999 and < 7_776_001 }).Name;
        Assert.Equal("no", over.Beside("Summary", fleet, 1));
        Assert.NotEqual(fleet, over.Beside("Summary", "Cheapest option", 2));

        // The split of the mix, which is the cheapest, is not known at another volume.
        Assert.Equal("ask Planner", books.Books[RecalculatedBooks.NameOf(("support-assistant", "workload.requestsPerMonth", 4_321_000))].Beside("Summary", "Cheapest option", 2));
    }

    /// <summary>What the formulas cannot answer: the split of a mix that was searched for, and what the model says of other lengths. All else they must.</summary>
    private static readonly Dictionary<(string, string, decimal), string[]> Stale = new()
    {
        [("support-assistant", "workload.requestsPerMonth", 4_321_000)] = ["mix"],
        [("support-assistant", "workload.cacheReadShare", 0.35m)] = ["mix"],
        [("support-assistant", "workload.growthPerMonth", 0.05m)] = ["mix"],
        [("support-assistant", "horizon.instancePriceDriftPerYear", -0.2m)] = ["mix"],
        // The least bill was none of the lines before.
        [("everything", "workload.requestsPerMonth", 20_000)] = ["api"],
        [("everything", "options[0].commitment.minimumMonthlyUsd", 900_000)] = ["api"],
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Months_add_up_to_the_horizon(string id)
    {
        var stored = books.Stored[id];
        var horizon = Engine.Horizon(stored.Scenario, stored.Snapshot);
        var sheet = books.Books[id].Sheets["Cash flow"];

        foreach (var (i, option) in horizon.Options.Index())
        {
            if (option.Totals is not { } totals)
                continue;
            var column = (char)('G' + (3 * i));
            Assert.Equal((double)totals.HorizonUsd, double.Parse(sheet[$"{column}4"], CultureInfo.InvariantCulture), 0.01);
            Assert.Equal((double)totals.HorizonCashUsd, double.Parse(sheet[$"{column}5"], CultureInfo.InvariantCulture), 0.01);
            Assert.Equal((double)totals.PresentCostUsd, double.Parse(sheet[$"{column}6"], CultureInfo.InvariantCulture), 0.01);
        }
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void Months_after_an_input_was_typed_over_are_the_engines_or_ask_for_Planner(int index)
    {
        var edit = RecalculatedBooks.Edits[index];
        var horizon = Engine.Horizon(books.Edited(edit), books.Stored[edit.Example].Snapshot);
        var sheet = books.Books[RecalculatedBooks.NameOf(edit)].Sheets["Cash flow"];

        foreach (var (i, option) in horizon.Options.Index())
        {
            if (option.Totals is null || Stale.GetValueOrDefault(edit)?.Contains(option.Id) == true)
                continue;
            var totals = new[] { option.Totals.HorizonUsd, option.Totals.HorizonCashUsd, option.Totals.PresentCostUsd };
            foreach (var (row, total) in totals.Index())
            {
                var cell = sheet[$"{(char)('G' + (3 * i))}{4 + row}"];
                if (cell != "ask Planner")
                    Assert.True(Math.Abs((double)total - double.Parse(cell, CultureInfo.InvariantCulture)) < 0.01, $"{option.Id}, row {4 + row}: {total} is {cell}");
            }
        }
    }

    [Fact]
    public void Months_follow_where_cost_moves_straight_and_ask_where_a_fleet_would_take_another_size()
    {
        string Cell(string example, string path, decimal value, string cell) => books.Books[RecalculatedBooks.NameOf((example, path, value))].Sheets["Cash flow"][cell];

        // 25 M × 500 tokens at $1.50 a million, 36 months.
        Assert.Equal(18_750 * 36, double.Parse(Cell("high-volume-chat", "workload.requestsPerMonth", 25_000_000, "G4"), CultureInfo.InvariantCulture), 0.01);
        Assert.Equal("ask Planner", Cell("support-assistant", "workload.growthPerMonth", 0.05m, "P4"));
        Assert.Equal("ask Planner", Cell("everything", "workload.growthPerMonth", 0.05m, "J4"));
        // The present value of months that stand follows the rate.
        Assert.NotEqual("ask Planner", Cell("everything", "horizon.discountRatePerYear", 0.2m, "J6"));
    }

    [Fact]
    public void Break_even_of_straight_lines_follows_the_ledgers()
    {
        // By hand: the fleet's month is 2 × 720 h × $5.672; a request costs 500 tokens × $1.5 ÷ 10⁶ = $0.00075.
        var book = books.Books["high-volume-chat"];

        Assert.Equal(8167.68 / 0.00075, double.Parse(book.Sheets["Break-even"].First(cell => cell.Key[0] == 'D' && double.TryParse(cell.Value, CultureInfo.InvariantCulture, out var volume) && Math.Abs(volume - (8167.68 / 0.00075)) < 1).Value, CultureInfo.InvariantCulture), 0.01);
    }

    [Fact]
    public void Workload_without_requests_makes_a_file_of_numbers()
    {
        var stored = books.Stored["high-volume-chat"];
        var scenario = stored.Scenario with { Workload = stored.Scenario.Workload with { RequestsPerMonth = 0 } };

        using var document = SpreadsheetDocument.Open(new MemoryStream(ScenarioWorkbook.Write(stored with { Scenario = scenario, Result = Engine.Evaluate(scenario, stored.Snapshot) })), isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document));
        Assert.DoesNotContain(document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()), cell => $"{cell.CellValue?.Text} {cell.CellFormula?.Text}".Contains("NaN", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_that_look_like_formulas_stay_text()
    {
        var stored = books.Stored["high-volume-chat"];
        const string evil = "=HYPERLINK(\"http://example.org\")[1]*?:/\\";
        var scenario = stored.Scenario with { Name = evil, Options = [stored.Scenario.Options[0] with { Name = evil }, stored.Scenario.Options[1] with { Name = evil }] };

        using var document = SpreadsheetDocument.Open(new MemoryStream(ScenarioWorkbook.Write(stored with { Scenario = scenario, Result = Engine.Evaluate(scenario, stored.Snapshot) })), isEditable: false);

        Assert.Empty(new OpenXmlValidator().Validate(document));
        var formulas = document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).Select(cell => cell.CellFormula?.Text).OfType<string>();
        Assert.DoesNotContain(formulas, formula => formula.StartsWith("HYPERLINK", StringComparison.Ordinal));
        Assert.Equal(document.WorkbookPart.Workbook.Sheets!.Count(), document.WorkbookPart.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Select(sheet => sheet.Name!.Value!.ToUpperInvariant()).Distinct().Count());
    }

    /// <summary>Formulas and numbers of a file in order, with numbers in place of its sheets' names.</summary>
    private static List<string> Computed(byte[] file, CultureInfo language)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        var book = document.WorkbookPart!;
        var sheets = book.Workbook!.Descendants<WrittenSheet>().Select((sheet, index) => (Index: index, Item: sheet)).ToList();
        var ask = Planner.Web.Texts.ResourceManager.GetString(nameof(Planner.Web.Texts.WorkbookAsk), language)!;
        string Formula(string text) => sheets.Aggregate(
            text.Replace($"\"{ask}\"", "ask", StringComparison.Ordinal),
            (formula, sheet) => formula.Replace($"'{sheet.Item.Name!.Value!.Replace("'", "''", StringComparison.Ordinal)}'!", $"{sheet.Index}!", StringComparison.Ordinal));
        return
        [
            .. sheets.SelectMany(sheet => ((WorksheetPart)book.GetPartById(sheet.Item.Id!.Value!)).Worksheet!.Descendants<Cell>()
                .Where(cell => cell.CellFormula is not null || cell.DataType is null)
                .Select(cell => $"{sheet.Index}!{cell.CellReference}: {(cell.CellFormula is { } formula ? Formula(formula.Text) : "")} {(cell.DataType is null ? cell.CellValue?.Text : "")}")),
        ];
    }

    private static void AssertTotals(Result result, RecalculatedBook book, string edit = "", string[]? stale = null)
    {
        foreach (var option in result.Options)
        {
            if (stale?.Contains(option.Id) == true)
            {
                Assert.Equal("ask Planner", book.Beside("Summary", option.Name, 2));
                continue;
            }

            Close(option.OngoingMonthlyUsd, book.Beside("Summary", option.Name, 2), $"{edit} {option.Name}, ongoing");
            Close(option.FirstMonthUsd, book.Beside("Summary", option.Name, 3), $"{edit} {option.Name}, first month");
            Close((decimal?)option.UsdPerMillionTokens, book.Beside("Summary", option.Name, 4), $"{option.Name}, per M tokens");
        }
    }

    private static void Close(decimal? expected, string cell, string what)
    {
        if (expected is not { } usd)
        {
            Assert.True(cell.Length == 0, $"{what}: {cell}");
            return;
        }

        Assert.True(double.TryParse(cell, CultureInfo.InvariantCulture, out var shown), $"{what}: {cell}");
        Assert.True(Math.Abs((double)usd - shown) <= 1e-5 + (1e-9 * Math.Abs(shown)), $"{what}: {usd} and {shown}");
    }
}
