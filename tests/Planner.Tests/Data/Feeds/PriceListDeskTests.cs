using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Own price lists that are looked into, and those whose import goes wrong, beside a public feed that asks $1 and $2 per million tokens for each model of acme.</summary>
public class PriceListDeskTests
{
    private const string Two = "seller,model,input,output\nacme,m7,0.8,1.6\nacme,private,3,9\n";

    [Fact]
    public async Task Preview_says_what_would_be_held_back_what_is_odd_and_what_is_replaced()
    {
        await using var rig = await PublicAsync();

        var look = await rig.Lists.PreviewAsync(Bytes("seller,model,input,output\nacme,m7,2500,1.6\nacme,m8,0,0\nacme,m9,0.5,1\nacme,private,3,9\n"), null);

        Assert.Null(look.Refusal);
        Assert.Equal(3, look.Publishable);
        Assert.Equal(["acme:m7", "acme:m8", "acme:m9", "acme:private"], look.Effects.Select(effect => effect.Key));
        Assert.Equal("inputUsdPerM is $2500 per million tokens, above the bound of $200: probably another unit.", look.Effects[0].HeldBack);
        Assert.Equal((false, PriceWarnings.Zero), (look.Effects[1].HasPrice, Assert.Single(look.Effects[1].Warnings)));
        Assert.Equal(("litellm", 1m, 2m), look.Effects[2].Standing is { } standing ? (standing.Source, standing.Prices.InputUsdPerM!.Value, standing.Prices.OutputUsdPerM!.Value) : default);
        Assert.Null(look.Effects[3].Standing);
    }

    [Theory]
    [InlineData("seller,model,input,output\nacme,m7,0,0\n")]
    [InlineData("seller,model,input,output\nacme,m7,2500,9000\n")]
    public async Task File_of_which_no_price_would_be_published_is_refused_before_its_import(string file)
    {
        await using var rig = await PublicAsync();

        var look = await rig.Lists.PreviewAsync(Bytes(file), null);

        Assert.Equal("No row of the file has a price that can be used, so nothing was published; the last good prices stay.", look.Refusal);
    }

    [Fact]
    public async Task Price_that_was_accepted_is_not_held_back_in_the_preview_of_the_next_file()
    {
        await using var rig = await PublicAsync();
        const string Dear = "seller,model,input,output\nacme,m7,250,900\nacme,private,3,9\n";
        var id = await AddAsync(rig, Dear);
        await rig.Importer.AcceptAsync(id, "acme:m7");

        Assert.Equal(2, (await rig.Lists.PreviewAsync(Bytes(Dear), null, id)).Publishable);
        Assert.Equal(1, (await rig.Lists.PreviewAsync(Bytes(Dear), null)).Publishable);
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(1_001, "1001 rows of the file cannot be read, more than 1000: check what its columns mean.")]
    public async Task File_with_too_many_rows_that_do_not_read_is_no_list(int unread, string? refusal)
    {
        await using var rig = await PublicAsync();
        var rows = Enumerable.Range(0, unread).Select(number => string.Create(CultureInfo.InvariantCulture, $"acme,x{number},cheap,1"));

        var look = await rig.Lists.PreviewAsync(Bytes(Two + string.Join('\n', rows)), null);

        Assert.Equal(refusal, look.Refusal);
    }

