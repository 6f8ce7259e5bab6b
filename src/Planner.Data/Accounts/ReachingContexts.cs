using Microsoft.EntityFrameworkCore;

namespace Planner.Data.Accounts;

/// <summary>The one place where contexts are made: each gets the reach of the call that asks for it.</summary>
internal sealed class ReachingContexts(IDbContextFactory<PlannerDbContext> contexts, CurrentReach reach) : IDbContextFactory<PlannerDbContext>
{
    /// <inheritdoc/>
    public PlannerDbContext CreateDbContext()
    {
        var context = contexts.CreateDbContext();
        context.Reach = reach.Value;
        return context;
    }

    /// <inheritdoc/>
    public async Task<PlannerDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
    {
        var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Reach = reach.Value;
        return context;
    }
}
