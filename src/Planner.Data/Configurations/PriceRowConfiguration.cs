using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class PriceRowConfiguration : IEntityTypeConfiguration<PriceRow>
{
    public void Configure(EntityTypeBuilder<PriceRow> builder)
    {
        builder.ToTable("Prices");
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.Seller);
    }
}
