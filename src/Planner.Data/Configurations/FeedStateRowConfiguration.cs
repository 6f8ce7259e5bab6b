using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class FeedStateRowConfiguration : IEntityTypeConfiguration<FeedStateRow>
{
    public void Configure(EntityTypeBuilder<FeedStateRow> builder)
    {
        builder.ToTable("FeedStates");
        builder.HasKey(row => row.FeedId);
    }
}
