using Microsoft.Extensions.Logging.Abstractions;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Data.Reports;
using Planner.Data.Stores;
using Planner.Web.Reports.Scheduled;
using Xunit;
using static Planner.Tests.Web.Reports.Scheduled.ReportTimesTests;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>What happens to reports in the middle of a run: lines drop, schedules change, somebody runs them by hand, clocks are put back.</summary>
public sealed class ReportRunTests
{
    [Fact]
    public async Task Message_that_was_not_confirmed_is_neither_sent_nor_failed_and_comes_again_by_the_same_name()
    {
        await using var server = new SmtpServer { DropsAt = "." };
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com", "ben@example.com");

        await app.RunAtAsync("2026-12-01 13:00");

        var state = await app.StateAsync(schedule);
        Assert.Equal(
            ("The mail server did not confirm the report for anna@example.com after it was handed over: it is not known whether it arrived.", true, 1, null),
            (state.Fault!, state.IsUnsure, state.Attempts, state.Outcome));
        Assert.Equal("not confirmed", ScheduleWords.StatusOf(state));
        Assert.DoesNotContain("fail", ScheduleWords.Last(state), StringComparison.Ordinal);
        Assert.DoesNotContain("failed:", app.Log.All, StringComparison.Ordinal);
        Assert.Equal(["High-volume chat, version 1, to anna@example.com: not known whether it arrived"], await SentAsync(app, schedule));
        server.DropsAt = null;
        await app.RunAtAsync("2026-12-01 13:05");
        await app.RunAtAsync("2026-12-02 13:00");
        state = await app.StateAsync(schedule);
        Assert.Equal((null, false), (state.Fault, state.IsUnsure));
        var sent = server.Messages.Select(message => (To: SmtpServer.Header(message, "To"), Id: SmtpServer.Header(message, "Message-ID"))).ToList();
        Assert.Equal(["anna@example.com", "anna@example.com", "ben@example.com", "anna@example.com", "ben@example.com"], sent.Select(message => message.To));
        Assert.Equal(sent[0].Id, sent[1].Id);
        Assert.Matches("^<[0-9a-f]{32}@example\\.com>$", sent[0].Id);
        Assert.Equal(4, sent.Select(message => message.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("DATA", null, null)]
    [InlineData(null, ".", "The mail server refused the message (code 554).")]
    public async Task Message_that_was_not_handed_over_or_was_refused_has_failed(string? dropsAt, string? refusedAt, string? fault)
    {
        await using var server = new SmtpServer { DropsAt = dropsAt, Answer = line => line == refusedAt ? "554 no" : null };
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        // Larger than what is kept back before it is sent.
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), toFolder: false, ["anna@example.com"], "csv", "xlsx");

        await app.RunAtAsync("2026-12-01 13:00");

        var state = await app.StateAsync(schedule);
        Assert.Equal((false, "failed"), (state.IsUnsure, ScheduleWords.StatusOf(state)));
        Assert.Equal(fault ?? state.Fault, state.Fault);
    }

    [Fact]
    public async Task Run_by_hand_is_refused_while_one_is_under_way_and_for_a_minute_after_it_began()
    {
        await using var server = new SmtpServer();
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com");
        var refusals = new List<string?>();
        server.Answer = line => OnRecipient(line, "anna@", async () => refusals.Add((await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).Refusal));

        await app.RunAtAsync("2026-12-01 13:00");
        server.Answer = _ => null;
        Assert.Equal([DeliveryTexts.ScheduleRunning], refusals);
        Assert.Equal(DeliveryTexts.ScheduleSoon, (await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).Refusal);
        app.Time.Now += TimeSpan.FromMinutes(1);
        Assert.Null((await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).Refusal);
        Assert.Equal(DeliveryTexts.ScheduleSoon, (await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).Refusal);

        Assert.Equal(2, server.Messages.Count);
        Assert.Equal(Utc("2026-12-02 13:00"), (await app.StateAsync(schedule)).NextUtc);
    }

