using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class IdempotencyKeyRowConfiguration : IEntityTypeConfiguration<IdempotencyKeyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyKeyRow> builder)
    {
        builder.ToTable("IdempotencyKeys");
        builder.HasKey(row => row.KeyHash);
        builder.HasIndex(row => row.CreatedUtc);
        builder.HasIndex(row => row.UserId);
    }
}
