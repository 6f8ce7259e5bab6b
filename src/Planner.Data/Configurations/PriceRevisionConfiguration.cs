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
        builder.HasOne<PriceRow>().WithMany().HasForeignKey(revision => revision.PriceKey).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<FeedRunRow>().WithMany().HasForeignKey(revision => revision.FeedRunId).OnDelete(DeleteBehavior.Restrict);
    }
}
