using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class FeedRunRowConfiguration : IEntityTypeConfiguration<FeedRunRow>
{
    public void Configure(EntityTypeBuilder<FeedRunRow> builder)
    {
        builder.ToTable("FeedRuns");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.FeedId, row.StartedUtc });
    }
}
