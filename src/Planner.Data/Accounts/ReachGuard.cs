using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Planner.Data.Entities;

namespace Planner.Data.Accounts;

/// <summary>Refuses every change that the call's reach does not cover, whoever forgot to ask: what a context saves, and the statements that go past its tracker.</summary>
internal sealed partial class ReachGuard : DbCommandInterceptor
{
    private static readonly HashSet<Type> Parts =
    [
        typeof(ScenarioVersionRow), typeof(ShareLinkRow), typeof(AlertRow), typeof(FleetTargetRow), typeof(FleetHourRow), typeof(UsageLinkRow), typeof(UsageImportRow),
        typeof(ReportScheduleRow),
    ];

    /// <inheritdoc/>
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Check(command, eventData);
        return result;
    }

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return ValueTask.FromResult(result);
    }

    /// <summary>Refuses a row that the reach does not cover.</summary>
    internal static void Check(Reach reach, bool ofWorkspace)
    {
        if (!(ofWorkspace ? reach.MayEdit : reach.IsKeeper))
            throw new AccessRefusedException(ofWorkspace ? Texts.AccessRefusedEdit : Texts.AccessRefusedKeep);
    }

    /// <summary>True for what belongs to a workspace, itself or by what it is part of; a table that nobody thought of is the installation's.</summary>
    internal static bool IsOfWorkspace(Type row) =>
        typeof(IOfWorkspace).IsAssignableFrom(row) || Parts.Contains(row);

    private static void Check(DbCommand command, CommandEventData eventData)
    {
        if (eventData.Context is not PlannerDbContext { Reach.IsUnbounded: false } context || eventData.CommandSource is not (CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete))
            return;
        var table = Target().Match(command.CommandText).Groups["table"].Value;
        Check(context.Reach, context.Model.GetEntityTypes().Any(type => type.GetTableName() == table && IsOfWorkspace(type.ClrType)));
    }

    [GeneratedRegex(@"^\s*(UPDATE|DELETE\s+FROM)\s+""(?<table>[^""]+)""")]
    private static partial Regex Target();
}
