using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class ScenarioRowConfiguration : IEntityTypeConfiguration<ScenarioRow>
{
    public void Configure(EntityTypeBuilder<ScenarioRow> builder)
    {
        builder.ToTable("Scenarios");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.WorkspaceId);
        builder.Property(row => row.WorkspaceId).HasDefaultValue(WorkspaceRow.FirstId);
        builder.Property(row => row.CurrentVersion).IsConcurrencyToken();
        builder.HasIndex(row => row.UpdatedUtc);
    }
}
