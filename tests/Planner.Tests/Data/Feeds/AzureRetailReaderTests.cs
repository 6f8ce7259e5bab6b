using Planner.Data.Feeds;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class AzureRetailReaderTests
{
    private const string Machine = "Standard_NC24ads_A100_v4:eastus";

    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly Uri Asked = new("https://prices.azure.com/api/retail/prices?$filter=serviceName");

    private static FeedReading<InstanceFeedRow> Reading => AzureRetailReader.Read(InstanceFixture.Bytes(InstanceFixture.Azure), Today);

    [Fact]
    public void Prices_of_a_machine_are_put_together_from_all_pages_and_a_term_is_divided_by_its_hours()
    {
        var row = Reading.Row(Machine);

        // 19,710 over 8,760 hours and 39,420 over 26,280.
        Assert.Equal(new HourlyPrices(3.673m, 0.746721m, 2.25m, 1.5m), row.Prices);
        Assert.Equal(("azure:" + Machine, "A100-80-PCIe", 1), (row.Key, row.Gpu, row.GpuCount));
    }

    [Fact]
    public void Government_regions_keep_their_names_and_a_price_of_0_is_none() =>
        Assert.Equal(new HourlyPrices(98.32m, null, null, null), Reading.Row("Standard_ND96isr_H100_v5:usgovvirginia").Prices);

    [Fact]
    public void What_is_not_wanted_is_counted_by_kind()
    {
        Assert.Equal((10, 2, 0), (Reading.RowsRead, Reading.Rows.Count, Reading.Refused.Count));
        Assert.Equal(["DevTestConsumption", "Low Priority", "Windows", "no GPU", "price of 0"], Reading.Skipped.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"serviceName\": \"Virtual Machines\"", "\"serviceName\": \"Cloud Services\"", "Cloud Services")]
    [InlineData("NCads A100 v4 Series\"", "NCads A100 v4 Series Cloud Services\"", "Cloud Services")]
    [InlineData("\"isPrimaryMeterRegion\": true", "\"isPrimaryMeterRegion\": false", "not the region’s own meter")]
    [InlineData("\"tierMinimumUnits\": 0.0", "\"tierMinimumUnits\": 100.0", "price of a quantity")]
    [InlineData("\"reservationTerm\": \"3 Years\"", "\"reservationTerm\": \"5 Years\"", "5 Years")]
    [InlineData("2022-06-01", "2026-12-01", "not yet in force")]
    [InlineData("Standard_NC24ads_A100_v4", "Standard_NV6ads_A10_v5", "Standard_NV6ads_A10_v5")]
    public void Meters_of_other_things_are_left_out(string old, string replacement, string kind) =>
        Assert.True(AzureRetailReader.Read(InstanceFixture.Replace(InstanceFixture.Azure, old, replacement), Today).Skipped[kind] > 0);

    [Theory]
    [InlineData("\"currencyCode\": \"USD\"", "\"currencyCode\": \"EUR\"", "The currency is “EUR”, not USD.")]
    [InlineData("\"unitOfMeasure\": \"1 Hour\"", "\"unitOfMeasure\": \"100 Hours\"", "The unit is “100 Hours”, not “1 Hour”.")]
    [InlineData("\"type\": \"Reservation\"", "\"type\": \"Consumption\"", "type or reservationTerm is missing, too long or has characters that no name has.")]
    [InlineData("\"meterName\": \"NC24ads A100 v4 Spot\", ", "", "meterName is missing, too long or has characters that no name has.")]
    [InlineData("\"retailPrice\": 3.673", "\"retailPrice\": \"3.673\"", "retailPrice is not a number that it can be.")]
    [InlineData("\"retailPrice\": 3.673", "\"retailPrice\": 3.673, \"retailPrice\": 36", "The field retailPrice occurs more than once.")]
    [InlineData("NC24ads A100 v4 Spot", "NC24ads A100 v4", null)]
    public void Machine_with_an_item_that_does_not_read_is_refused_by_name_and_the_others_are_read(string old, string replacement, string? reason)
    {
        var reading = AzureRetailReader.Read(InstanceFixture.Replace(InstanceFixture.Azure, old, replacement), Today);

        if (reason is null)
            // The later of two prices on demand holds; that it was meant as spot nobody can tell, and the judge compares it with other regions.
            Assert.Equal(0.746721m, reading.Row(Machine).Prices.OnDemandUsd);
        else
            Assert.Contains(reading.Refused, row => row.Key == Machine && row.Reason == reason);
    }

    [Fact]
    public void Two_different_prices_from_the_same_day_refuse_the_machine()
    {
        var reading = AzureRetailReader.Read(InstanceFixture.Replace(InstanceFixture.Azure, "\"type\": \"DevTestConsumption\"", "\"type\": \"Consumption\""), Today);

        Assert.Equal([(Machine, "The file has two different prices of onDemandUsd for this machine.")], reading.Refused.Select(row => (row.Key, row.Reason)));
    }

    [Fact]
    public void One_page_is_a_file_too()
    {
        var page = InstanceFixture.Azure[(InstanceFixture.Azure.LastIndexOf("{ \"BillingCurrency\"", StringComparison.Ordinal))..].TrimEnd(']', '\n', '\r', ' ');

        Assert.Equal(2, AzureRetailReader.Read(InstanceFixture.Bytes(page), Today).Rows.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("\"page\"")]
    [InlineData("[{ \"Items\": {} }]")]
    [InlineData("{ \"Items\": [], \"Items\": [] }")]
    [InlineData("{ \"\\ud800\": [] }")]
    [InlineData("{ \"Error\": { \"Code\": \"BadRequest\" } }")]
    public void File_of_another_kind_is_refused_whole(string text) =>
        Assert.Equal("The file does not have the form of Azure’s retail prices (Items and NextPageLink).", AzureRetailReader.Read(InstanceFixture.Bytes(text), Today).Refusal);

    [Fact]
    public void Next_page_is_followed_on_the_same_host()
    {
        Assert.True(AzureRetailReader.TryNextPage(Page("\"https://prices.azure.com:443/api/retail/prices?$skip=1000\""), Asked, out var next));
        Assert.Equal("https://prices.azure.com/api/retail/prices?$skip=1000", next!.AbsoluteUri);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Last_page_has_no_next(string link)
    {
        Assert.True(AzureRetailReader.TryNextPage(Page(link), Asked, out var next));
        Assert.Null(next);
    }

    [Theory]
    [InlineData("\"https://elsewhere.example/api/retail/prices\"")]
    [InlineData("\"http://prices.azure.com/api/retail/prices\"")]
    [InlineData("\"https://prices.azure.com:8443/api/retail/prices\"")]
    [InlineData("\"https://somebody@prices.azure.com/api/retail/prices\"")]
    [InlineData("\"https://prices.azure.com/api/retail/prices?$filter=serviceName\"")]
    [InlineData("\"/api/retail/prices\"")]
    [InlineData("7")]
    public void Page_that_leads_elsewhere_is_not_followed_and_not_taken_for_the_last(string link)
    {
        Assert.False(AzureRetailReader.TryNextPage(Page(link), Asked, out var next));
        Assert.Null(next);
    }

    [Fact]
    public void What_is_no_page_has_no_next() => Assert.False(AzureRetailReader.TryNextPage(InstanceFixture.Bytes("{ \"Items\": ["), Asked, out _));

    private static byte[] Page(string link) => InstanceFixture.Bytes($$"""{ "Items": [], "NextPageLink": {{link}} }""");
}
