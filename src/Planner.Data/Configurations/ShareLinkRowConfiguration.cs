using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class ShareLinkRowConfiguration : IEntityTypeConfiguration<ShareLinkRow>
{
    public void Configure(EntityTypeBuilder<ShareLinkRow> builder)
    {
        builder.ToTable("ShareLinks");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.TokenHash).IsUnique();
        builder.HasOne<ScenarioRow>().WithMany().HasForeignKey(row => row.ScenarioId).OnDelete(DeleteBehavior.Restrict);
    }
}
