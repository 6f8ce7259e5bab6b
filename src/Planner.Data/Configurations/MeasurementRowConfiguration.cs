using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class MeasurementRowConfiguration : IEntityTypeConfiguration<MeasurementRow>
{
    public void Configure(EntityTypeBuilder<MeasurementRow> builder)
    {
        builder.ToTable("Measurements");
        builder.HasKey(row => row.Id);
        builder.ComplexProperty(row => row.Deployment);
        builder.HasIndex(row => row.Sha256);
        builder.HasMany(row => row.Points).WithOne().HasForeignKey(point => point.MeasurementId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class MeasurementPointRowConfiguration : IEntityTypeConfiguration<MeasurementPointRow>
{
    public void Configure(EntityTypeBuilder<MeasurementPointRow> builder)
    {
        builder.ToTable("MeasurementPoints");
        builder.HasKey(point => point.Id);
        builder.HasIndex(point => new { point.MeasurementId, point.Row }).IsUnique();
    }
}

internal sealed class CorrectionRowConfiguration : IEntityTypeConfiguration<CorrectionRow>
{
    public void Configure(EntityTypeBuilder<CorrectionRow> builder)
    {
        builder.ToTable("Corrections");
        builder.HasKey(row => row.Key);
        builder.ComplexProperty(row => row.Deployment);
    }
}