    [Fact]
    public async Task Next_file_with_too_many_rows_that_do_not_read_is_refused_by_its_import_too()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);
        var rows = Enumerable.Range(0, 1_001).Select(number => string.Create(CultureInfo.InvariantCulture, $"acme,x{number},cheap,1"));

        var run = await rig.Lists.ImportAsync(id, Bytes(Two + string.Join('\n', rows)));

        Assert.Equal((FeedRunStatuses.Refused, "1001 rows of the file cannot be read, more than 1000: check what its columns mean."), (run.Status, run.Reason));
        Assert.Equal("[]", run.QuarantinedJson);
    }

    [Fact]
    public async Task List_of_more_rows_than_a_statement_takes_parameters_is_added_and_removed()
    {
        await using var rig = await PublicAsync();
        var rows = Enumerable.Range(0, 40_000).Select(number => string.Create(CultureInfo.InvariantCulture, $"birch,x{number},1,2"));
        var id = await AddAsync(rig, Two + string.Join('\n', rows));
        Assert.Equal(40_002L, rig.Database.Scalar<long>($"SELECT COUNT(*) FROM Prices WHERE Origin = '{id}' AND RetiredUtc IS NULL"));

        var run = (await rig.Lists.RemoveAsync(id))!;

        Assert.Equal((FeedRunStatuses.Published, 40_001, 1), (run.Status, run.Retired, run.Published));
        Assert.Equal("litellm", (await rig.PriceAsync("acme:m7")).Sheet.Provenance.Source);
    }

    [Theory]
    // An empty cell, and no column at all.
    [InlineData("seller,model,input,output,cache read\nacme,m7,0.8,1.6,\nacme,private,3,9,\n")]
    [InlineData(Two)]
    public async Task Price_that_a_list_leaves_out_stays_the_public_one_and_is_marked(string file)
    {
        await using var rig = await PublicAsync();
        rig.Database.Execute("UPDATE Prices SET CacheReadNanos = 250000000 WHERE Key = 'acme:m7'");
        var own = rig.Lists;

        var look = await own.PreviewAsync(Bytes(file), null);

        Assert.Equal((0.8m, 0.25m), (look.Read.Lines[0].Prices.InputUsdPerM!.Value, look.Read.Lines[0].Prices.CacheReadUsdPerM!.Value));
        Assert.Equal([["cacheReadUsdPerM"], []], look.Read.Lines.Select(line => line.LeftOut));
        Assert.Equal([[PriceWarnings.PartlyPublic], []], look.Effects.Select(effect => effect.Warnings));

        var id = await AddAsync(rig, file);
        Assert.Equal((id, 0.8m, 0.25m), (await rig.PriceAsync("acme:m7")).Sheet is var sheet ? (sheet.Provenance.Source, sheet.Prices.InputUsdPerM!.Value, sheet.Prices.CacheReadUsdPerM!.Value) : default);
        Assert.Null((await rig.PriceAsync("acme:private")).Sheet.Prices.CacheReadUsdPerM);
    }

    [Fact]
    public async Task Name_of_a_list_whose_first_import_failed_is_free_again()
    {
        await using var rig = await PublicAsync();
        rig.Database.Refuse("PriceRevisions", "INSERT");
        Assert.Equal("file", Assert.Single((await rig.Lists.AddAsync("Agreed 2026", null, Bytes(Two))).Problems).Path);
        rig.Database.Allow();

        Assert.Equal("own-agreed-2026", await AddAsync(rig, Two));
    }

    [Fact]
    public async Task List_whose_first_import_breaks_after_it_published_leaves_no_prices()
    {
        await using var rig = await PublicAsync();
        rig.Database.Refuse("FeedRuns", "UPDATE", "OLD.Status = 'published'");

        await Assert.ThrowsAsync<DbUpdateException>(() => rig.Lists.AddAsync("Agreed 2026", null, Bytes(Two)));

        Assert.Equal(0L, rig.Database.Scalar<long>("SELECT COUNT(*) FROM PriceLists"));
        Assert.Equal("litellm", (await rig.PriceAsync("acme:m7")).Sheet.Provenance.Source);
        Assert.NotNull((await rig.PriceAsync("acme:private")).State.RetiredUtc);
    }

    [Fact]
    public async Task Lists_that_are_added_at_once_get_names_and_ids_of_their_own()
    {
        await using var rig = await PublicAsync();
        string[] names = ["A b", "A-b", "A_b", "A.b", "A+b", "A/b", "A b"];

        var added = await Task.WhenAll(names.Select((name, number) =>
            Task.Run(() => rig.Lists.AddAsync(name, null, Bytes(string.Create(CultureInfo.InvariantCulture, $"seller,model,input,output\nbirch,x{number},1,2\n"))))));

        Assert.Equal("There is a list named A b already.", Assert.Single(added.SelectMany(list => list.Problems)).Message);
        Assert.Equal(["own-a-b", "own-a-b-2", "own-a-b-3", "own-a-b-4", "own-a-b-5", "own-a-b-6"], added.Select(list => list.ListId).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Meaning_of_the_columns_is_kept_only_where_the_file_was_published_by_it()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);
        var mapping = rig.Lists.MappingOf(id)! with { Unit = PriceUnit.PerThousandTokens };
        var file = Bytes("seller,model,input,output\nacme,m7,0.0004,0.0016\n");

        rig.Database.Refuse("PriceRevisions", "INSERT");
        Assert.Equal(FeedRunStatuses.Failed, (await rig.Lists.ImportAsync(id, mapping, file))!.Status);
        Assert.Equal(PriceUnit.PerMillionTokens, rig.Lists.MappingOf(id)!.Unit);
        rig.Database.Allow();

        rig.Database.Refuse("FeedRuns", "INSERT");
        await Assert.ThrowsAsync<DbUpdateException>(() => rig.Lists.ImportAsync(id, mapping, file));
        Assert.Equal(PriceUnit.PerMillionTokens, rig.Lists.MappingOf(id)!.Unit);
        rig.Database.Allow();

        Assert.Equal(FeedRunStatuses.Published, (await rig.Lists.ImportAsync(id, mapping, file))!.Status);
        Assert.Equal(PriceUnit.PerThousandTokens, rig.Lists.MappingOf(id)!.Unit);
        Assert.Equal(0.4m, (await rig.PriceAsync("acme:m7")).Sheet.Prices.InputUsdPerM);
        Assert.Null(await rig.Lists.ImportAsync("own-nobody", mapping, file));
    }

    [Fact]
    public async Task List_that_cannot_be_read_leaves_the_others_alone()
    {
        await using var rig = await PublicAsync();
        var id = await AddAsync(rig, Two);
        rig.Database.Execute("INSERT INTO PriceLists (Id, Name, MappingJson, CreatedUtc) SELECT 'own-broken', 'Broken', '[1', CreatedUtc FROM PriceLists");

        var store = new PriceListStore(rig.Database.Get<IDbContextFactory<PlannerDbContext>>(), rig.Database.Get<DatabaseSettings>(), rig.Database.Time, NullLogger<PriceListStore>.Instance);

        Assert.Equal(id, Assert.Single(store.Feeds).Id);
    }

    private static async Task<FeedRig> PublicAsync()
    {
        var rig = await FeedRig.StartAsync();
        await rig.RefreshAsync(LiteLlmFixture.Plain(120));
        return rig;
    }

    private static async Task<string> AddAsync(FeedRig rig, string file)
    {
        var added = await rig.Lists.AddAsync("Agreed 2026", null, Bytes(file));
        Assert.Empty(added.Problems);
        return added.ListId!;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
