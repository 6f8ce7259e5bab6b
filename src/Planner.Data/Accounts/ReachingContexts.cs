using Microsoft.EntityFrameworkCore;

namespace Planner.Data.Accounts;

/// <summary>The one place where contexts are made: each gets the reach of the call that asks for it, and saves in transactions.</summary>
internal sealed class ReachingContexts(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach) : IDbContextFactory<PlannerDbContext>
{
    /// <inheritdoc/>
    public PlannerDbContext CreateDbContext() => Prepared(contexts.CreateDbContext());

    /// <inheritdoc/>
    public async Task<PlannerDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) => Prepared(await contexts.CreateDbContextAsync(cancellationToken));

    private PlannerDbContext Prepared(PlannerDbContext context)
    {
        context.Reach = reach.Value;
        // Also around one statement: a turn to write belongs to a transaction.
        context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        return context;
    }
}
