using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class UsageLinkRowConfiguration : IEntityTypeConfiguration<UsageLinkRow>
{
    public void Configure(EntityTypeBuilder<UsageLinkRow> builder)
    {
        builder.ToTable("UsageLinks");
        builder.HasKey(row => new { row.ScenarioId, row.OptionId });
        builder.HasOne<ScenarioRow>().WithMany().HasForeignKey(row => row.ScenarioId).OnDelete(DeleteBehavior.Restrict);
        // A measured workload may be deleted whatever refers to it.
        builder.HasOne<UsageSetRow>().WithMany().HasForeignKey(row => row.UsageSetId).OnDelete(DeleteBehavior.Cascade);
    }
}
