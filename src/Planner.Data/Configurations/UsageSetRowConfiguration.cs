using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class UsageSetRowConfiguration : IEntityTypeConfiguration<UsageSetRow>
{
    public void Configure(EntityTypeBuilder<UsageSetRow> builder)
    {
        builder.ToTable("UsageSets");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.WorkspaceId);
        builder.Property(row => row.WorkspaceId).HasDefaultValue(WorkspaceRow.FirstId);
        builder.HasMany(row => row.Imports).WithOne().HasForeignKey(import => import.SetId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class UsageImportRowConfiguration : IEntityTypeConfiguration<UsageImportRow>
{
    public void Configure(EntityTypeBuilder<UsageImportRow> builder)
    {
        builder.ToTable("UsageImports");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.SetId, row.Sha256 }).IsUnique();
    }
}
