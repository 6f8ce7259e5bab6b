using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;
using Planner.Domain.Catalogs;

namespace Planner.Data.Configurations;

internal abstract class FactRowConfiguration<TFacts>(string table) : IEntityTypeConfiguration<FactRow<TFacts>> where TFacts : CatalogFacts
{
    public void Configure(EntityTypeBuilder<FactRow<TFacts>> builder)
    {
        builder.ToTable(table);
        builder.HasKey(row => row.Key);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class ModelRowConfiguration() : FactRowConfiguration<LanguageModel>("Models");

internal sealed class GpuRowConfiguration() : FactRowConfiguration<Gpu>("Gpus");

internal sealed class EngineRowConfiguration() : FactRowConfiguration<InferenceEngine>("Engines");
