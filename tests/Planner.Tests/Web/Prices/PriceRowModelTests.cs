using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Tests.Web.Catalog;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Prices;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Prices;

public class PriceRowModelTests
{
    private static readonly DateTime Edited = new(2026, 9, 3, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_row_shows_its_prices_per_million_tokens()
    {
        var prices = new TokenPrices { InputUsdPerM = 2.5m, OutputUsdPerM = 10m, CacheReadUsdPerM = 0.025m, Tiers = [new() { AboveTokens = 272_000 }] };

        var row = PriceRowModel.From(CatalogRows.Price(prices));

        Assert.Equal(("$2.50", "$10.00", "$0.025", "128,000", 1), (row.Input, row.Output, row.CacheRead, row.Context, row.Tiers));
        Assert.Equal(("litellm", "2026-08-01"), (row.Source.Name, row.Source.AsOf));
    }

    [Fact]
    public void An_unknown_price_is_a_dash_and_a_free_one_is_not()
    {
        var row = PriceRowModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 0.1m, OutputUsdPerM = 0m }));

        Assert.Equal(("$0.10", "$0.00", "—", "—"), (row.Input, row.Output, row.BatchInput, row.BatchOutput));
    }

    [Fact]
    public void A_row_with_a_users_prices_is_marked_yours_and_names_the_user_as_its_source()
    {
        var row = PriceRowModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m }, CatalogRows.State(userPrices: true, edited: Edited)));

        Assert.Equal("yours", Assert.Single(row.Flags).Text);
        Assert.Equal("you", row.Source.Name);
    }

    [Fact]
    public void A_warned_row_gives_the_reason_in_words()
    {
        var row = PriceRowModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m }, warnings: [PriceWarnings.Moved]));

        var flag = Assert.Single(row.Flags);
        Assert.Equal(("warned", StatusKind.Warning, "A price moved by more than 40 % since the last good file."), (flag.Text, flag.Kind, flag.Detail));
    }

    [Fact]
    public void Every_warning_of_the_reader_has_a_sentence()
    {
        var codes = typeof(PriceWarnings).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        Assert.All(codes, code => Assert.NotEqual($"The feed's reader marked this row: {code}.", WarningText.Of(code)));
    }

    [Fact]
    public void A_retired_row_is_marked_with_the_day()
    {
        var row = PriceRowModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m }, CatalogRows.State(retired: Edited)));

        Assert.True(row.Retired);
        Assert.Contains("Retired on 2026-09-03 by you.", Assert.Single(row.Flags).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_details_show_the_feeds_price_beside_the_users()
    {
        var state = CatalogRows.State(userPrices: true, edited: Edited);
        var entry = CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m }, state, new TokenPrices { InputUsdPerM = 2.5m });

        var detail = PriceDetailModel.From(entry, []);

        Assert.Equal(new PriceLine("Input", "$2.00", "$2.50"), detail.Prices[0]);
        Assert.Equal("litellm", detail.FeedSource?.Name);
    }

    [Fact]
    public void What_a_tier_leaves_open_says_what_applies()
    {
        var tier = new PriceTier { AboveTokens = 272_000, InputUsdPerM = 4m };

        var line = Assert.Single(PriceDetailModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m, OutputUsdPerM = 8m, Tiers = [tier] }), []).Tiers);

        Assert.Equal("272,000", line.Above);
        Assert.Equal(["$4.00", "base", "base", "input", "—", "—"], line.Cells);
    }

    [Fact]
    public void The_history_marks_the_prices_that_changed()
    {
        PriceHistoryEntry<TokenPrices>[] history =
        [
            new(new DateOnly(2026, 9, 3), new TokenPrices { InputUsdPerM = 2m, OutputUsdPerM = 8m }, "user", Edited, null, null),
            new(new DateOnly(2026, 8, 1), new TokenPrices { InputUsdPerM = 2.5m, OutputUsdPerM = 8m }, "litellm", Edited, Edited, 7),
        ];

        var lines = PriceDetailModel.From(CatalogRows.Price(new TokenPrices { InputUsdPerM = 2m }), history).Past.History;

        Assert.Equal(("2026-09-03", "you", null), (lines[0].From, lines[0].Source, lines[0].FeedRunId));
        Assert.Equal([true, false], lines[0].Cells.Take(2).Select(cell => cell.Changed));
        Assert.Equal(7, lines[1].FeedRunId);
        Assert.DoesNotContain(lines[1].Cells, cell => cell.Changed);
    }
}
