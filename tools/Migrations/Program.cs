using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Planner.Data;

// Start-up project of dotnet ef: it keeps the design-time packages out of the app. It does nothing when run.
return 0;

/// <summary>The context as the tools see it; no file is opened to add a migration.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PlannerDbContext>
{
    public PlannerDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PlannerDbContext>()
            .UseSqlite("Data Source=design-time.db", sqlite => sqlite.MigrationsAssembly(typeof(PlannerDbContext).Assembly.GetName().Name))
            .Options);
}
