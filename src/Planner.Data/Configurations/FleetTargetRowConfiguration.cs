using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class FleetTargetRowConfiguration : IEntityTypeConfiguration<FleetTargetRow>
{
    public void Configure(EntityTypeBuilder<FleetTargetRow> builder)
    {
        builder.ToTable("FleetTargets");
        builder.HasKey(row => row.Id);
        builder.HasOne<ScenarioRow>().WithMany().HasForeignKey(row => row.ScenarioId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class FleetHourRowConfiguration : IEntityTypeConfiguration<FleetHourRow>
{
    public void Configure(EntityTypeBuilder<FleetHourRow> builder)
    {
        builder.ToTable("FleetHours");
        builder.HasKey(row => new { row.TargetId, row.Hour });
        builder.HasOne<FleetTargetRow>().WithMany().HasForeignKey(row => row.TargetId).OnDelete(DeleteBehavior.Cascade);
    }
}
