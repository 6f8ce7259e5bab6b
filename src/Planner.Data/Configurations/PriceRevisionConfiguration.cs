using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class PriceRevisionConfiguration : IEntityTypeConfiguration<PriceRevision>
{
    public void Configure(EntityTypeBuilder<PriceRevision> builder)
    {
        builder.ToTable("PriceRevisions");
        builder.HasKey(revision => revision.Id);
        builder.Property(revision => revision.Key).HasColumnName("PriceKey");
        // The price of a day is the last one before it.
        builder.HasIndex(revision => new { revision.Key, revision.EffectiveFrom });
        builder.HasOne<PriceRow>().WithMany().HasForeignKey(revision => revision.Key).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FeedRunRow>().WithMany().HasForeignKey(revision => revision.FeedRunId).OnDelete(DeleteBehavior.Restrict);
    }
}
