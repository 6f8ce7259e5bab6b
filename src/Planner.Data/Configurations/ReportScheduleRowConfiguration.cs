using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class ReportScheduleRowConfiguration : IEntityTypeConfiguration<ReportScheduleRow>
{
    public void Configure(EntityTypeBuilder<ReportScheduleRow> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.NextUtc);
        builder.HasOne<ScenarioRow>().WithMany().HasForeignKey(row => row.ScenarioId).OnDelete(DeleteBehavior.Restrict);
    }
}
