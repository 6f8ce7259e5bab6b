using System.Text;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class MappedPriceReaderTests
{
    private const string Small = """
        seller,model,input,output,context,from,currency
        acme,a,1.5,6,1000,,USD
        acme,b,2,8,,2026-01-01,
        """;

    private static readonly PriceMapping SmallMapping = PriceMapping.Suggest(["seller", "model", "input", "output", "context", "from", "currency"]);

    [Fact]
    public void Table_of_another_country_is_read()
    {
        var reading = PriceFixtures.ReadTable(PriceFixtures.Table);

        Assert.Null(reading.Refusal);
        Assert.Empty(reading.Refused);
        Assert.Equal(["acme:acme-large", "umbra-labs:umbra-small", "umbra-labs:umbra-embed"], reading.Rows.Select(row => row.Key));
        var large = reading.Rows[0];
        Assert.Equal((2.5m, 15m, 0.25m), (large.Prices.InputUsdPerM, large.Prices.OutputUsdPerM, large.Prices.CacheReadUsdPerM));
        Assert.Equal((1.25m, 7.5m, 200_000), (large.Prices.BatchInputUsdPerM, large.Prices.BatchOutputUsdPerM, large.ContextTokens));
        Assert.Equal((0.1m, 0.4m, (decimal?)null), (reading.Rows[1].Prices.InputUsdPerM, reading.Rows[1].Prices.OutputUsdPerM, reading.Rows[1].Prices.CacheReadUsdPerM));
        Assert.Equal("embedding", reading.Rows[2].Mode);
    }

    [Fact]
    public void Rows_of_one_model_are_its_prices_over_time()
    {
        var large = PriceFixtures.ReadTable(PriceFixtures.Table).Rows[0];

        Assert.Equal(
            [((DateOnly?)null, (DateOnly?)new DateOnly(2027, 1, 1), (decimal?)2.5m), (new DateOnly(2027, 1, 1), null, 3.75m)],
            large.Dated.Select(period => (period.From, period.To, period.Prices.InputUsdPerM)));
    }

    [Fact]
    public void Rows_need_not_be_in_the_order_of_time()
    {
        var lines = PriceFixtures.Table.Split('\n');

        var large = PriceFixtures.ReadTable(string.Join('\n', [lines[0], lines[2], lines[1]])).Rows[0];

        Assert.Equal(2.5m, large.Prices.InputUsdPerM);
    }

    [Theory]
    [InlineData(PriceUnit.PerToken, "0.0000015", "1.5")]
    [InlineData(PriceUnit.PerThousandTokens, "0.0015", "1.5")]
    [InlineData(PriceUnit.PerMillionTokens, "1.5", "1.5")]
    [InlineData(PriceUnit.PerThousandTokens, "1.5e-3", "1.5")]
    public void Prices_of_any_unit_become_prices_per_million(PriceUnit unit, string price, string usdPerM)
    {
        var reading = PriceFixtures.ReadTable(Small.With(",1.5,", $",{price},"), SmallMapping with { Unit = unit });

        Assert.Equal(decimal.Parse(usdPerM, System.Globalization.CultureInfo.InvariantCulture), reading.Rows[0].Prices.InputUsdPerM);
    }

    [Theory]
    [InlineData("=1+1", "input looks like a formula.")]
    [InlineData("+1.5", "input looks like a formula.")]
    [InlineData("-cmd", "input looks like a formula.")]
    [InlineData("-1.5", "input is negative.")]
    [InlineData("€1.5", "input is in another currency than USD.")]
    [InlineData("1.5 EUR", "input is in another currency than USD.")]
    [InlineData("1.5 per M", "input is not a number.")]
    [InlineData("1.2.3", "input is not a number.")]
    [InlineData("\"1,500\"", "input is not a number.")]
    [InlineData("1e99", "input has a size that no price has.")]
    [InlineData("NaN", "input is not a number.")]
    [InlineData("1e", "input is not a number.")]
    [InlineData("1.", "input is not a number.")]
    [InlineData("0.000000001", "input has a size that no price has.")]
    public void Cell_that_is_no_price_is_refused_by_row_and_column(string cell, string reason)
    {
        var reading = PriceFixtures.ReadTable(Small.With(",1.5,", $",{cell},"), SmallMapping);

        Assert.Equal(new QuarantinedRow("row 2", reason), Assert.Single(reading.Refused));
        Assert.Equal("acme:b", Assert.Single(reading.Rows).Key);
    }

    [Theory]
    [InlineData("acme,a,1.5,6,1000,,USD", "acme,a,1.5,6,1000,,EUR", "currency is in another currency than USD.")]
    [InlineData("acme,a,", "=acme,a,", "seller looks like a formula.")]
    [InlineData("acme,a,", "acme,@a,", "model looks like a formula.")]
    [InlineData("acme,a,", "acme,,", "model is empty.")]
    [InlineData("acme,a,", ",a,", "seller is empty.")]
    [InlineData("acme,a,", "ac/me,a,", "The seller is not a plain name.")]
    [InlineData(",1000,,USD", ",many,,USD", "context is not a whole number of tokens.")]
    [InlineData(",1000,,USD", ",128.000,,USD", "context is not a whole number of tokens.")]
    [InlineData(",1000,,USD", ",1000,1.9.2026,USD", "from is not a day such as 2026-09-01.")]
    [InlineData(",1000,,USD", ",1000,USD", "The row has 6 cells and the head line 7.")]
    public void Row_that_does_not_read_is_refused_by_its_number(string old, string replacement, string reason)
    {
        var reading = PriceFixtures.ReadTable(Small.With(old, replacement), SmallMapping);

        Assert.Equal(new QuarantinedRow("row 2", reason), Assert.Single(reading.Refused));
        Assert.Single(reading.Rows);
    }

    [Fact]
    public void Refused_row_takes_the_other_rows_of_its_model_along()
    {
        var reading = PriceFixtures.ReadTable(PriceFixtures.Table.With("3,75", "3,75 EUR"));

        Assert.Equal(
            [
                new QuarantinedRow("row 2", "Another row of this model was refused, so its prices over time are not complete."),
                new("row 3", "Input per 1M is in another currency than USD."),
            ],
            reading.Refused);
        Assert.Equal(2, reading.Rows.Count);
    }

    [Fact]
    public void Two_rows_of_a_model_for_one_day_are_refused() =>
        Assert.Equal(["row 2", "row 3"], PriceFixtures.ReadTable(PriceFixtures.Table.With("2027-01-01", "")).Refused.Select(row => row.Key));

    [Fact]
    public void Key_goes_before_seller_and_model()
    {
        var mapping = new PriceMapping { Key = "key", Model = "model", Input = "input", DefaultSeller = "acme" };

        var reading = PriceFixtures.ReadTable("key,model,input\nopenai:gpt-4o,x,1\n,plain,2\nnothing,y,3\n", mapping);

        Assert.Equal(["openai:gpt-4o", "acme:plain"], reading.Rows.Select(row => row.Key));
        Assert.Equal(new QuarantinedRow("row 4", "key must be a seller and a model with a colon between them."), Assert.Single(reading.Refused));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n\r\n")]
    public void Json_a_row_a_line_is_read(string newLine)
    {
        var reading = PriceFixtures.ReadTable(PriceFixtures.JsonLines.ReplaceLineEndings(newLine), PriceFixtures.JsonMapping);

        Assert.Equal((2.5m, 15m), (reading.Rows[0].Prices.InputUsdPerM, reading.Rows[0].Prices.OutputUsdPerM));
        Assert.Equal((0.1m, (decimal?)null), (reading.Rows[1].Prices.InputUsdPerM, reading.Rows[1].Prices.OutputUsdPerM));
    }

    [Theory]
    [InlineData("""[ { "m": "a", "p": 2.5 }, { "m": "b", "p": "2,5" } ]""")]
    [InlineData("""{ "note": "ours", "prices": [ { "m": "a", "p": 2.5 }, { "m": "b", "p": "2,5" } ] }""")]
    public void Json_in_a_list_is_read_and_its_numbers_have_a_point(string text)
    {
        var reading = PriceFixtures.ReadTable(text, new PriceMapping { Model = "m", Input = "p", DefaultSeller = "acme", DecimalSign = ',' });

        Assert.Equal([2.5m, 2.5m], reading.Rows.Select(row => row.Prices.InputUsdPerM));
    }

    [Fact]
    public void One_row_with_a_list_in_it_is_a_row() =>
        Assert.Equal(
            "acme:a",
            Assert.Single(PriceFixtures.ReadTable("""{ "m": "a", "p": 2.5, "tags": [ "new" ] }""", new PriceMapping { Model = "m", Input = "p", DefaultSeller = "acme" }).Rows).Key);

    [Fact]
    public void Json_row_that_does_not_read_is_refused_by_its_place()
    {
        var reading = PriceFixtures.ReadTable(
            """[ { "m": "a", "p": [1] }, 7, { "m": "b", "p": 1, "p": 2 }, { "m": "c", "p": 1 } ]""", new PriceMapping { Model = "m", Input = "p", DefaultSeller = "acme" });

        Assert.Equal(
            [
                new QuarantinedRow("row 2", "row 2 has another form than this feed’s."), new("row 1", "p has another form than this feed’s."),
                new("row 3", "The field p occurs more than once."),
            ],
            reading.Refused);
        Assert.Equal("c", Assert.Single(reading.Rows).Name);
    }

    public static TheoryData<string, PriceMapping, string> RefusedLists => new()
    {
        { Small, SmallMapping with { Model = null }, "Say which column names the model." },
        { Small, SmallMapping with { Input = null, Output = null }, "Say which column holds the input or the output price." },
        { Small, SmallMapping with { Output = "input" }, "The column input is given more than one meaning." },
        { Small, SmallMapping with { DecimalSign = 'x' }, "The decimal sign must be a point or a comma, and the cells must be parted by another sign: a comma, a semicolon, a bar or a tab." },
        { Small, SmallMapping with { DecimalSign = ',', Delimiter = ',' }, "The decimal sign must be a point or a comma, and the cells must be parted by another sign: a comma, a semicolon, a bar or a tab." },
        { Small, SmallMapping with { DefaultSeller = "a b" }, "The seller is not a plain name." },
        { Small, SmallMapping with { CacheRead = "cached" }, "The file has no column cached." },
        { Small.With("context", "input"), SmallMapping with { Context = null }, "The column input occurs more than once." },
        { Small.With("acme,b", "acme,\"b"), SmallMapping, "The file is not a table that can be read (line 3)." },
        { "seller,model,input,output,context,from,currency\n", SmallMapping, "The file lists no model with token prices." },
        { "[ {\"model\": ", SmallMapping, "The file is not complete JSON (line 1)." },
        { """[ { "m": "a", "p": 1 }, { "m": "b", "p": 2 } ]""", new PriceMapping { Model = "m", Input = "p", Output = "q", DefaultSeller = "acme" }, "The file has no column q." },
        { "{ \"a\": [], \"b\": [] }", SmallMapping, "The file must hold one list of rows." },
    };

    [Theory]
    [MemberData(nameof(RefusedLists))]
    public void List_that_cannot_be_read_is_refused(string text, PriceMapping mapping, string reason) =>
        Assert.Equal(reason, PriceFixtures.ReadTable(text, mapping).Refusal);

    [Fact]
    public void Json_column_need_not_be_in_every_row_nor_say_anything()
    {
        var reading = PriceFixtures.ReadTable(
            """[ { "m": "a", "p": 1, "c": 128000.0 }, { "m": "b", "p": 2, "q": null } ]""", new PriceMapping { Model = "m", Input = "p", Output = "q", Context = "c", DefaultSeller = "acme" });

        Assert.Equal([("acme:a", (int?)128_000), ("acme:b", null)], reading.Rows.Select(row => (row.Key, row.ContextTokens)));
    }

    [Theory]
    [InlineData("google", "gemini-3-pro", "gemini:gemini-3-pro")]
    [InlineData("Together", "umbra/Umbra-8B", "together_ai:umbra/Umbra-8B")]
    [InlineData("fireworks", "umbra", "fireworks_ai:accounts/fireworks/models/umbra")]
    [InlineData("fireworks", "accounts/fireworks/models/umbra", "fireworks_ai:accounts/fireworks/models/umbra")]
    public void Offer_has_the_name_that_the_feeds_give_it(string seller, string model, string key) =>
        Assert.Equal(key, Assert.Single(PriceFixtures.ReadTable($"s,m,p\n{seller},{model},1\n", new PriceMapping { Seller = "s", Model = "m", Input = "p" }).Rows).Key);

    [Fact]
    public void Whole_key_is_taken_as_it_is() =>
        Assert.Equal("google:gemini-3-pro", Assert.Single(PriceFixtures.ReadTable("k,p\ngoogle:gemini-3-pro,1\n", new PriceMapping { Key = "k", Input = "p" }).Rows).Key);

    [Fact]
    public void Separator_is_told_by_the_first_lines_or_by_the_mapping()
    {
        const string text = "m|p\na|1\n";
        var mapping = new PriceMapping { Model = "m", Input = "p", DefaultSeller = "acme" };

        Assert.Equal(1m, PriceFixtures.ReadTable(text, mapping).Rows[0].Prices.InputUsdPerM);
        Assert.Equal(1m, PriceFixtures.ReadTable(text, mapping with { Delimiter = '|' }).Rows[0].Prices.InputUsdPerM);
        Assert.Equal("The file has no column m.", PriceFixtures.ReadTable(text, mapping with { Delimiter = ';' }).Refusal);
    }

    [Fact]
    public void Meaning_of_columns_is_proposed_by_their_names()
    {
        var mapping = PriceMapping.Suggest(
            ["Provider", "Model name", "Input (USD / 1K tokens)", "Output (USD / 1K tokens)", "Cached input per 1K", "Cache write per 1K", "Batch input 1K", "Batch output 1K",
                "Context window", "Effective from", "Currency", "Audio input 1K", "Notes"]);

        Assert.Equal(
            new PriceMapping
            {
                Seller = "Provider",
                Model = "Model name",
                Input = "Input (USD / 1K tokens)",
                Output = "Output (USD / 1K tokens)",
                CacheRead = "Cached input per 1K",
                CacheWrite = "Cache write per 1K",
                BatchInput = "Batch input 1K",
                BatchOutput = "Batch output 1K",
                Context = "Context window",
                EffectiveFrom = "Effective from",
                Currency = "Currency",
                Unit = PriceUnit.PerThousandTokens,
            },
            mapping);
    }

    [Theory]
    [InlineData("input_mtok", PriceUnit.PerMillionTokens)]
    [InlineData("Prompt $/1M tokens", PriceUnit.PerMillionTokens)]
    [InlineData("input per thousand", PriceUnit.PerThousandTokens)]
    [InlineData("input_cost_per_token", PriceUnit.PerToken)]
    [InlineData("input price", PriceUnit.PerMillionTokens)]
    public void Unit_is_proposed_by_the_name_of_the_input(string column, PriceUnit unit)
    {
        var mapping = PriceMapping.Suggest(["model", column]);

        Assert.Equal((column, unit), (mapping.Input, mapping.Unit));
    }

    [Theory]
    [InlineData("Input EUR")]
    [InlineData("Input (€/1M)")]
    [InlineData("image input")]
    [InlineData("max input tokens")]
    public void Column_that_is_no_price_of_text_in_usd_is_not_proposed_as_one(string column) => Assert.Null(PriceMapping.Suggest(["model", column]).Input);

    [Fact]
    public void Price_of_another_unit_than_the_inputs_is_not_proposed() =>
        Assert.Null(PriceMapping.Suggest(["model", "input per 1M", "output per 1K"]).Output);

    [Fact]
    public void Names_of_the_proposal_find_their_columns_in_json() =>
        Assert.Equal(2, MappedPriceReader.Read(Encoding.UTF8.GetBytes(PriceFixtures.JsonLines), PriceFixtures.JsonMapping, PriceFixtures.Today, []).Reading.Rows.Count);
}
