using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Audits;
using Planner.Data.Entities;
using Planner.Domain.Scenarios;

namespace Planner.Data.Actuals;

/// <summary>A measured workload whose rows are what an option of a scenario really used.</summary>
/// <param name="ScenarioId">The scenario.</param>
/// <param name="OptionId">The option.</param>
/// <param name="UsageSetId">The measured workload.</param>
/// <param name="Models">Only these models of it; empty for all.</param>
public sealed record UsageLink(string ScenarioId, string OptionId, long UsageSetId, IReadOnlyList<string> Models);

/// <summary>Which measured workloads options of scenarios really served, one an option. Safe to share; one context a call.</summary>
public sealed class UsageLinkStore(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
{
    /// <summary>A scenario's links, by option.</summary>
    public async Task<IReadOnlyList<UsageLink>> ListAsync(string scenarioId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.UsageLinks.AsNoTracking().Where(row => row.ScenarioId == scenarioId).OrderBy(row => row.OptionId).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new UsageLink(row.ScenarioId, row.OptionId, row.UsageSetId, JsonSerializer.Deserialize<IReadOnlyList<string>>(row.ModelsJson, ScenarioJson.Options)!))];
    }

    /// <summary>Links an option, in place of its link before.</summary>
    /// <returns>False where there is no such scenario or measured workload.</returns>
    public async Task<bool> SetAsync(UsageLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await context.Scenarios.AnyAsync(row => row.Id == link.ScenarioId && row.DeletedUtc == null, cancellationToken)
            || !await context.UsageSets.AnyAsync(row => row.Id == link.UsageSetId, cancellationToken))
        {
            return false;
        }

        var models = JsonSerializer.Serialize(link.Models, ScenarioJson.Options);
        if (await context.UsageLinks.SingleOrDefaultAsync(row => row.ScenarioId == link.ScenarioId && row.OptionId == link.OptionId, cancellationToken) is { } row)
            (row.UsageSetId, row.ModelsJson) = (link.UsageSetId, models);
        else
            context.Add(new UsageLinkRow { ScenarioId = link.ScenarioId, OptionId = link.OptionId, UsageSetId = link.UsageSetId, ModelsJson = models });
        context.Note(time, AuditActions.WorkloadLinked, Stores.ScenarioStore.SubjectOf(link.ScenarioId), $"{link.OptionId}: {Usage.UsageStore.SubjectOf(link.UsageSetId)}");
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Removes an option's link; false where it has none.</summary>
    public async Task<bool> RemoveAsync(string scenarioId, string optionId, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var removed = await context.UsageLinks.Where(row => row.ScenarioId == scenarioId && row.OptionId == optionId).ExecuteDeleteAsync(cancellationToken) == 1;
        await context.CommitNotedAsync(transaction, time, removed, AuditActions.WorkloadUnlinked, Stores.ScenarioStore.SubjectOf(scenarioId), optionId, cancellationToken);
        return removed;
    }
}
