using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class InstanceRevisionConfiguration : IEntityTypeConfiguration<InstanceRevision>
{
    public void Configure(EntityTypeBuilder<InstanceRevision> builder)
    {
        builder.ToTable("InstanceRevisions");
        builder.HasKey(revision => revision.Id);
        builder.Property(revision => revision.Key).HasColumnName("InstanceKey");
        builder.HasIndex(revision => new { revision.Key, revision.EffectiveFrom });
        builder.HasOne<InstanceRow>().WithMany().HasForeignKey(revision => revision.Key).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FeedRunRow>().WithMany().HasForeignKey(revision => revision.FeedRunId).OnDelete(DeleteBehavior.Restrict);
    }
}
