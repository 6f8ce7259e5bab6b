using Planner.Data.Stores;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Guide;
using Xunit;

namespace Planner.Tests.Web.Guide;

/// <summary>What a new user answers, and the workload that it makes.</summary>
public class GuideAnswersTests
{
    private static readonly ExampleStore Examples = new();

    [Fact]
    public void Answers_come_back_from_their_address()
    {
        var answers = new GuideAnswers
        {
            Task = "rag",
            Price = "openai:gpt-5",
            ApiOnly = true,
            Model = "llama-3.1-8b",
            Instance = "aws:g5.xlarge:us-east-1",
            Basis = VolumeBases.RequestsPerUserPerDay,
            Volume = 12.5m,
            Users = 300,
            InputTokens = 2_500,
            OutputTokens = 0,
            PeakToMean = 1.5m,
            TtftMs = 0,
            HoursPerDay = 10,
            StaysInside = true,
            BudgetUsd = 5_000,
            Months = 24,
        };

        Assert.Equal(answers, GuideAnswers.Read(answers.Write()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("task=nosuch&by=nosuch&volume=-1&input=many&hours=25&months=1&peak=0.5&budget=1e99")]
    public void What_cannot_be_read_is_left_open(string? text) => Assert.Equal(new GuideAnswers(), GuideAnswers.Read(text));

    [Fact]
    public void Lengths_and_target_follow_the_kind_of_task_until_they_are_typed()
    {
        var chat = new GuideAnswers().Workload(Examples);
        Assert.Equal((1_000_000m, 400m, 100m, 2_000m), (chat.RequestsPerMonth, chat.InputTokens, chat.OutputTokens, chat.Slo.TtftMs));

        var classifier = new GuideAnswers { Task = "classification", InputTokens = 700 }.Workload(Examples);
        Assert.Equal((700m, 50m, null), (classifier.InputTokens, classifier.OutputTokens, classifier.Slo.TtftMs));

        Assert.Null(new GuideAnswers { TtftMs = 0 }.Workload(Examples).Slo.TtftMs);
    }

    [Theory]
    [InlineData(VolumeBases.RequestsPerMonth, 3_000_000, 3_000_000)]
    [InlineData(VolumeBases.RequestsPerDay, 1_200, 36_500)] // 730 hours are 30.41667 days.
    [InlineData(VolumeBases.RequestsPerUserPerDay, 12, 36_500)] // 100 users
    [InlineData(VolumeBases.TokensPerMonth, 500_000_000, 1_000_000)] // 500 tokens a request
    public void Volume_counts_in_the_way_that_was_chosen(string basis, int volume, int requests)
    {
        var load = new GuideAnswers { Basis = basis, Volume = volume }.Workload(Examples);

        Assert.Equal(requests, (double)load.RequestsPerMonth, 0.5);
    }

    [Theory]
    [InlineData(VolumeBases.RequestsPerDay)]
    [InlineData(VolumeBases.RequestsPerUserPerDay)]
    [InlineData(VolumeBases.TokensPerDay)]
    public void Counted_otherwise_the_default_is_still_a_million_requests_a_month(string basis) =>
        Assert.Equal(1_000_000, (double)new GuideAnswers { Basis = basis }.Workload(Examples).RequestsPerMonth, 0.5);

    [Fact]
    public void Open_hours_hold_all_requests_with_the_peak_in_the_middle()
    {
        var week = new GuideAnswers { HoursPerDay = 10, PeakToMean = 2 }.Workload(Examples).Shape;
        var monday = week.Weights!.Take(24).ToList();

        Assert.Equal(ShapeKinds.Weights, week.Kind);
        Assert.Equal(Enumerable.Range(8, 10), monday.Select((weight, hour) => (weight, hour)).Where(pair => pair.weight > 0).Select(pair => pair.hour));
        // Twice the mean of the ten open hours, at 13:00.
        Assert.Equal(2m, monday[13]);
        Assert.Equal(10, (double)monday.Sum(), 0.001);

        var window = new GuideAnswers { HoursPerDay = 20, PeakToMean = 1 }.Workload(Examples).Shape;
        Assert.Equal((ShapeKinds.BatchWindow, 140), (window.Kind, window.Hours!.Count));
        Assert.DoesNotContain(5, window.Hours);

        Assert.Equal(new LoadShape { Kind = ShapeKinds.Peak, PeakToMean = 2 }, new GuideAnswers().Workload(Examples).Shape);
        Assert.Equal(1.5m, new GuideAnswers { HoursPerDay = 1.5m }.PeakWithin(GuideTask.Of("code")));
    }
}
