using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Planner.Data.Entities;

namespace Planner.Data.Configurations;

internal sealed class UserRowConfiguration : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> builder)
    {
        builder.ToTable("Users");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.NormalizedName).IsUnique();
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasMany(row => row.Memberships).WithOne().HasForeignKey(member => member.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class WorkspaceRowConfiguration : IEntityTypeConfiguration<WorkspaceRow>
{
    public void Configure(EntityTypeBuilder<WorkspaceRow> builder)
    {
        builder.ToTable("Workspaces");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasData(new WorkspaceRow { Id = WorkspaceRow.FirstId, Name = "Default", CreatedUtc = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc) });
    }
}

internal sealed class MemberRowConfiguration : IEntityTypeConfiguration<MemberRow>
{
    public void Configure(EntityTypeBuilder<MemberRow> builder)
    {
        builder.ToTable("Members");
        builder.HasKey(row => new { row.UserId, row.WorkspaceId });
        builder.Property(row => row.Role).HasConversion<string>();
        builder.HasOne<WorkspaceRow>().WithMany().HasForeignKey(row => row.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class SessionRowConfiguration : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("Sessions");
        builder.HasKey(row => row.Id);
        builder.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ApiTokenRowConfiguration : IEntityTypeConfiguration<ApiTokenRow>
{
    public void Configure(EntityTypeBuilder<ApiTokenRow> builder)
    {
        builder.ToTable("ApiTokens");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.TokenHash).IsUnique();
        builder.Property(row => row.Scope).HasConversion<string>();
        builder.HasOne<UserRow>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<WorkspaceRow>().WithMany().HasForeignKey(row => row.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
    }
}