    [Fact]
    public async Task Run_by_hand_before_a_retry_loses_nobody_and_tells_nobody_twice_for_it()
    {
        await using var server = new SmtpServer { Answer = line => line.Contains("ben@", StringComparison.Ordinal) || line.Contains("cleo@", StringComparison.Ordinal) ? "550 nobody here" : null };
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com", "ben@example.com", "cleo@example.com");
        await app.RunAtAsync("2026-12-01 13:00");

        app.Time.Now += TimeSpan.FromMinutes(2);
        server.Answer = line => line.Contains("cleo@", StringComparison.Ordinal) ? "550 nobody here" : null;
        Assert.Equal(Utc("2026-12-01 13:05"), (await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).After!.State.NextUtc);
        server.Answer = _ => null;
        await app.RunAtAsync("2026-12-01 13:05");

        Assert.Equal(["anna@example.com", "anna@example.com", "ben@example.com", "cleo@example.com"], server.Messages.Select(message => SmtpServer.Header(message, "To")));
        var state = await app.StateAsync(schedule);
        Assert.Equal((null, 0, Utc("2026-12-02 13:00")), (state.Fault, state.Attempts, state.NextUtc!.Value));
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("changed")]
    [InlineData("scenario deleted")]
    public async Task Whoever_is_not_reached_yet_gets_nothing_of_a_schedule_that_is_another_one_by_then(string what)
    {
        await using var server = new SmtpServer();
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com", "ben@example.com", "cleo@example.com");
        server.Answer = line => OnRecipient(line, "anna@", () => what switch
        {
            "removed" => app.Schedules.DeleteAsync(schedule.ScenarioId, schedule.Id, 1, "", Cancel),
            "changed" => app.Schedules.UpdateAsync(schedule.ScenarioId, schedule.Id, 1, schedule.Plan with { Recipients = ["cleo@example.com"] }, Utc("2026-12-02 13:00"), "", Cancel),
            _ => app.Get<ScenarioStore>().DeleteAsync(schedule.ScenarioId, 1, Cancel),
        });

        await app.RunAtAsync("2026-12-01 13:00");
        Assert.Equal(["anna@example.com"], server.Messages.Select(message => SmtpServer.Header(message, "To")));
        server.Answer = _ => null;
        await app.RunAtAsync("2026-12-02 13:00");

        Assert.Equal(what == "changed" ? ["anna@example.com", "cleo@example.com"] : ["anna@example.com"], server.Messages.Select(message => SmtpServer.Header(message, "To")));
    }

    [Fact]
    public async Task Who_runs_a_schedule_by_hand_and_loses_the_right_meanwhile_sends_no_more()
    {
        await using var server = new SmtpServer();
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com", "ben@example.com");
        var accounts = app.Get<AccountStore>();
        var user = new UserRow { Name = "eve", NormalizedName = "EVE", SecurityStamp = "1" };
        await accounts.AddAsync(user, Cancel);
        await accounts.SetRoleAsync(user.Id, WorkspaceRow.FirstId, Role.Editor, Cancel);
        server.Answer = line => OnRecipient(line, "anna@", () => accounts.SetRoleAsync(user.Id, WorkspaceRow.FirstId, Role.Viewer, Cancel));

        using var _ = app.Get<CurrentReach>().Enter(new Reach(WorkspaceRow.FirstId, Role.Editor, By: new Actor(user.Id, "eve", "session")));
        var (after, refusal) = await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel);

