using System.Text;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Own price lists beside a public feed that asks $1 and $2 per million tokens for each model of acme.</summary>
public class PriceListTests
{
    private const string Two = "seller,model,input,output\nacme,m7,0.8,1.6\nacme,private,3,9\n";

    [Fact]
    public async Task Own_price_stands_and_the_public_one_stays_beside_it()
    {
        await using var rig = await PublicAsync();

        var id = await AddAsync(rig, Two);

        var price = await rig.PriceAsync("acme:m7");
        Assert.Equal(("own-agreed-2026", 0.8m, 1.6m), (price.Sheet.Provenance.Source, price.Sheet.Prices.InputUsdPerM!.Value, price.Sheet.Prices.OutputUsdPerM!.Value));
        Assert.Null(price.Sheet.Provenance.Url);
        var other = Assert.Single(price.Sheet.OtherQuotes);
        Assert.Equal(("litellm", 1m), (other.Provenance.Source, other.Prices.InputUsdPerM!.Value));
        Assert.Equal("own-agreed-2026", id);
        Assert.Equal(3m, (await rig.PriceAsync("acme:private")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Public_feed_that_comes_later_changes_its_quote_only()
    {
        await using var rig = await PublicAsync();
        await AddAsync(rig, Two);

        await rig.RefreshAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(LiteLlmFixture.Plain(120)).Replace("1e-06", "3e-06", StringComparison.Ordinal)));

        var price = await rig.PriceAsync("acme:m7");
        Assert.Equal((0.8m, "own-agreed-2026"), (price.Sheet.Prices.InputUsdPerM!.Value, price.Sheet.Provenance.Source));
        Assert.Equal(3m, Assert.Single(price.Sheet.OtherQuotes).Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Removed_list_gives_its_rows_back_and_retires_those_that_only_it_had()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);

        var run = await rig.Lists.RemoveAsync(id);

        Assert.Equal((FeedRunStatuses.Published, FeedRunTriggers.Removal, 1, 1), (run!.Status, run.Trigger, run.Published, run.Retired));
        var back = await rig.PriceAsync("acme:m7");
        Assert.Equal((1m, 2m, "litellm"), (back.Sheet.Prices.InputUsdPerM!.Value, back.Sheet.Prices.OutputUsdPerM!.Value, back.Sheet.Provenance.Source));
        Assert.Null(back.State.RetiredUtc);
        var gone = await rig.PriceAsync("acme:private");
        Assert.Equal((id, 3m), (gone.State.RetiredBy, gone.Sheet.Prices.InputUsdPerM!.Value));
        Assert.Equal(["litellm", id, "litellm"], (await rig.Catalog.Prices.HistoryAsync("acme:m7")).OrderBy(past => past.RecordedUtc).ThenBy(past => past.FeedRunId).Select(past => past.Source));
        Assert.Null(rig.Lists.MappingOf(id));
        Assert.Null(await rig.Lists.RemoveAsync(id));
    }

    [Fact]
    public async Task Row_that_is_given_back_is_the_public_feeds_again()
    {
        await using var rig = await PublicAsync();
        await rig.Lists.RemoveAsync(await AddAsync(rig, Two));

        var run = await rig.RefreshAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(LiteLlmFixture.Plain(120)).Replace("1e-06", "3e-06", StringComparison.Ordinal)));

        Assert.Equal((0, 120), (run.Added, run.Changed));
        Assert.Equal(3m, (await rig.PriceAsync("acme:m7")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Next_file_without_a_row_gives_it_back()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);

        var run = await rig.UploadAsync(id, Bytes("seller,model,input,output\nacme,private,2.5,9\n"));

        // The one changes as the list says, the other since the public price stands again.
        Assert.Equal((FeedRunStatuses.Published, 1, 2, 0), (run.Status, run.Published, run.Changed, run.Retired));
        Assert.Equal("litellm", (await rig.PriceAsync("acme:m7")).Sheet.Provenance.Source);
        Assert.Equal(2.5m, (await rig.PriceAsync("acme:private")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Row_that_does_not_read_keeps_its_last_price_until_it_reads_again()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);

        var run = await rig.UploadAsync(id, Bytes("seller,model,input,output\nacme,m7,cheap,1.6\nacme,private,3,9\n"));

        Assert.Equal("row 2", Assert.Single((await rig.DetailsAsync(run)).Quarantined).Key);
        Assert.Equal((0.8m, id), ((await rig.PriceAsync("acme:m7")).Sheet.Prices.InputUsdPerM!.Value, (await rig.PriceAsync("acme:m7")).Sheet.Provenance.Source));
        Assert.Equal(1, (await rig.Quarantine.OpenAsync())[id]);

        await rig.UploadAsync(id, Bytes(Two));

        Assert.Empty(await rig.Quarantine.OpenAsync());
    }

    [Fact]
    public async Task Discount_is_taken_off_the_public_price_every_time()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, "seller,discount\nacme,12%\n");

