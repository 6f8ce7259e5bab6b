using System.Text;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Seed;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Tests.Data.Seed;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>What own price lists take over from other sources, and what stands again after them.</summary>
public class PriceListSourcesTests
{
    private const string Two = "seller,model,input,output\nacme,m7,0.8,1.6\nacme,private,3,9\n";
    private const string OnlyPrivate = "seller,model,input,output\nacme,private,3,9\n";

    private const string Announcing = """
        [ { "id": "acme", "name": "Acme", "models": [ { "id": "m7", "match": { "equals": "m7" },
          "prices": [ { "prices": { "input_mtok": 1, "output_mtok": 2 } }, { "constraint": { "start_date": "2027-01-01" }, "prices": { "input_mtok": 3, "output_mtok": 6 } } ] } ] } ]
        """;

    [Fact]
    public async Task What_a_public_feed_announces_does_not_replace_an_agreed_price()
    {
        await using var rig = await PublicAsync();
        await rig.RefreshAsync("genai-prices", Bytes(Announcing));
        Assert.Equal("genai-prices", (await rig.PriceAsync("acme:m7")).AnnouncedBy);

        await AddAsync(rig, Two);

        var price = await rig.PriceAsync("acme:m7");
        Assert.Empty(price.Sheet.Announced);
        Assert.Null(price.AnnouncedBy);
    }

    [Fact]
    public async Task What_the_agreement_announces_itself_goes_before_a_public_feeds()
    {
        await using var rig = await PublicAsync();
        await rig.RefreshAsync("genai-prices", Bytes(Announcing));

        var id = await AddAsync(rig, "seller,model,input,output,from\nacme,m7,0.8,1.6,\nacme,m7,0.9,1.8,2027-02-01\n");

        var price = await rig.PriceAsync("acme:m7");
        var announced = Assert.Single(price.Sheet.Announced);
        Assert.Equal(("2027-02", 0.9m, id), (announced.From, announced.Price.InputUsdPerM!.Value, price.AnnouncedBy));
    }

    [Fact]
    public async Task What_a_feed_announces_does_not_replace_the_users_price()
    {
        await using var rig = await PublicAsync();
        await rig.RefreshAsync("genai-prices", Bytes(Announcing));
        var stored = await rig.PriceAsync("acme:m7");

        await rig.Catalog.Prices.EditAsync(SeedCatalogTests.EditOf(stored, input: 0.7m), stored.State.Version);

        var price = await rig.PriceAsync("acme:m7");
        Assert.Empty(price.Sheet.Announced);
        Assert.Null(price.AnnouncedBy);
    }

    [Theory]
    [InlineData("genai-prices", "2027-01")]
    [InlineData("llm-prices", "2027-03")]
    [InlineData("litellm", "2027-02")]
    public void Source_of_a_sheet_announces_first_and_then_the_feed_of_the_highest_rank(string source, string from)
    {
        var row = new PriceRow { Key = "acme:m7", Origin = source, Source = source, Seller = "acme", Name = "m7", Mode = "chat" };

        var sheet = row.ToSheet([Dated("genai-prices", 1), Dated("llm-prices", 3), Dated("openrouter", 2)], new DateOnly(2026, 12, 1));

        Assert.Equal(from, Assert.Single(sheet.Announced).From);
    }

