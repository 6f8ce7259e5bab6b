using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class InstanceRowConfiguration : IEntityTypeConfiguration<InstanceRow>
{
    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        builder.ToTable("Instances");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.Cloud);
        builder.HasIndex(row => row.Gpu);
    }
}