        Assert.Equal((DeliveryTexts.RightLost, null), (after!.State.Fault, refusal));
        Assert.Equal(["anna@example.com"], server.Messages.Select(message => SmtpServer.Header(message, "To")));
    }

    [Fact]
    public async Task Clock_that_was_put_far_forward_and_back_again_leaves_no_schedule_silent()
    {
        await using var app = await DispatchApp.StartAsync();
        var schedule = await app.ScheduleAsync(await app.StoreAsync());
        await app.RunAtAsync("2036-05-01 09:00");
        Assert.Equal(Utc("2036-05-01 13:00"), (await app.StateAsync(schedule)).NextUtc);

        await app.RunAtAsync("2026-12-01 12:30");
        Assert.Equal(Utc("2026-12-01 13:00"), (await app.StateAsync(schedule)).NextUtc);
        await app.RunAtAsync("2026-12-01 13:00");
        // By a minute, just after a run: nothing comes twice.
        await app.RunAtAsync("2026-12-01 12:59");
        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Equal(2, app.Saved.Length);
        Assert.Equal(Utc("2026-12-02 13:00"), (await app.StateAsync(schedule)).NextUtc);
    }

    [Fact]
    public async Task Two_editors_of_a_schedule_do_not_overwrite_each_other()
    {
        await using var app = await DispatchApp.StartAsync();
        var schedule = await app.ScheduleAsync(await app.StoreAsync());
        var (scenario, id) = (schedule.ScenarioId, schedule.Id);

        var outcomes = await Task.WhenAll(new[] { 1, 2, 3 }.Select(hour => app.Schedules.UpdateAsync(scenario, id, schedule.Version, schedule.Plan with { Hour = hour }, null, "", Cancel)));

        Assert.Equal(new SaveOutcome.Saved(2), Assert.Single(outcomes, outcome => outcome is SaveOutcome.Saved));
        Assert.Equal(2, outcomes.Count(outcome => outcome is SaveOutcome.Conflict { CurrentVersion: 2 }));
        Assert.Equal(new SaveOutcome.Conflict(2), await app.Schedules.DeleteAsync(scenario, id, schedule.Version, "", Cancel));
        Assert.Equal(2, Assert.Single(await app.Schedules.ListAsync(scenario, Cancel)).Version);
    }

    [Fact]
    public async Task Schedules_that_are_added_at_once_are_no_more_than_a_scenario_may_have()
    {
        await using var app = await DispatchApp.StartAsync();
        var scenario = await app.StoreAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, ReportScheduleStore.MostSchedules + 4).Select(_ => Task.Run(() => app.Schedules.AddAsync(scenario, Plan("day") with { Hour = 8 }, null, "", Cancel))));

        Assert.Equal(4, added.Count(outcome => outcome is { Added: null, IsFull: true }));
        Assert.Equal(ReportScheduleStore.MostSchedules, (await app.Schedules.ListAsync(scenario, Cancel)).Count);
    }

    [Fact]
    public async Task Old_report_that_cannot_be_removed_keeps_no_other_one()
    {
        await using var app = await DispatchApp.StartAsync(("Reports:KeepDays", "10"));
        await app.ScheduleAsync(await app.StoreAsync());
        foreach (var day in new[] { 1, 2, 3 })
            await app.RunAtAsync($"2026-12-0{day} 13:00");
        var held = app.Saved[1];
        app.Time.Now += TimeSpan.FromDays(30);

        var folder = new ReportFolder(app.Get<DeliveryOptions>(), app.Time, NullLogger<ReportFolder>.Instance)
        {
            Delete = path =>
            {
                if (Path.GetFileName(path) == held)
                    throw new UnauthorizedAccessException();
                File.Delete(path);
            },
        };

        Assert.Equal(2, folder.Sweep());
        Assert.Equal([held], app.Saved);
    }

    private static async Task<IEnumerable<string?>> SentAsync(DispatchApp app, ReportSchedule schedule)
    {
        using var _ = app.Get<CurrentReach>().Enter(new Reach(WorkspaceRow.FirstId, Role.Admin));
        return (await app.Get<AuditLog>().PageAsync(new AuditQuery(Action: AuditActions.ReportSent, Subject: $"scenarios/{schedule.ScenarioId}/report-schedules"), Cancel)).Items.Select(entry => entry.Detail);
    }

    /// <summary>Does something while the server is told a recipient, and leaves its answer as it is.</summary>
    private static string? OnRecipient(string line, string recipient, Func<Task> work)
    {
        if (line.StartsWith("RCPT", StringComparison.Ordinal) && line.Contains(recipient, StringComparison.Ordinal))
            Task.Run(work).Wait(Cancel);
        return null;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