    [Fact]
    public async Task Public_feed_that_was_compared_before_a_list_and_is_published_after_it_leaves_the_agreed_price()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, OnlyPrivate);
        Task<FeedRunRow>? own = null;
        rig.BeforePublication = async () =>
        {
            rig.BeforePublication = () => Task.CompletedTask;
            own = rig.UploadAsync(id, Bytes(Two));
            // Every chance for the list to be published in between.
            for (var look = 0; look < 2_000 && !own.IsCompleted; look++)
                await rig.PriceAsync("acme:m7");
        };

        await rig.RefreshAsync(LiteLlmFixture.Plain(120, "3e-06"));

        Assert.Equal(FeedRunStatuses.Published, (await own!).Status);
        var price = await rig.PriceAsync("acme:m7");
        Assert.Equal((0.8m, id), (price.Sheet.Prices.InputUsdPerM!.Value, price.State.Source.Source));
    }

    [Fact]
    public async Task Facts_of_a_row_outlast_an_own_list()
    {
        await using var rig = await FeedRig.StartAsync(Shipped);

        var id = await AddAsync(rig, "seller,model,input,output\nacme,vector,0.02,\nacme,old,1,2\n");

        var vector = await rig.PriceAsync("acme:vector");
        Assert.Equal(("embedding", 0.02m, 0m), (vector.Mode, vector.Sheet.Prices.InputUsdPerM!.Value, vector.Sheet.Prices.OutputUsdPerM!.Value));
        Assert.Equal(new DateOnly(2027, 3, 31), (await rig.PriceAsync("acme:old")).Sheet.DeprecatedFrom);

        await rig.Lists.RemoveAsync(id);

        var back = await rig.PriceAsync("acme:old");
        Assert.Equal(new Provenance("list", "https://list.example", new DateOnly(2026, 8, 1)), back.State.Source);
        Assert.Equal((4m, "completion", new DateOnly(2027, 3, 31)), (back.Sheet.Prices.InputUsdPerM!.Value, back.Mode, back.Sheet.DeprecatedFrom!.Value));
    }

    [Fact]
    public async Task Warnings_of_a_price_stand_again_with_it()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Bytes);
        var before = (await rig.PriceAsync("umbra:odd")).Warnings;
        Assert.NotEmpty(before);

        await rig.Lists.RemoveAsync(await AddAsync(rig, "seller,model,input,output\numbra,odd,1,2\n"));

        Assert.Equal(before, (await rig.PriceAsync("umbra:odd")).Warnings);
    }

    [Fact]
    public async Task Price_that_stands_again_is_not_kept_beside_itself()
    {
        await using var rig = await FeedRig.StartAsync(Shipped);

        await rig.Lists.RemoveAsync(await AddAsync(rig, "seller,model,input,output\nacme,old,1,2\n"));

        Assert.Equal(4m, (await rig.PriceAsync("acme:old")).Sheet.Prices.InputUsdPerM);
        Assert.Empty(await rig.Catalog.Prices.QuotesAsync("acme:old"));
    }

    [Fact]
    public async Task Shipped_price_that_a_feed_goes_before_is_not_kept_beside_it()
    {
        await using var rig = await FeedRig.StartAsync(Shipped);
        var id = await AddAsync(rig, "seller,model,input,output\nacme,old,1,2\n");
        await rig.RefreshAsync("""{ "old": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 5e-06, "output_cost_per_token": 6e-06 } }"""u8.ToArray());

        await rig.Lists.RemoveAsync(id);

        var price = await rig.PriceAsync("acme:old");
        Assert.Equal(("litellm", 5m), (price.State.Source.Source, price.Sheet.Prices.InputUsdPerM!.Value));
        Assert.Empty(price.Sheet.OtherQuotes);
    }

    [Fact]
    public async Task What_a_source_announces_stands_again_with_its_price()
    {
        await using var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync("genai-prices", Bytes(Announcing));

        await rig.Lists.RemoveAsync(await AddAsync(rig, Two));

        var price = await rig.PriceAsync("acme:m7");
        Assert.Equal(("genai-prices", "2027-01"), (price.State.Source.Source, Assert.Single(price.Sheet.Announced).From));
    }

    [Fact]
    public async Task Refused_discount_of_a_seller_keeps_the_discounted_prices()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, "seller,model,input,output,discount\nacme,,,,12%\n");

        var run = await rig.UploadAsync(id, Bytes("seller,model,input,output,discount\nacme,,,,much\nacme,private,3,9,5%\n"));

        Assert.Equal((FeedRunStatuses.Published, 0), (run.Status, run.Changed));
        Assert.Equal((0.88m, id), ((await rig.PriceAsync("acme:m7")).Sheet.Prices.InputUsdPerM!.Value, (await rig.PriceAsync("acme:m7")).State.Source.Source));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Model_that_a_list_no_longer_has_may_come_from_another_source(bool fromList)
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two.Replace("m7", "m120", StringComparison.Ordinal));
        await rig.UploadAsync(id, Bytes(OnlyPrivate));
        Assert.Equal(id, (await rig.PriceAsync("acme:m120")).State.RetiredBy);

        var source = fromList ? await AddAsync(rig, "seller,model,input,output\nacme,m120,1,2\n", "Other") : PriceFeeds.LiteLlm;
        if (!fromList)
            await rig.RefreshAsync(LiteLlmFixture.Plain(121));

        var price = await rig.PriceAsync("acme:m120");
        Assert.Equal((source, false, 1m), (price.State.Source.Source, price.State.Retired, price.Sheet.Prices.InputUsdPerM!.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_that_the_user_retired_is_given_back_and_stays_retired(bool removes)
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);
        await rig.Catalog.Prices.RetireAsync("acme:m7", (await rig.PriceAsync("acme:m7")).State.Version);

        var run = removes ? await rig.Lists.RemoveAsync(id) : await rig.UploadAsync(id, Bytes(OnlyPrivate));

        var price = await rig.PriceAsync("acme:m7");
        Assert.Equal(("litellm", "user", 1m), (price.State.Source.Source, price.State.RetiredBy, price.Sheet.Prices.InputUsdPerM!.Value));
        Assert.Equal(removes ? 1 : 0, run!.Retired);
    }

    [Fact]
    public async Task Row_that_the_user_added_is_left_alone_and_the_lists_price_kept_beside_it()
    {
        await using var rig = await PublicAsync();
        await rig.Catalog.Prices.AddAsync(new PriceEdit("acme:mine", "acme", "Mine", "chat", null, null, new TokenPrices { InputUsdPerM = 8m }, null));

        var id = await AddAsync(rig, "seller,model,input,output\nacme,mine,0.5,1\n");

        Assert.Equal(8m, (await rig.PriceAsync("acme:mine")).Sheet.Prices.InputUsdPerM);
        Assert.Equal((id, 0.5m), Assert.Single(await rig.Catalog.Prices.QuotesAsync("acme:mine")) is var quote ? (quote.FeedId, quote.Prices.InputUsdPerM!.Value) : default);
        Assert.Null(await rig.Catalog.Prices.FindAsync("acme:acme:mine"));
    }

    [Fact]
    public async Task List_is_gone_with_its_prices()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);
        PriceMapping? known = new();
        rig.Importer.Published += _ => known = rig.Lists.MappingOf(id);

        await rig.Lists.RemoveAsync(id);

        Assert.Null(known);
    }

    [Fact]
    public async Task File_of_a_list_that_is_removed_meanwhile_is_not_published()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, OnlyPrivate);
        await using var file = new RemovingStream(Bytes(Two), () => rig.ListStore.RemoveAsync(id, TestContext.Current.CancellationToken));

        var run = await rig.Importer.ImportAsync(id, file, FeedRunTriggers.Upload);

        Assert.Equal((FeedRunStatuses.Failed, "This price list has been removed."), (run.Status, run.Reason));
        Assert.Equal("litellm", (await rig.PriceAsync("acme:m7")).State.Source.Source);
    }

    private static PriceQuote Dated(string feedId, int month) => new()
    {
        Key = "acme:m7",
        FeedId = feedId,
        PricesJson = "{}",
        DatedJson = $$"""[ { "from": "2027-0{{month}}-01", "to": null, "prices": { "inputUsdPerM": 3 } } ]""",
    };

    private static async Task<FeedRig> PublicAsync()
    {
        var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(120));
        return rig;
    }

    private static async Task<string> AddAsync(FeedRig rig, string file, string name = "Agreed")
    {
        var added = await rig.Lists.AddAsync(name, null, Bytes(file));
        Assert.Empty(added.Problems);
        return added.ListId!;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static SeedFile Shipped { get; } = new("Seed/catalog/prices.json", """
        { "schema": "planner.catalog/1", "sources": { "list": { "name": "List", "url": "https://list.example", "license": "facts" } },
          "rows": [
            { "key": "acme:vector", "seller": "acme", "name": "Vector", "mode": "embedding", "source": "list", "asOf": "2026-08-01",
              "prices": { "inputUsdPerM": 0.05, "outputUsdPerM": 0 } },
            { "key": "acme:old", "seller": "acme", "name": "Old", "mode": "completion", "source": "list", "asOf": "2026-08-01", "deprecatedFrom": "2027-03-31",
              "prices": { "inputUsdPerM": 4, "outputUsdPerM": 2 } } ] }
        """);

    /// <summary>A file during whose upload something else happens.</summary>
    private sealed class RemovingStream(byte[] file, Func<Task> meanwhile) : MemoryStream(file, writable: false)
    {
        private Func<Task> _meanwhile = meanwhile;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _meanwhile();
            _meanwhile = () => Task.CompletedTask;
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
