using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;

namespace Planner.Data;

/// <summary>The database. Only stores, feeds and the start-up use it, one context a call.</summary>
public sealed class PlannerDbContext(DbContextOptions<PlannerDbContext> options) : DbContext(options)
{
    public DbSet<PriceRow> Prices => Set<PriceRow>();

    public DbSet<PriceRevision> PriceRevisions => Set<PriceRevision>();

    public DbSet<InstanceRow> Instances => Set<InstanceRow>();

    public DbSet<InstanceRevision> InstanceRevisions => Set<InstanceRevision>();

    public DbSet<PriceQuote> PriceQuotes => Set<PriceQuote>();

    public DbSet<InstanceQuote> InstanceQuotes => Set<InstanceQuote>();

    public DbSet<QuarantineRow> Quarantine => Set<QuarantineRow>();

    public DbSet<AlertRow> Alerts => Set<AlertRow>();

    public DbSet<FactRow<LanguageModel>> Models => Set<FactRow<LanguageModel>>();

    public DbSet<FactRow<Gpu>> Gpus => Set<FactRow<Gpu>>();

    public DbSet<FactRow<InferenceEngine>> Engines => Set<FactRow<InferenceEngine>>();

    public DbSet<ScenarioRow> Scenarios => Set<ScenarioRow>();

    public DbSet<ScenarioVersionRow> ScenarioVersions => Set<ScenarioVersionRow>();

    public DbSet<ShareLinkRow> ShareLinks => Set<ShareLinkRow>();

    public DbSet<FeedRunRow> FeedRuns => Set<FeedRunRow>();

    public DbSet<PriceListRow> PriceLists => Set<PriceListRow>();

    public DbSet<FeedStateRow> FeedStates => Set<FeedStateRow>();

    public DbSet<MeasurementRow> Measurements => Set<MeasurementRow>();

    public DbSet<CorrectionRow> Corrections => Set<CorrectionRow>();

    public DbSet<UsageSetRow> UsageSets => Set<UsageSetRow>();

    public DbSet<UsageImportRow> UsageImports => Set<UsageImportRow>();

    public DbSet<UsageLinkRow> UsageLinks => Set<UsageLinkRow>();

    public DbSet<FleetTargetRow> FleetTargets => Set<FleetTargetRow>();

    public DbSet<FleetHourRow> FleetHours => Set<FleetHourRow>();

    public DbSet<ReportScheduleRow> ReportSchedules => Set<ReportScheduleRow>();

    public DbSet<SeedStateRow> SeedStates => Set<SeedStateRow>();

    public DbSet<UserRow> Users => Set<UserRow>();

    public DbSet<WorkspaceRow> Workspaces => Set<WorkspaceRow>();

    public DbSet<MemberRow> Members => Set<MemberRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<ApiTokenRow> ApiTokens => Set<ApiTokenRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<IdempotencyKeyRow> IdempotencyKeys => Set<IdempotencyKeyRow>();

    /// <summary>What this context sees and may change, from the call that it was made for.</summary>
    internal Reach Reach { get; set; } = Reach.All;

    /// <summary>A context for the tools that write migrations.</summary>
    /// <param name="database">The kind of database that they are for.</param>
    public static PlannerDbContext AtDesignTime(DatabaseSettings database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new((DbContextOptions<PlannerDbContext>)database.Use(new DbContextOptionsBuilder<PlannerDbContext>()).Options);
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardChanges();
        RaiseVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardChanges();
        RaiseVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlannerDbContext).Assembly);
        FilterByWorkspace(modelBuilder);
        SqlTranslations.Apply(modelBuilder, Database.IsNpgsql());
        if (Database.IsNpgsql())
            modelBuilder.Entity<KeyRow>().ToTable("Keys");
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        // Decimals here are sizes of machines and models, never money; REAL sorts and filters where TEXT does not.
        configurationBuilder.Properties<decimal>().HaveConversion<double>();
        // Texts are compared byte by byte, as SQLite does, whatever language the server was set up with.
        if (Database.IsNpgsql())
            configurationBuilder.Properties<string>().UseCollation("C");
    }

    /// <summary>The one place that keeps workspaces apart. What is part of a scenario or of a measured workload is seen with it.</summary>
    private void FilterByWorkspace(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ScenarioRow>().HasQueryFilter(row => Reach.IsUnbounded || row.WorkspaceId == Reach.WorkspaceId);
        modelBuilder.Entity<ScenarioVersionRow>().HasQueryFilter(row => Reach.IsUnbounded || Scenarios.Any(scenario => scenario.Id == row.ScenarioId));
        modelBuilder.Entity<ShareLinkRow>().HasQueryFilter(row => Reach.IsUnbounded || Scenarios.Any(scenario => scenario.Id == row.ScenarioId));
        modelBuilder.Entity<AlertRow>().HasQueryFilter(row => Reach.IsUnbounded || Scenarios.Any(scenario => scenario.Id == row.ScenarioId));
        modelBuilder.Entity<FleetTargetRow>().HasQueryFilter(row => Reach.IsUnbounded || Scenarios.Any(scenario => scenario.Id == row.ScenarioId));
        modelBuilder.Entity<FleetHourRow>().HasQueryFilter(row => Reach.IsUnbounded || FleetTargets.Any(target => target.Id == row.TargetId));
        modelBuilder.Entity<ReportScheduleRow>().HasQueryFilter(row => Reach.IsUnbounded || Scenarios.Any(scenario => scenario.Id == row.ScenarioId));
        modelBuilder.Entity<UsageLinkRow>().HasQueryFilter(row => Reach.IsUnbounded || Scenarios.Any(scenario => scenario.Id == row.ScenarioId));
        modelBuilder.Entity<UsageSetRow>().HasQueryFilter(row => Reach.IsUnbounded || row.WorkspaceId == Reach.WorkspaceId);
        modelBuilder.Entity<UsageImportRow>().HasQueryFilter(row => Reach.IsUnbounded || UsageSets.Any(set => set.Id == row.SetId));
        modelBuilder.Entity<AuditRow>().HasQueryFilter(row => Reach.IsUnbounded || Reach.IsKeeper || (Reach.MayAdminister && row.WorkspaceId == Reach.WorkspaceId));
    }

    private void GuardChanges()
    {
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            // Whatever a call does is noted, what it may do or not; the database itself refuses all else.
            if (entry is { State: EntityState.Added, Entity: AuditRow })
                continue;
            ReachGuard.Check(Reach, ReachGuard.IsOfWorkspace(entry.Metadata.ClrType));
            if (entry is { State: EntityState.Added, Entity: IOfWorkspace { WorkspaceId: 0 } added })
                added.WorkspaceId = Reach.WorkspaceId ?? WorkspaceRow.FirstId;
        }
    }

    private void RaiseVersions()
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State == EntityState.Modified)
                entry.Entity.Version++;
        }
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        written => written.Kind == DateTimeKind.Local ? written.ToUniversalTime() : DateTime.SpecifyKind(written, DateTimeKind.Utc),
        read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
}
