using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios.Answer;
using Xunit;

namespace Planner.Tests.Web.Scenarios.Answer;

/// <summary>10 M requests of 500 tokens at $1.50 against two instances at $5.672 for 720 hours, with 40 × $150 once.</summary>
public class AnswerModelTests
{
    private static AnswerModel Of(Scenario scenario) => AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));

    private readonly AnswerModel _chat = Of(Documents.HighVolumeChat);

    [Fact]
    public void Checks_speak_of_inputs_by_the_labels_of_their_fields()
    {
        var scenario = Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { OutputCv = 0.5m } };
        var answer = AnswerModel.From(scenario, Documents.Catalog, Engine.Evaluate(scenario, Documents.Catalog));
        Assert.Equal("No figure of this scenario depends on “Spread of output”.", Assert.Single(answer.Checks, view => view.Check.Id == "not-used").Check.Message);
    }

    [Fact]
    public void Same_inputs_give_the_same_answer() => Assert.Equal(Of(Documents.HighVolumeChat).BreakEven.Faces[0].Title, _chat.BreakEven.Faces[0].Title);

    [Fact]
    public void Verdict_names_the_cheapest_option_and_says_that_it_is_the_present_one()
    {
        Assert.Equal("API", _chat.Verdict.Cheapest!.Name);
        Assert.Equal("Today's option is the cheapest.", _chat.Verdict.Saving);
        Assert.StartsWith("Never, because", _chat.Verdict.BreakEven, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_against_a_measured_bill_is_said_in_words()
    {
        Assert.Equal("Saves $1,500 a month against today's bill.", Of(Documents.HighVolumeChat with { BaselineMonthlyUsd = 9_000 }).Verdict.Saving);
        Assert.Equal("Costs $2,500 a month more than today's bill.", Of(Documents.HighVolumeChat with { BaselineMonthlyUsd = 5_000 }).Verdict.Saving);
    }

    [Fact]
    public void Measured_bill_that_the_cheapest_option_equals_is_not_called_the_cheapest_option()
    {
        // 10 M requests × 500 tokens × $1.50 per million.
        var measured = Documents.HighVolumeChat with { BaselineOptionId = null, BaselineMonthlyUsd = 7_500 };
        Assert.Equal("Costs the same as today's bill.", Of(measured).Verdict.Saving);
    }

    [Fact]
    public void Answer_of_another_engine_keeps_its_figures_and_is_not_redrawn()
    {
        var older = AnswerModel.From(Documents.HighVolumeChat, Documents.Catalog, Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog) with { EngineVersion = "0.9" });
        var face = older.BreakEven.Face(false, false)!;
        Assert.Empty(face.Series);
        Assert.Equal("Computed with engine 0.9; its lines are not redrawn.", face.Undrawn);
        Assert.Equal(10_890_240, Assert.Single(face.AllCrossings).Value, 3);
        Assert.Empty(older.Utilization.Series);
        Assert.Equal(["Computed with engine 0.9; its lines are not redrawn."], older.Utilization.Notes);
        Assert.Null(_chat.BreakEven.Face(false, false)!.Undrawn);
    }

    [Fact]
    public void No_present_bill_means_no_saving() => Assert.Null(Of(Documents.HighVolumeChat with { BaselineOptionId = null }).Verdict.Saving);

    [Theory]
    [InlineData(false, "Ongoing: break-even at 10.89 M requests a month", 10_890_240)]
    [InlineData(true, "First month: break-even at 18.89 M requests a month", 18_890_240)]
    public void Break_even_as_the_fleets_stand_is_marked_on_the_lines(bool firstMonth, string title, double crossing)
    {
        var face = _chat.BreakEven.Face(firstMonth, capacityChecked: false)!;
        Assert.Equal(title, face.Title);
        var mark = Assert.Single(face.Crossings);
        Assert.Equal(crossing, mark.X, 3);
        // Both lines meet there: crossing × 500 tokens × $1.50 per million.
        Assert.Equal(crossing * 500 * 1.5 / 1e6, mark.Y, 3);
    }

    [Fact]
    public void Chart_holds_the_volume_and_every_first_crossing()
    {
        // 18.89 M × 1.2 is 22.67 M; the next figure that reads well is 25 M.
        var face = _chat.BreakEven.Face(false, false)!;
        Assert.All(face.Series, series => Assert.Equal(25_000_000, series.Points[^1].X));
        Assert.Equal("You: 10 M", face.Here!.Label);
        Assert.Equal(25_000_000, face.Winners[^1].To);
    }

    [Fact]
    public void With_capacity_checked_there_is_no_crossing_and_the_title_says_so()
    {
        var face = _chat.BreakEven.Face(false, true)!;
        Assert.Empty(face.Crossings);
        Assert.Equal("Ongoing: no break-even, API is cheapest throughout", face.Title);
        Assert.Equal(1_296_000, face.Series[1].CapacityAt);
    }

    [Fact]
    public void A_sized_fleet_stands_still_in_one_question_and_grows_in_the_other()
    {
        var sized = Of(Documents.Chat(Documents.Api(), Documents.Fleet(FleetSizings.WeeklyPeak, null)));
        Assert.Single(sized.BreakEven.Face(false, false)!.Series[1].Points.Select(point => point.Y).Distinct());
        Assert.True(sized.BreakEven.Face(false, true)!.Series[1].Points.Count > 4);
    }

    [Fact]
    public void Axis_stays_usable_without_any_request() =>
        Assert.True(Of(Documents.HighVolumeChat with { Workload = Documents.HighVolumeChat.Workload with { RequestsPerMonth = 0 } }).BreakEven.Faces[0].Series[0].Points[^1].X > 0);

    [Fact]
    public void Bars_add_up_to_the_month_and_the_first_month()
    {
        var bar = _chat.Options[1].ToBar();
        Assert.Equal(8_167.68m, bar.Ongoing.Sum(part => part.Usd));
        Assert.Equal(6_000m, bar.OneOff.Sum(part => part.Usd));
        Assert.False(bar.Feasible);
    }

    [Fact]
    public void Unknown_price_has_a_reason_and_no_bar()
    {
        var scenario = Documents.Chat(new ApiOption { Id = "api", Name = "Half", PriceKey = "half:known" }, Documents.Fleet());
        var option = Of(scenario).Options[0];
        Assert.Null(option.Result.OngoingMonthlyUsd);
        Assert.Contains("Generated tokens", option.UnknownBecause, StringComparison.Ordinal);
        Assert.Contains("not known", option.ToBar().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fleet_that_cannot_win_when_full_is_said_to_be_so() =>
        // 8,167.68 for 250 tokens/s × 720 h × 3,600 s = 648 M tokens.
        Assert.Equal("Even fully used, Fleet costs $12.604 per M tokens, API $1.50", _chat.Utilization.Title);

    [Fact]
    public void Fleet_that_wins_when_busy_has_its_break_even_utilization()
    {
        // $12.604 at 100 % is a ÷ utilization: $15 is met at 84 %.
        var dear = Of(Documents.Chat(Documents.Api(15, 15), Documents.Fleet()));
        Assert.Equal("Fleet beats API above 84 % utilization", dear.Utilization.Title);
    }

    [Fact]
    public void Sources_are_the_rows_used_with_their_day()
    {
        Assert.Equal(["aws:g5.12xlarge:us-east-1", "llama-3-70b"], _chat.Sources.Select(row => row.Key));
        Assert.All(_chat.Sources, row => Assert.Equal(new DateOnly(2026, 11, 1), row.Provenance.AsOf));
    }

    [Fact]
    public void Gravest_check_comes_first() => Assert.Equal("error", _chat.Checks[0].Check.Severity);

    [Fact]
    public void Working_of_a_line_names_value_unit_and_source()
    {
        var line = _chat.Options[0].Result.Ledger[0];
        var working = Working.OfLine(_chat.Options[0], line);
        Assert.Equal("requests × tokens × price ÷ 10⁶", working.Formula);
        Assert.Equal(("10,000,000", "requests/month", "your input: requests per month"), (working.Operands[0].Value, working.Operands[0].Unit, working.Operands[0].Source));
        Assert.Equal("your figure", working.Operands[2].Source);
        Assert.StartsWith("API: Prompt tokens: $6,000.00", working.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Working_of_a_month_lists_its_lines()
    {
        var working = Working.OfMonth(_chat.Options[1], firstMonth: true);
        Assert.Equal("$14,167.68", working.Figure);
        Assert.Equal(["$8,167.68", "$6,000.00"], working.Operands.Select(operand => operand.Value));
    }

    [Fact]
    public void Stored_result_that_todays_rules_refuse_still_shows_its_figures()
    {
        var result = Engine.Evaluate(Documents.HighVolumeChat, Documents.Catalog);
        var model = AnswerModel.From(Documents.HighVolumeChat with { HoursPerMonth = 1 }, Documents.Catalog, result);
        Assert.Equal(7_500m, model.Options[0].Result.OngoingMonthlyUsd);
        Assert.Empty(model.BreakEven.Faces[0].Series);
    }

    [Fact]
    public void Options_keep_their_colours() => Assert.Equal([OptionPalette.Api, OptionPalette.SelfHost], _chat.Options.Select(option => option.Style.Hue));
}
