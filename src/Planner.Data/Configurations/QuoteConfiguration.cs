using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class PriceQuoteConfiguration : IEntityTypeConfiguration<PriceQuote>
{
    public void Configure(EntityTypeBuilder<PriceQuote> builder)
    {
        builder.ToTable("PriceQuotes");
        builder.HasKey(quote => new { quote.Key, quote.FeedId });
        builder.HasOne<PriceRow>().WithMany().HasForeignKey(quote => quote.Key).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class InstanceQuoteConfiguration : IEntityTypeConfiguration<InstanceQuote>
{
    public void Configure(EntityTypeBuilder<InstanceQuote> builder)
    {
        builder.ToTable("InstanceQuotes");
        builder.HasKey(quote => new { quote.Key, quote.FeedId });
        builder.HasOne<InstanceRow>().WithMany().HasForeignKey(quote => quote.Key).OnDelete(DeleteBehavior.Restrict);
    }
}
