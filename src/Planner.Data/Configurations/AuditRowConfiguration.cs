using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Audits;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class AuditRowConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable(AuditLog.Table);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Subject);
        builder.HasIndex(row => row.WorkspaceId);
    }
}
