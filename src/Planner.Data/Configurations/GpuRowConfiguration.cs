using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class GpuRowConfiguration : IEntityTypeConfiguration<GpuRow>
{
    public void Configure(EntityTypeBuilder<GpuRow> builder)
    {
        builder.ToTable("Gpus");
        builder.HasKey(row => row.Key);
    }
}
