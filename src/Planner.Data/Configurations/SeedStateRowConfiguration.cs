using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class SeedStateRowConfiguration : IEntityTypeConfiguration<SeedStateRow>
{
    public void Configure(EntityTypeBuilder<SeedStateRow> builder)
    {
        builder.ToTable("SeedStates");
        builder.HasKey(row => row.FileName);
    }
}
