using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Reports;
using Planner.Tests.Web.Accounts;
using Planner.Web.Jobs;
using Quartz;
using Xunit;

namespace Planner.Tests.Web.Jobs;

/// <summary>The job that sends reports, in the app with accounts as it is composed.</summary>
public sealed class SendReportsJobTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_is_due_every_minute_and_runs_what_is_due_in_every_workspace()
    {
        var admin = await _host.AddUserAsync("admin", Role.Admin);
        var workspaces = new[] { WorkspaceRow.FirstId, await _host.AddWorkspaceAsync("Other", admin) };
        await _host.Services.GetRequiredService<FeedSchedule>().ExecuteTask!;
        var reach = _host.Services.GetRequiredService<CurrentReach>();
        var schedules = _host.Services.GetRequiredService<ReportScheduleStore>();
        var added = new List<ReportSchedule>();
        foreach (var workspace in workspaces)
        {
            var scenario = await _host.StoreAsync(workspace);
            using var _ = reach.Enter(new Reach(workspace, Role.Editor));
            added.Add((await schedules.AddAsync(scenario, new ReportScheduleDraft("day", 8, null, null, null, ["csv"], null, true, []), DateTime.UnixEpoch, "", Cancel)).Added!);
        }

        var scheduler = await _host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancel);
        var trigger = Assert.IsAssignableFrom<ICronTrigger>(Assert.Single(await scheduler.GetTriggersOfJob(new JobKey("send", "reports"), Cancel)));
        await ActivatorUtilities.CreateInstance<SendReportsJob>(_host.Services).Execute(null!, Cancel);

        Assert.Equal("0 * * * * ?", trigger.CronExpressionString);
        using var all = reach.AsProgram();
        foreach (var schedule in added)
        {
            // Where the minute came just now, the schedule's own run does it.
            ReportScheduleState state;
            while ((state = (await schedules.FindAsync(schedule.ScenarioId, schedule.Id, Cancel))!.State).LastUtc is null)
                Cancel.ThrowIfCancellationRequested();
            // The app has no folder, which each of them says for itself.
            Assert.Contains("Reports:Folder", state.Fault, StringComparison.Ordinal);
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
