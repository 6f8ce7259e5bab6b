using System.Text;
using Planner.Data.Feeds;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class MappedDiscountTests
{
    private static readonly PublicPrice[] Public =
    [
        Sheet("acme:a", 2.5m, 10m), Sheet("acme:b", 1m, 4m), Sheet("umbra:c", 8m, 16m),
    ];

    [Theory]
    [InlineData("12", "2.2")]
    [InlineData("12%", "2.2")]
    [InlineData("12 %", "2.2")]
    [InlineData("0.5%", "2.4875")]
    [InlineData("1.5", "2.4625")]
    [InlineData("0", "2.5")]
    [InlineData("", "2.5")]
    public void Discount_is_taken_off_the_price_of_its_row(string discount, string usdPerM)
    {
        var row = Assert.Single(Read($"seller,model,input,output,discount\nacme,a,2.5,10,{discount}\n").Reading.Rows);

        Assert.Equal(decimal.Parse(usdPerM, System.Globalization.CultureInfo.InvariantCulture), row.Prices.InputUsdPerM);
        Assert.False(row.IsDiscounted);
    }

    [Fact]
    public void Discount_with_a_decimal_comma_is_read()
    {
        var row = Assert.Single(Read("seller;model;input;output;discount\nacme;a;2,5;10;12,5\n").Reading.Rows);

        Assert.Equal((2.1875m, 8.75m), (row.Prices.InputUsdPerM!.Value, row.Prices.OutputUsdPerM!.Value));
    }

    [Theory]
    [InlineData("0.12")]
    [InlineData("1")]
    public void Discount_that_may_be_either_is_asked_for(string discount)
    {
        var file = $"seller,model,input,output,discount\nacme,a,2.5,10,{discount}\nacme,b,1,4,5%\n";

        Assert.Equal("The discounts in discount without a per cent sign are all at most 1, so 0.12 may be 12 % or 0.12 %: say which.", Read(file).Reading.Refusal);
    }

    [Theory]
    [InlineData(DiscountForm.Share, "2.2")]
    [InlineData(DiscountForm.Percent, "2.497")]
    public void Discount_is_what_the_mapping_says(DiscountForm form, string usdPerM)
    {
        var row = Read("seller,model,input,output,discount\nacme,a,2.5,10,0.12\n", mapping => mapping with { DiscountForm = form }).Reading.Rows[0];

        Assert.Equal(decimal.Parse(usdPerM, System.Globalization.CultureInfo.InvariantCulture), row.Prices.InputUsdPerM);
    }

    [Theory]
    [InlineData("100%", "A discount is from 0 % to under 100 %.")]
    [InlineData("-5%", "A discount is from 0 % to under 100 %.")]
    [InlineData("-5", "A discount is from 0 % to under 100 %.")]
    [InlineData("120", "A discount is from 0 % to under 100 %.")]
    [InlineData("much", "discount is not a number.")]
    public void Discount_that_is_none_is_refused_by_its_row(string discount, string reason)
    {
        var refused = Assert.Single(Read($"seller,model,input,output,discount\nacme,a,2.5,10,{discount}\nacme,b,1,4,7\n").Reading.Refused);

        Assert.Equal(("row 2", reason), (refused.Key, refused.Reason));
    }

    [Fact]
    public void Discount_alone_is_taken_off_all_public_prices_of_its_seller_but_of_those_that_the_list_names()
    {
        var read = Read("seller,model,input,output,discount\nacme,,,,20%\nacme,b,0.9,3,\n");

        Assert.Equal([("acme:a", 2m, 8m), ("acme:b", 0.9m, 3m)], read.Reading.Rows.OrderBy(row => row.Key).Select(row => (row.Key, row.Prices.InputUsdPerM!.Value, row.Prices.OutputUsdPerM!.Value)));
        var met = Assert.Single(read.Discounted);
        Assert.Equal(("acme:a", 2.5m, 0.2m, 2m), (met.Public.Key, met.Public.Prices.InputUsdPerM!.Value, met.Discount, met.Prices.InputUsdPerM!.Value));
        Assert.True(read.Reading.Rows.Single(row => row.Key == "acme:a").IsDiscounted);
    }

    [Fact]
    public void Discount_of_a_model_goes_before_the_one_of_its_seller()
    {
        var read = Read("seller,model,discount\nacme,,10%\nacme,b,50%\n");

        Assert.Equal([("acme:a", 2.25m), ("acme:b", 0.5m)], read.Reading.Rows.OrderBy(row => row.Key).Select(row => (row.Key, row.Prices.InputUsdPerM!.Value)));
    }

    [Fact]
    public void Discount_of_a_seller_meets_all_names_that_the_catalog_has_of_it()
    {
        var file = "seller,discount\ngoogle,10%\n"u8.ToArray();
        PublicPrice[] sheets = [Sheet("gemini:g", 1m, 4m), Sheet("vertex_ai-anthropic_models:vertex_ai/claude", 2m, 8m), Sheet("acme:a", 1m, 4m)];

        var read = MappedPriceReader.Read(file, PriceMapping.Suggest(["seller", "discount"]), PriceFixtures.Today, sheets);

        Assert.Equal(["gemini:g", "vertex_ai-anthropic_models:vertex_ai/claude"], read.Reading.Rows.Select(row => row.Key).Order());
    }

    [Theory]
    [InlineData("nobody,,10%", "The catalog has no public price of the seller nobody, so there is nothing to take the discount off.")]
    [InlineData("acme,z,10%", "The catalog has no public price of acme:z, so there is nothing to take the discount off.")]
    public void Discount_that_meets_nothing_is_refused(string line, string reason)
    {
        var read = Read($"seller,model,discount\n{line}\numbra,,25%\n");

        Assert.Equal(reason, Assert.Single(read.Reading.Refused).Reason);
        Assert.Equal(6m, Assert.Single(read.Reading.Rows).Prices.InputUsdPerM);
    }

    [Fact]
    public void Prices_of_long_prompts_are_discounted_too()
    {
        var sheet = Public[0] with { Prices = Public[0].Prices with { Tiers = [new PriceTier { AboveTokens = 200_000, InputUsdPerM = 5 }] } };

        var row = Assert.Single(MappedPriceReader.Read("seller,discount\nacme,10%\n"u8.ToArray(), PriceMapping.Suggest(["seller", "discount"]), PriceFixtures.Today, [sheet]).Reading.Rows);

        Assert.Equal(4.5m, Assert.Single(row.Prices.Tiers).InputUsdPerM);
    }

    [Fact]
    public void First_rows_are_told_as_they_are_read()
    {
        var lines = Read("seller,model,input,output,discount\nAcme Inc,a,2,8,50%\nacme,b,x,4,\n").Lines;

        Assert.Equal([(2, "acme-inc", "a", (decimal?)1m, (decimal?)0.5m), (3, "acme", "b", null, null)], lines.Select(line => (line.Number, line.Seller, line.Model, line.Prices.InputUsdPerM, line.Discount)));
        Assert.Equal([null, "input is not a number."], lines.Select(line => line.Fault));
    }

    [Fact]
    public void Table_of_a_german_spreadsheet_is_read_by_its_names_with_its_comma()
    {
        var line = Assert.Single(Read("Anbieter;Modell;Eingabe;Ausgabe;Rabatt\nacme;a;1,50;6,00;50%\n").Lines);

        Assert.Equal(("acme", "a", (decimal?)0.75m, (decimal?)3m, null), (line.Seller, line.Model, line.Prices.InputUsdPerM, line.Prices.OutputUsdPerM, line.Fault));
    }

    private static MappedReading Read(string file, Func<PriceMapping, PriceMapping>? change = null)
    {
        var bytes = Encoding.UTF8.GetBytes(file);
        var mapping = PriceListFile.Open(bytes, null).Suggest();
        return MappedPriceReader.Read(bytes, change?.Invoke(mapping) ?? mapping, PriceFixtures.Today, Public);
    }

    private static PublicPrice Sheet(string key, decimal input, decimal output) =>
        new(key, key.Split(':')[0], key.Split(':')[1], FeedModes.Chat, new TokenPrices { InputUsdPerM = input, OutputUsdPerM = output }, "litellm", PriceFixtures.Today);
}
