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
        builder.HasIndex(row => row.Action);
        builder.HasIndex(row => row.AtUtc);
        // The log is searched for a part of a name, for which the index is read instead of the rows.
        builder.HasIndex(row => row.Who);
    }
}
