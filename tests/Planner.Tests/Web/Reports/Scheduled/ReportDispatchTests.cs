using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Stores;
using Planner.Web.Reports;
using Xunit;
using static Planner.Tests.Web.Reports.Scheduled.ReportTimesTests;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>Reports that are due: saved, sent, tried again, and each told once.</summary>
public sealed class ReportDispatchTests
{
    [Fact]
    public async Task Report_of_the_version_that_is_current_then_is_saved_at_its_time_and_not_before()
    {
        await using var app = await DispatchApp.StartAsync();
        var scenario = await app.StoreAsync();
        var schedule = await app.ScheduleAsync(scenario, toFolder: true, [], "xlsx", "csv");
        await app.RunAtAsync("2026-12-01 12:59");
        Assert.Empty(app.Saved);
        var store = app.Get<ScenarioStore>();
        var first = (await store.GetAsync(scenario))!;
        await store.SaveAsync(scenario, 1, first.Scenario with { Name = "Chat" }, first.Snapshot, first.Result, Cancel);

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Equal([$"Chat_{scenario}_v2_20261201-130000Z.csv", $"Chat_{scenario}_v2_20261201-130000Z.xlsx"], app.Saved);
        Assert.Equal(ReportFile.Table((await store.GetAsync(scenario))!).Content, await File.ReadAllBytesAsync(Path.Combine(app.Reports, app.Saved[0]), Cancel));
        var state = await app.StateAsync(schedule);
        Assert.Equal((Utc("2026-12-02 13:00"), Utc("2026-12-01 13:00"), null, 0), (state.NextUtc, state.LastUtc, state.Fault, state.Attempts));
        Assert.Equal($"Saved {app.Saved[1]}, {app.Saved[0]}.", state.Outcome);
        if (!OperatingSystem.IsWindows())
            Assert.Equal((Owner | UnixFileMode.UserExecute, Owner), (File.GetUnixFileMode(app.Reports), File.GetUnixFileMode(Path.Combine(app.Reports, app.Saved[0]))));
    }

    [Fact]
    public async Task Runs_missed_while_the_app_was_down_are_made_up_once()
    {
        await using var app = await DispatchApp.StartAsync();
        var schedule = await app.ScheduleAsync(await app.StoreAsync());

        await app.RunAtAsync("2026-12-05 09:00");
        await app.RunAtAsync("2026-12-05 09:01");

        Assert.EndsWith("_20261205-090000Z.csv", Assert.Single(app.Saved), StringComparison.Ordinal);
        Assert.Equal(Utc("2026-12-05 13:00"), (await app.StateAsync(schedule)).NextUtc);
    }

