using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class ScenarioVersionRowConfiguration : IEntityTypeConfiguration<ScenarioVersionRow>
{
    public void Configure(EntityTypeBuilder<ScenarioVersionRow> builder)
    {
        builder.ToTable("ScenarioVersions");
        builder.HasKey(row => new { row.ScenarioId, row.Version });
        builder.HasOne<ScenarioRow>().WithMany().HasForeignKey(row => row.ScenarioId).OnDelete(DeleteBehavior.Restrict);
    }
}
