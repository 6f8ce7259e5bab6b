using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
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

    public DbSet<SeedStateRow> SeedStates => Set<SeedStateRow>();

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RaiseVersions();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    /// <inheritdoc/>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RaiseVersions();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlannerDbContext).Assembly);
        modelBuilder.HasDbFunction(() => SqlJson.Number(default, default!)).HasName("json_extract").IsBuiltIn();
        modelBuilder.HasDbFunction(() => SqlJson.Text(default, default!)).HasName("json_extract").IsBuiltIn();
        modelBuilder.HasDbFunction(() => SqlJson.Length(default!)).HasName("json_array_length").IsBuiltIn();
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        // Decimals here are sizes of machines and models, never money; REAL sorts and filters where TEXT does not.
        configurationBuilder.Properties<decimal>().HaveConversion<double>();
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
        written => written.Kind == DateTimeKind.Local ? written.ToUniversalTime() : written,
        read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
}