    [Fact]
    public async Task Nothing_is_saved_or_sent_while_it_cannot_be_noted_and_it_is_made_up_once()
    {
        await using var app = await DispatchApp.StartAsync();
        await app.ScheduleAsync(await app.StoreAsync());
        await ExecuteAsync(app, "CREATE TRIGGER Full BEFORE UPDATE ON ReportSchedules BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

        await app.RunAtAsync("2026-12-01 13:00");
        await app.RunAtAsync("2026-12-01 13:01");
        Assert.Empty(app.Saved);
        await ExecuteAsync(app, "DROP TRIGGER Full");
        await app.RunAtAsync("2026-12-01 13:02");
        await app.RunAtAsync("2026-12-01 13:03");

        Assert.Single(app.Saved);
    }

    private static async Task ExecuteAsync(DispatchApp app, string sql)
    {
        await using var context = await app.Get<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(Cancel);
        await context.Database.ExecuteSqlRawAsync(sql, Cancel);
    }

    [Fact]
    public async Task Mail_holds_the_report_and_what_its_reader_asks_first()
    {
        await using var server = new SmtpServer { OffersSignIn = true };
        await using var app = await DispatchApp.StartAsync([.. DispatchApp.Mail(server), ("Reports:Smtp:User", "planner"), ("Reports:Smtp:Password", "s3cret-w0rd")]);
        var scenario = await app.StoreAsync("Überblick");
        var schedule = await app.ScheduleAsync(scenario, toFolder: true, ["anna@example.com", "ben@example.com"], "xlsx", "csv");

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Null((await app.StateAsync(schedule)).Fault);
        Assert.Equal(["RCPT TO:<anna@example.com>", "RCPT TO:<ben@example.com>"], server.Commands.Where(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Contains(Convert.ToBase64String("s3cret-w0rd"u8), server.Commands);
        Assert.Equal(2, server.Messages.Count);
        var message = server.Messages.First();
        Assert.Equal(("planner@example.com", "anna@example.com", "auto-generated"), (SmtpServer.Header(message, "From"), SmtpServer.Header(message, "To"), SmtpServer.Header(message, "Auto-Submitted")));
        var stored = (await app.Get<ScenarioStore>().GetAsync(scenario))!;
        var (text, attachments) = SmtpServer.Parts(message);
        Assert.Equal([ReportFile.WorkbookType, ReportFile.TableType], attachments.Select(attachment => attachment.Type));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(app.Reports, app.Saved[1]), Cancel), attachments[0].Content);
        Assert.Equal(ReportFile.Table(stored).Content, attachments[1].Content);
        foreach (var said in new[] { "Überblick", stored.Result.Verdict.Sentence, "Version 1, saved 2026-12-01 12:00 UTC by owner.", stored.Digest!, "Today's prices would not change the decision." })
            Assert.Contains(said.Replace(" by owner", stored.SavedBy is null ? "" : $" by {stored.SavedBy}", StringComparison.Ordinal), text, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-w0rd", app.Log.All + text + (await app.StateAsync(schedule)).Outcome, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("s3cret-w0rd"u8), app.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_is_not_sent_where_the_server_offers_no_encryption()
    {
        await using var server = new SmtpServer { OffersSignIn = true };
        await using var app = await DispatchApp.StartAsync([.. DispatchApp.Mail(server, "startTls"), ("Reports:Smtp:User", "planner"), ("Reports:Smtp:Password", "s3cret-w0rd")]);
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com");

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Equal(Planner.Web.Reports.Scheduled.DeliveryTexts.MailUnfit, (await app.StateAsync(schedule)).Fault);
        Assert.Empty(server.Messages);
        Assert.DoesNotContain(server.Commands, line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase) || line.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Words_of_the_server_are_neither_shown_nor_logged()
    {
        await using var server = new SmtpServer { OffersSignIn = true, Answer = line => line == "signed in" ? "535 no such password: s3cret-w0rd" : line.StartsWith("MAIL", StringComparison.Ordinal) ? "530 sign in with s3cret-w0rd" : null };
        await using var app = await DispatchApp.StartAsync([.. DispatchApp.Mail(server), ("Reports:Smtp:User", "planner"), ("Reports:Smtp:Password", "s3cret-w0rd")]);
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com");

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Equal("The mail server refused the message (code 530).", (await app.StateAsync(schedule)).Fault);
        Assert.DoesNotContain("s3cret", app.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failed_run_is_tried_again_three_times_and_tells_nobody_twice()
    {
        await using var server = new SmtpServer { Answer = line => line.Contains("ben@", StringComparison.Ordinal) ? "550 nobody here" : null };
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), toFolder: true, ["anna@example.com", "ben@example.com", "cleo@example.com"]);
        // Pauses of 5, 15 and 45 minutes.
        foreach (var (time, attempts, next) in new[] { ("13:00", 1, "2026-12-01 13:05"), ("13:05", 2, "2026-12-01 13:20"), ("13:20", 3, "2026-12-01 14:05"), ("14:05", 0, "2026-12-02 13:00") })
        {
            await app.RunAtAsync($"2026-12-01 {time}");
            var state = await app.StateAsync(schedule);
            Assert.Equal(
                ("The mail server refused ben@example.com (code 550).", Utc("2026-12-01 13:00"), attempts, Utc(next), null), (state.Fault!, state.FaultSinceUtc!.Value, state.Attempts, state.NextUtc!.Value, state.Outcome));
        }

        Assert.Equal(["anna@example.com", "cleo@example.com"], server.Messages.Select(message => SmtpServer.Header(message, "To")));
        Assert.Single(app.Saved);
        Assert.Equal(1, app.Log.All.Split('\n').Count(line => line.Contains("failed: The mail server refused", StringComparison.Ordinal)));
        server.Answer = _ => null;
        await app.RunAtAsync("2026-12-02 13:00");
        Assert.Equal((null, null, 0), ((await app.StateAsync(schedule)).Fault, (await app.StateAsync(schedule)).FaultSinceUtc, (await app.StateAsync(schedule)).Attempts));
        Assert.Equal(5, server.Messages.Count);
    }

    [Fact]
    public async Task Schedule_that_fails_keeps_no_other_from_running()
    {
        await using var app = await DispatchApp.StartAsync();
        var scenario = await app.StoreAsync();
        var failing = await app.ScheduleAsync(scenario, toFolder: true, [], "pdf");
        var well = await app.ScheduleAsync(scenario);

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.NotNull((await app.StateAsync(failing)).Fault);
        Assert.Null((await app.StateAsync(well)).Fault);
        Assert.EndsWith(".csv", Assert.Single(app.Saved), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_of_a_scenario_adds_no_header_and_leads_to_no_other_folder()
    {
        await using var server = new SmtpServer();
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync("../../x\r\nBcc: eve@example.com\u2028/etc/passwd"), toFolder: true, ["anna@example.com"]);

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Null((await app.StateAsync(schedule)).Fault);
        Assert.StartsWith("x-Bcc-eve-example-com-etc-passw_", Assert.Single(app.Saved), StringComparison.Ordinal);
        Assert.Equal(["RCPT TO:<anna@example.com>"], server.Commands.Where(line => line.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal("", SmtpServer.Header(Assert.Single(server.Messages), "Bcc"));
    }

    [Fact]
    public async Task Run_by_hand_leaves_the_time_of_the_next_one_and_needs_an_editor()
    {
        await using var app = await DispatchApp.StartAsync();
        var schedule = await app.ScheduleAsync(await app.StoreAsync());

        var after = (await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).After!;

        Assert.Single(app.Saved);
        Assert.Equal((Utc("2026-12-01 13:00"), Utc("2026-12-01 12:00")), (after.State.NextUtc!.Value, after.State.LastUtc!.Value));
        Assert.Null((await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id + 1, Cancel)).After);
        using var _ = app.Get<CurrentReach>().Enter(new Reach(1, Role.Viewer));
        await Assert.ThrowsAsync<AccessRefusedException>(() => app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel));
        Assert.Single(app.Saved);
    }

    [Fact]
    public async Task Run_by_hand_that_failed_for_one_leaves_the_next_run_whole_and_a_change_takes_the_fault_away()
    {
        await using var server = new SmtpServer { Answer = line => line.Contains("ben@", StringComparison.Ordinal) ? "550 nobody here" : null };
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), "anna@example.com", "ben@example.com");
        Assert.NotNull((await app.Dispatch.RunNowAsync(schedule.ScenarioId, schedule.Id, Cancel)).After!.State.Fault);
        await app.Schedules.UpdateAsync(schedule.ScenarioId, schedule.Id, 1, schedule.Plan, schedule.State.NextUtc, "", Cancel);
        Assert.Null((await app.StateAsync(schedule)).Fault);
        server.Answer = _ => null;

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Equal(["anna@example.com", "anna@example.com", "ben@example.com"], server.Messages.Select(message => SmtpServer.Header(message, "To")));
    }

    [Fact]
    public async Task Who_got_a_report_stands_in_the_audit_log_of_its_workspace()
    {
        await using var server = new SmtpServer();
        await using var app = await DispatchApp.StartAsync(DispatchApp.Mail(server));
        var schedule = await app.ScheduleAsync(await app.StoreAsync(), toFolder: true, ["anna@example.com"]);

        await app.RunAtAsync("2026-12-01 13:00");
        await app.Schedules.DeleteAsync(schedule.ScenarioId, schedule.Id, 1, "It", Cancel);

        using var _ = app.Get<CurrentReach>().Enter(new Reach(1, Role.Admin));
        var entries = (await app.Get<AuditLog>().PageAsync(new AuditQuery(Subject: $"scenarios/{schedule.ScenarioId}/report-schedules"), Cancel)).Items;
        Assert.Equal(
            [("report.sent", "Planner", "High-volume chat, version 1, to anna@example.com"), ("report.saved", "Planner", $"High-volume chat, version 1: {app.Saved[0]}")],
            entries.Where(entry => entry.Action.StartsWith("report.", StringComparison.Ordinal)).Select(entry => (entry.Action, entry.Who, entry.Detail!)));
    }

    [Fact]
    public async Task Schedules_of_another_workspace_are_not_there_and_viewers_change_none()
    {
        await using var app = await DispatchApp.StartAsync();
        var schedule = await app.ScheduleAsync(await app.StoreAsync());
        var (scenario, store) = (schedule.ScenarioId, app.Schedules);

        using (app.Get<CurrentReach>().Enter(new Reach(2, Role.Admin)))
        {
            Assert.Empty(await store.ListAsync(scenario, Cancel));
            Assert.Null(await store.FindAsync(scenario, schedule.Id, Cancel));
            Assert.Null((await store.AddAsync(scenario, schedule.Plan, null, "", Cancel)).Added);
            Assert.IsType<SaveOutcome.NotFound>(await store.UpdateAsync(scenario, schedule.Id, 1, schedule.Plan, null, "", Cancel));
            Assert.IsType<SaveOutcome.NotFound>(await store.DeleteAsync(scenario, schedule.Id, 1, "", Cancel));
            Assert.Null((await app.Dispatch.RunNowAsync(scenario, schedule.Id, Cancel)).After);
        }

        using (app.Get<CurrentReach>().Enter(new Reach(1, Role.Viewer)))
        {
            Assert.Single(await store.ListAsync(scenario, Cancel));
            await Assert.ThrowsAsync<AccessRefusedException>(() => store.AddAsync(scenario, schedule.Plan, null, "", Cancel));
            await Assert.ThrowsAsync<AccessRefusedException>(() => store.DeleteAsync(scenario, schedule.Id, 1, "", Cancel));
            await using var context = await app.Get<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(Cancel);
            await Assert.ThrowsAsync<AccessRefusedException>(() => context.ReportSchedules.ExecuteDeleteAsync(Cancel));
        }

        Assert.Empty(app.Saved);
    }

    [Fact]
    public async Task Nothing_is_sent_of_a_scenario_that_was_deleted()
    {
        await using var app = await DispatchApp.StartAsync();
        var schedule = await app.ScheduleAsync(await app.StoreAsync());
        await app.Get<ScenarioStore>().DeleteAsync(schedule.ScenarioId, 1, Cancel);

        await app.RunAtAsync("2026-12-01 13:00");

        Assert.Empty(app.Saved);
    }

    [Fact]
    public async Task Old_reports_go_after_the_days_that_are_configured_and_nothing_else()
    {
        await using var app = await DispatchApp.StartAsync(("Reports:KeepDays", "10"));
        var schedule = await app.ScheduleAsync(await app.StoreAsync());
        await app.RunAtAsync("2026-12-01 13:00");
        var first = Assert.Single(app.Saved);
        string[] others = ["budget.pdf", "x_v1_20200101-000000Z.csv", first.Replace(".csv", ".txt", StringComparison.Ordinal)];
        foreach (var other in others)
            await File.WriteAllTextAsync(Path.Combine(app.Reports, other), "mine", Cancel);

        await app.RunAtAsync("2026-12-11 13:00");
        Assert.Contains(first, app.Saved);
        await app.RunAtAsync("2026-12-12 13:00");

        Assert.DoesNotContain(first, app.Saved);
        Assert.All(others, other => Assert.Contains(other, app.Saved));
        Assert.Equal(5, app.Saved.Length);
        Assert.Equal(Utc("2026-12-13 13:00"), (await app.StateAsync(schedule)).NextUtc);
    }

    [Fact]
    public async Task Two_reports_of_the_same_second_do_not_write_over_each_other()
    {
        await using var app = await DispatchApp.StartAsync();
        var scenario = await app.StoreAsync();
        foreach (var schedule in new[] { await app.ScheduleAsync(scenario), await app.ScheduleAsync(scenario) })
            await app.Dispatch.RunNowAsync(scenario, schedule.Id, Cancel);

        Assert.Equal([$"High-volume-chat_{scenario}_v1_20261201-120000Z-2.csv", $"High-volume-chat_{scenario}_v1_20261201-120000Z.csv"], app.Saved);
    }

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