        var again = await rig.UploadAsync(id, Bytes("seller,discount\nacme,12%\n"));

        Assert.Equal((FeedRunStatuses.Published, 120, 0), (again.Status, again.Published, again.Changed));
        var price = await rig.PriceAsync("acme:m7");
        // 1 − 12 % and 2 − 12 %, and not a second time.
        Assert.Equal((0.88m, 1.76m), (price.Sheet.Prices.InputUsdPerM!.Value, price.Sheet.Prices.OutputUsdPerM!.Value));
        Assert.Contains(PriceWarnings.Discounted, price.Warnings);
    }

    [Fact]
    public async Task Model_that_its_public_feed_retired_is_current_again_by_agreement()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(121));
        await rig.RefreshAsync(LiteLlmFixture.Plain(120));
        Assert.Equal("litellm", (await rig.PriceAsync("acme:m120")).State.RetiredBy);

        await AddAsync(rig, "seller,model,input,output\nacme,m120,0.5,1\n");

        Assert.Null((await rig.PriceAsync("acme:m120")).State.RetiredBy);
        Assert.Equal(0.5m, (await rig.PriceAsync("acme:m120")).Sheet.Prices.InputUsdPerM);
    }

    [Fact]
    public async Task Users_own_price_of_a_sheet_stays()
    {
        await using var rig = await PublicAsync();
        var edit = (await rig.PriceAsync("acme:m7")).Sheet;
        rig.Database.Execute("UPDATE Prices SET OverrideJson = '{\"inputUsdPerM\":7}', UserEditedUtc = '2026-12-01 12:00:00' WHERE Key = 'acme:m7'");

        await AddAsync(rig, Two);

        Assert.Equal(1m, edit.Prices.InputUsdPerM);
        Assert.Equal(7m, (await rig.PriceAsync("acme:m7")).Sheet.Prices.InputUsdPerM);
    }

    [Theory]
    [InlineData("", "name", "Give the list a name of 1 to 60 characters.", Two)]
    [InlineData("LiteLLM", "name", "There is a list named LiteLLM already.", Two)]
    [InlineData("New", "file", "The file is empty.", "")]
    [InlineData("New", "file", "The file has a head line and no rows.", "seller,model,input,output\n")]
    [InlineData("New", "file", "Say which column names the model.", "seller,thing,input\nacme,a,1\n")]
    [InlineData("New", "file", "No row of the file has a price that can be used, so nothing was published; the last good prices stay.", "seller,model,input,output\nacme,a,cheap,1\n")]
    public async Task List_that_cannot_be_published_is_not_kept(string name, string path, string message, string file)
    {
        await using var rig = await PublicAsync();

        var added = await rig.Lists.AddAsync(name, null, Bytes(file));

        Assert.Equal((path, message), Assert.Single(added.Problems) is var problem ? (problem.Path, problem.Message) : default);
        Assert.Null(added.ListId);
        Assert.Equal(0L, rig.Database.Scalar<long>("SELECT COUNT(*) FROM PriceLists"));
    }

    [Fact]
    public async Task Mapping_is_changed_for_the_next_file()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);

        Assert.Empty((await rig.Lists.EditAsync(id, "Renamed", rig.Lists.MappingOf(id)! with { Unit = PriceUnit.PerThousandTokens }))!);
        await rig.UploadAsync(id, Bytes(Two.Replace("0.8,1.6", "0.0008,0.0016", StringComparison.Ordinal).Replace("3,9", "0.003,0.009", StringComparison.Ordinal)));

        Assert.Equal(0.8m, (await rig.PriceAsync("acme:m7")).Sheet.Prices.InputUsdPerM);
        Assert.Equal("Say which column names the model.", Assert.Single((await rig.Lists.EditAsync(id, "Renamed", new PriceMapping { Input = "input" }))!).Message);
        Assert.Null(await rig.Lists.EditAsync("own-nobody", "x", new PriceMapping()));
    }

    private static async Task<FeedRig> PublicAsync()
    {
        var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(120));
        return rig;
    }

    private static async Task<string> AddAsync(FeedRig rig, string file)
    {
        var added = await rig.Lists.AddAsync(" Agreed 2026 ", null, Bytes(file));
        Assert.Empty(added.Problems);
        return added.ListId!;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
