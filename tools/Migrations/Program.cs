using Microsoft.EntityFrameworkCore.Design;
using Planner.Data;

// Start-up project of dotnet ef: it keeps the design-time packages out of the app. It does nothing when run.
return 0;

/// <summary>The context as the tools see it: on SQLite, or on PostgreSQL after <c>-- PostgreSql</c>. Nothing is opened to add a migration.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PlannerDbContext>
{
    public PlannerDbContext CreateDbContext(string[] args) =>
        PlannerDbContext.AtDesignTime(args is ["PostgreSql", ..] ? DatabaseSettings.Server("Host=design-time;Database=planner") : DatabaseSettings.File("design-time.db"));
}
