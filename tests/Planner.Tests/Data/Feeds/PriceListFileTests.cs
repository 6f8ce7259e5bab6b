using System.Text;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

public class PriceListFileTests
{
    [Fact]
    public void Table_shows_its_columns_and_first_rows_by_line()
    {
        var file = Open($"Anbieter;Modell;Input\n{string.Concat(Enumerable.Range(1, 30).Select(number => $"acme;m{number};{number},5\n"))}");

        Assert.Equal(["Anbieter", "Modell", "Input"], file.Columns);
        Assert.Equal((10, 2, "1,5"), (file.Rows.Count, file.Rows[0].Number, file.Rows[0].Cells[2]));
        Assert.True(file.IsTable);
    }

    [Theory]
    [InlineData("model,input\na,\"1,5\"\n", ',')]
    [InlineData("model;input\na;1,5\n", ',')]
    [InlineData("model;input\na;1.5\n", '.')]
    [InlineData("model;input;output\na;1,234.5;2\n", '.')]
    [InlineData("model;input\na;15\n", '.')]
    public void Decimal_sign_is_proposed_by_the_prices(string file, char sign) => Assert.Equal(sign, Open(file).Suggest().DecimalSign);

    [Fact]
    public void Table_whose_cells_are_parted_otherwise_has_one_column()
    {
        var file = Open("model;input;output\na;1;2\n", ',');

        Assert.Equal(["model;input;output"], file.Columns);
        Assert.Null(file.Suggest().Input);
    }

    [Theory]
    [InlineData("[{\"model\":\"a\",\"input\":1},{\"model\":\"b\",\"output\":2}]")]
    [InlineData("{\"prices\":[{\"model\":\"a\",\"input\":1},{\"model\":\"b\",\"output\":2}]}")]
    [InlineData("{\"model\":\"a\",\"input\":1}\n{\"model\":\"b\",\"output\":2}\n")]
    public void Json_in_each_form_shows_its_fields(string json)
    {
        var file = Open(json);

        Assert.Equal(["model", "input", "output"], file.Columns);
        Assert.Equal([["a", "1", ""], ["b", "", "2"]], file.Rows.Select(row => row.Cells.ToArray()));
        Assert.False(file.IsTable);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData(" \n", "The file is empty.")]
    [InlineData("model,input\n", "The file has a head line and no rows.")]
    [InlineData("<html>", "This is a web page, not a price file.")]
    [InlineData("[{\"model\":", "The file is not complete JSON (line 1).")]
    [InlineData("[1, 2]", "The rows of the file have no named fields.")]
    [InlineData("{\"a\":[],\"b\":[]}", "The file must hold one list of rows.")]
    public void File_that_cannot_be_read_says_why(string text, string refusal) => Assert.Equal(refusal, Open(text).Refusal);

    [Fact]
    public void Spreadsheet_by_another_name_is_told()
    {
        const string Refusal = "The file is a spreadsheet or an archive, whatever its name says: save it as CSV (UTF-8) and choose that.";

        Assert.Equal(Refusal, PriceListFile.Open(new byte[] { 0x50, 0x4B, 3, 4, 20, 0, 6 }, null).Refusal);
        Assert.Equal(Refusal, PriceListFile.Open(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, null).Refusal);
    }

    [Fact]
    public async Task File_of_30_MiB_is_read_no_further_than_to_know_that_it_is_too_large()
    {
        using var stream = new MemoryStream(new byte[30 * 1024 * 1024]);

        var file = await PriceListFile.ReadAsync(stream, TestContext.Current.CancellationToken);

        Assert.InRange(file.Length, PriceListFile.MaxBytes + 1, PriceListFile.MaxBytes + 100_000);
        Assert.Equal("The file is larger than 20 MiB.", PriceListFile.Open(file, null).Refusal);
    }

    [Fact]
    public async Task Buffer_that_is_handed_over_is_not_copied()
    {
        byte[] buffer = [1, 2, 3];
        using var stream = new MemoryStream(buffer, 0, buffer.Length, writable: false, publiclyVisible: true);

        Assert.Same(buffer, await FeedClient.ReadAsync(stream, 3, TestContext.Current.CancellationToken));
        Assert.Null(await FeedClient.ReadAsync(stream, 2, TestContext.Current.CancellationToken));
    }

    private static PriceListFile Open(string text, char? delimiter = null) => PriceListFile.Open(Encoding.UTF8.GetBytes(text), delimiter);
}
