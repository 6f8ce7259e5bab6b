using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Planner.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Audit",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: true),
                    UserId = table.Column<long>(type: "bigint", nullable: true),
                    Who = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Means = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Action = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Detail = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Audit", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Corrections",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OutputFactor = table.Column<double>(type: "double precision", nullable: true),
                    TtftFactor = table.Column<double>(type: "double precision", nullable: true),
                    ItlFactor = table.Column<double>(type: "double precision", nullable: true),
                    Points = table.Column<int>(type: "integer", nullable: false),
                    FittedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Deployment_DataParallel = table.Column<int>(type: "integer", nullable: false),
                    Deployment_Engine = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_Gpu = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_KvPrecision = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_Model = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_PipelineParallel = table.Column<int>(type: "integer", nullable: false),
                    Deployment_Precision = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_TensorParallel = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Corrections", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Engines",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FactsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OverrideJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserEditedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UserNote = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RetiredUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RetiredBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Engines", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "FeedRuns",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    FeedId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Trigger = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    StartedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DurationMs = table.Column<long>(type: "bigint", nullable: false),
                    Status = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RowsRead = table.Column<int>(type: "integer", nullable: false),
                    Published = table.Column<int>(type: "integer", nullable: false),
                    Added = table.Column<int>(type: "integer", nullable: false),
                    Changed = table.Column<int>(type: "integer", nullable: false),
                    Retired = table.Column<int>(type: "integer", nullable: false),
                    Unavailable = table.Column<int>(type: "integer", nullable: false),
                    Warnings = table.Column<int>(type: "integer", nullable: false),
                    Currency = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    QuarantinedJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ChangesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceAsOf = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FeedStates",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ETag = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    LastModified = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ContentSha256 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    LastGoodRunId = table.Column<long>(type: "bigint", nullable: true),
                    LastGoodUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Cron = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedStates", x => x.FeedId);
                });

            migrationBuilder.CreateTable(
                name: "Gpus",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FactsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OverrideJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserEditedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UserNote = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RetiredUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RetiredBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Gpus", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "IdempotencyKeys",
                columns: table => new
                {
                    KeyHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UserId = table.Column<long>(type: "bigint", nullable: true),
                    Fingerprint = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    ContentType = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Location = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EntityTag = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Body = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotencyKeys", x => x.KeyHash);
                });

            migrationBuilder.CreateTable(
                name: "Instances",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Cloud = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Region = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Gpu = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    GpuCount = table.Column<int>(type: "integer", nullable: false),
                    GpuMemoryGb = table.Column<double>(type: "double precision", nullable: false),
                    Vcpus = table.Column<int>(type: "integer", nullable: true),
                    MemoryGb = table.Column<double>(type: "double precision", nullable: true),
                    OnDemandNanos = table.Column<long>(type: "bigint", nullable: true),
                    SpotNanos = table.Column<long>(type: "bigint", nullable: true),
                    Reserved1YNanos = table.Column<long>(type: "bigint", nullable: true),
                    Reserved3YNanos = table.Column<long>(type: "bigint", nullable: true),
                    ZonesJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    InterruptionShare = table.Column<double>(type: "double precision", nullable: true),
                    WarningsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OverrideJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserEditedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UserNote = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RetiredUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RetiredBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Instances", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Measurements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Tool = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FileName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Sha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ImportedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Note = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DeletedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Deployment_DataParallel = table.Column<int>(type: "integer", nullable: false),
                    Deployment_Engine = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_Gpu = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_KvPrecision = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_Model = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_PipelineParallel = table.Column<int>(type: "integer", nullable: false),
                    Deployment_Precision = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Deployment_TensorParallel = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Measurements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Models",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FactsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OverrideJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserEditedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UserNote = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RetiredUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RetiredBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Models", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "PriceLists",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MappingJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Prices",
                columns: table => new
                {
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Seller = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Mode = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ContextTokens = table.Column<int>(type: "integer", nullable: true),
                    DeprecatedFrom = table.Column<DateOnly>(type: "date", nullable: true),
                    InputNanos = table.Column<long>(type: "bigint", nullable: true),
                    OutputNanos = table.Column<long>(type: "bigint", nullable: true),
                    CacheReadNanos = table.Column<long>(type: "bigint", nullable: true),
                    CacheWriteNanos = table.Column<long>(type: "bigint", nullable: true),
                    BatchInputNanos = table.Column<long>(type: "bigint", nullable: true),
                    BatchOutputNanos = table.Column<long>(type: "bigint", nullable: true),
                    TiersJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    WarningsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Origin = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    OverrideJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    UserEditedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UserNote = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RetiredUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RetiredBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Prices", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Quarantine",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RowJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FirstSeenUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastSeenUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Decision = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DecidedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Quarantine", x => new { x.FeedId, x.SourceKey });
                });

            migrationBuilder.CreateTable(
                name: "Scenarios",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CurrentVersion = table.Column<int>(type: "integer", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UpdatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DeletedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    IsExample = table.Column<bool>(type: "boolean", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false, defaultValue: 1L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Scenarios", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SeedStates",
                columns: table => new
                {
                    FileName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ContentSha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SeededUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SeedStates", x => x.FileName);
                });

            migrationBuilder.CreateTable(
                name: "UsageSets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Database = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ProfileJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    MeasuredUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false, defaultValue: 1L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageSets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Users",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    NormalizedName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PasswordHash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    IsProxied = table.Column<bool>(type: "boolean", nullable: false),
                    SecurityStamp = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FailedTries = table.Column<int>(type: "integer", nullable: false),
                    LockedUntilUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AuthenticatorKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsksForCode = table.Column<bool>(type: "boolean", nullable: false),
                    RecoveryCodes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    LastCodeStep = table.Column<long>(type: "bigint", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ClosedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Users", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Workspaces",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Workspaces", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "InstanceQuotes",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    WarningsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PricesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DatedJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InstanceQuotes", x => new { x.Key, x.FeedId });
                    table.ForeignKey(
                        name: "FK_InstanceQuotes_Instances_Key",
                        column: x => x.Key,
                        principalTable: "Instances",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InstanceRevisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    InstanceKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EffectiveFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    PricesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RecordedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FeedRunId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InstanceRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InstanceRevisions_FeedRuns_FeedRunId",
                        column: x => x.FeedRunId,
                        principalTable: "FeedRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_InstanceRevisions_Instances_InstanceKey",
                        column: x => x.InstanceKey,
                        principalTable: "Instances",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MeasurementPoints",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    MeasurementId = table.Column<long>(type: "bigint", nullable: false),
                    Row = table.Column<int>(type: "integer", nullable: false),
                    InputTokens = table.Column<double>(type: "double precision", nullable: false),
                    OutputTokens = table.Column<double>(type: "double precision", nullable: false),
                    Concurrency = table.Column<double>(type: "double precision", nullable: true),
                    RequestsPerSecond = table.Column<double>(type: "double precision", nullable: true),
                    OutputTokensPerSecond = table.Column<double>(type: "double precision", nullable: false),
                    TtftSeconds = table.Column<double>(type: "double precision", nullable: true),
                    ItlSeconds = table.Column<double>(type: "double precision", nullable: true),
                    TakenOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Note = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MeasurementPoints", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MeasurementPoints_Measurements_MeasurementId",
                        column: x => x.MeasurementId,
                        principalTable: "Measurements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceQuotes",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SourceKey = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SourceUrl = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    WarningsJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PricesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DatedJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceQuotes", x => new { x.Key, x.FeedId });
                    table.ForeignKey(
                        name: "FK_PriceQuotes_Prices_Key",
                        column: x => x.Key,
                        principalTable: "Prices",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "PriceRevisions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PriceKey = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EffectiveFrom = table.Column<DateOnly>(type: "date", nullable: false),
                    PricesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Source = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RecordedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FeedRunId = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PriceRevisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PriceRevisions_FeedRuns_FeedRunId",
                        column: x => x.FeedRunId,
                        principalTable: "FeedRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PriceRevisions_Prices_PriceKey",
                        column: x => x.PriceKey,
                        principalTable: "Prices",
                        principalColumn: "Key",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ScenarioId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    FeedRunId = table.Column<long>(type: "bigint", nullable: true),
                    RaisedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    BeforeJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AfterJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CausesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SeenUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClosedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Webhook = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Alerts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Alerts_Scenarios_ScenarioId",
                        column: x => x.ScenarioId,
                        principalTable: "Scenarios",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FleetTargets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ScenarioId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OptionId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AddressesJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Selector = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Instances = table.Column<double>(type: "double precision", nullable: true),
                    IntervalMinutes = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    TriedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReadUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Engine = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Replicas = table.Column<int>(type: "integer", nullable: false),
                    SnapshotJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Fault = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FaultSinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    MeasuredToHour = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FleetTargets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FleetTargets_Scenarios_ScenarioId",
                        column: x => x.ScenarioId,
                        principalTable: "Scenarios",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReportSchedules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ScenarioId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Every = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hour = table.Column<int>(type: "integer", nullable: true),
                    Weekday = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Day = table.Column<int>(type: "integer", nullable: true),
                    Cron = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    FormatsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Paper = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ToFolder = table.Column<bool>(type: "boolean", nullable: false),
                    RecipientsJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    NextUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    BeganUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RunUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Outcome = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Fault = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    IsUnsure = table.Column<bool>(type: "boolean", nullable: false),
                    FaultSinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    ReachedJson = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportSchedules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReportSchedules_Scenarios_ScenarioId",
                        column: x => x.ScenarioId,
                        principalTable: "Scenarios",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ScenarioVersions",
                columns: table => new
                {
                    ScenarioId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    DocumentJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SnapshotJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    ResultJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EngineVersion = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SavedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SavedBy = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScenarioVersions", x => new { x.ScenarioId, x.Version });
                    table.ForeignKey(
                        name: "FK_ScenarioVersions_Scenarios_ScenarioId",
                        column: x => x.ScenarioId,
                        principalTable: "Scenarios",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ShareLinks",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ScenarioId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<int>(type: "integer", nullable: true),
                    TokenHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RevokedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ExpiresUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    PasscodeHash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AllowsWhatIf = table.Column<bool>(type: "boolean", nullable: false),
                    ViewCount = table.Column<int>(type: "integer", nullable: false),
                    LastOpenedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShareLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ShareLinks_Scenarios_ScenarioId",
                        column: x => x.ScenarioId,
                        principalTable: "Scenarios",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UsageImports",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SetId = table.Column<long>(type: "bigint", nullable: false),
                    FileName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Sha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Bytes = table.Column<long>(type: "bigint", nullable: false),
                    Format = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    MappingJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Rows = table.Column<long>(type: "bigint", nullable: false),
                    Counted = table.Column<long>(type: "bigint", nullable: false),
                    Duplicates = table.Column<long>(type: "bigint", nullable: false),
                    AlreadyThere = table.Column<long>(type: "bigint", nullable: false),
                    SkippedJson = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    FromUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ToUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ImportedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RowsFile = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageImports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UsageImports_UsageSets_SetId",
                        column: x => x.SetId,
                        principalTable: "UsageSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "UsageLinks",
                columns: table => new
                {
                    ScenarioId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    OptionId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UsageSetId = table.Column<long>(type: "bigint", nullable: false),
                    ModelsJson = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UsageLinks", x => new { x.ScenarioId, x.OptionId });
                    table.ForeignKey(
                        name: "FK_UsageLinks_Scenarios_ScenarioId",
                        column: x => x.ScenarioId,
                        principalTable: "Scenarios",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_UsageLinks_UsageSets_UsageSetId",
                        column: x => x.UsageSetId,
                        principalTable: "UsageSets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Sessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    BegunUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Sessions_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ApiTokens",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    TokenHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Scope = table.Column<string>(type: "text", nullable: false),
                    CreatedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ExpiresUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LastUsedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RevokedUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ApiTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ApiTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ApiTokens_Workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "Workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Members",
                columns: table => new
                {
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Role = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Members", x => new { x.UserId, x.WorkspaceId });
                    table.ForeignKey(
                        name: "FK_Members_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Members_Workspaces_WorkspaceId",
                        column: x => x.WorkspaceId,
                        principalTable: "Workspaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FleetHours",
                columns: table => new
                {
                    TargetId = table.Column<long>(type: "bigint", nullable: false),
                    Hour = table.Column<long>(type: "bigint", nullable: false),
                    Seconds = table.Column<double>(type: "double precision", nullable: false),
                    PromptTokens = table.Column<double>(type: "double precision", nullable: true),
                    GeneratedTokens = table.Column<double>(type: "double precision", nullable: true),
                    Requests = table.Column<double>(type: "double precision", nullable: true),
                    RunningSeconds = table.Column<double>(type: "double precision", nullable: true),
                    WaitingSeconds = table.Column<double>(type: "double precision", nullable: true),
                    KvShareSeconds = table.Column<double>(type: "double precision", nullable: true),
                    PrefixQueries = table.Column<double>(type: "double precision", nullable: true),
                    PrefixHits = table.Column<double>(type: "double precision", nullable: true),
                    LeastWaiting = table.Column<double>(type: "double precision", nullable: true),
                    ReplicaSeconds = table.Column<double>(type: "double precision", nullable: false),
                    TtftJson = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ItlJson = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FleetHours", x => new { x.TargetId, x.Hour });
                    table.ForeignKey(
                        name: "FK_FleetHours_FleetTargets_TargetId",
                        column: x => x.TargetId,
                        principalTable: "FleetTargets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "Workspaces",
                columns: new[] { "Id", "CreatedUtc", "Name" },
                values: new object[] { 1L, new DateTime(2026, 11, 21, 0, 0, 0, 0, DateTimeKind.Utc), "Default" });

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_ScenarioId_Id",
                table: "Alerts",
                columns: new[] { "ScenarioId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_TokenHash",
                table: "ApiTokens",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_UserId",
                table: "ApiTokens",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_ApiTokens_WorkspaceId",
                table: "ApiTokens",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Action",
                table: "Audit",
                column: "Action");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_AtUtc",
                table: "Audit",
                column: "AtUtc");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Subject",
                table: "Audit",
                column: "Subject");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_Who",
                table: "Audit",
                column: "Who");

            migrationBuilder.CreateIndex(
                name: "IX_Audit_WorkspaceId",
                table: "Audit",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_FeedRuns_FeedId_StartedUtc",
                table: "FeedRuns",
                columns: new[] { "FeedId", "StartedUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_FleetTargets_ScenarioId",
                table: "FleetTargets",
                column: "ScenarioId");

            migrationBuilder.CreateIndex(
                name: "IX_IdempotencyKeys_CreatedUtc",
                table: "IdempotencyKeys",
                column: "CreatedUtc");

            migrationBuilder.CreateIndex(
                name: "IX_IdempotencyKeys_UserId",
                table: "IdempotencyKeys",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_InstanceRevisions_FeedRunId",
                table: "InstanceRevisions",
                column: "FeedRunId");

            migrationBuilder.CreateIndex(
                name: "IX_InstanceRevisions_InstanceKey_EffectiveFrom",
                table: "InstanceRevisions",
                columns: new[] { "InstanceKey", "EffectiveFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_Instances_Cloud",
                table: "Instances",
                column: "Cloud");

            migrationBuilder.CreateIndex(
                name: "IX_Instances_Gpu",
                table: "Instances",
                column: "Gpu");

            migrationBuilder.CreateIndex(
                name: "IX_MeasurementPoints_MeasurementId_Row",
                table: "MeasurementPoints",
                columns: new[] { "MeasurementId", "Row" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Measurements_Sha256",
                table: "Measurements",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_Members_WorkspaceId",
                table: "Members",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceRevisions_FeedRunId",
                table: "PriceRevisions",
                column: "FeedRunId");

            migrationBuilder.CreateIndex(
                name: "IX_PriceRevisions_PriceKey_EffectiveFrom",
                table: "PriceRevisions",
                columns: new[] { "PriceKey", "EffectiveFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_Prices_Seller",
                table: "Prices",
                column: "Seller");

            migrationBuilder.CreateIndex(
                name: "IX_ReportSchedules_NextUtc",
                table: "ReportSchedules",
                column: "NextUtc");

            migrationBuilder.CreateIndex(
                name: "IX_ReportSchedules_ScenarioId",
                table: "ReportSchedules",
                column: "ScenarioId");

            migrationBuilder.CreateIndex(
                name: "IX_Scenarios_UpdatedUtc",
                table: "Scenarios",
                column: "UpdatedUtc");

            migrationBuilder.CreateIndex(
                name: "IX_Scenarios_WorkspaceId",
                table: "Scenarios",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_UserId",
                table: "Sessions",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_ShareLinks_ScenarioId",
                table: "ShareLinks",
                column: "ScenarioId");

            migrationBuilder.CreateIndex(
                name: "IX_ShareLinks_TokenHash",
                table: "ShareLinks",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UsageImports_SetId_Sha256",
                table: "UsageImports",
                columns: new[] { "SetId", "Sha256" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UsageLinks_UsageSetId",
                table: "UsageLinks",
                column: "UsageSetId");

            migrationBuilder.CreateIndex(
                name: "IX_UsageSets_WorkspaceId",
                table: "UsageSets",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_Users_NormalizedName",
                table: "Users",
                column: "NormalizedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Workspaces_Name",
                table: "Workspaces",
                column: "Name",
                unique: true);

            // The log is only added to, whoever asks the server.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION planner_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'entries of the audit log are neither changed nor removed' USING ERRCODE = 'restrict_violation'; END $$;
                CREATE TRIGGER "TR_Audit" BEFORE UPDATE OR DELETE OR TRUNCATE ON "Audit" FOR EACH STATEMENT EXECUTE FUNCTION planner_keep_audit();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "ApiTokens");

            migrationBuilder.DropTable(
                name: "Audit");

            migrationBuilder.DropTable(
                name: "Corrections");

            migrationBuilder.DropTable(
                name: "Engines");

            migrationBuilder.DropTable(
                name: "FeedStates");

            migrationBuilder.DropTable(
                name: "FleetHours");

            migrationBuilder.DropTable(
                name: "Gpus");

            migrationBuilder.DropTable(
                name: "IdempotencyKeys");

            migrationBuilder.DropTable(
                name: "InstanceQuotes");

            migrationBuilder.DropTable(
                name: "InstanceRevisions");

            migrationBuilder.DropTable(
                name: "MeasurementPoints");

            migrationBuilder.DropTable(
                name: "Members");

            migrationBuilder.DropTable(
                name: "Models");

            migrationBuilder.DropTable(
                name: "PriceLists");

            migrationBuilder.DropTable(
                name: "PriceQuotes");

            migrationBuilder.DropTable(
                name: "PriceRevisions");

            migrationBuilder.DropTable(
                name: "Quarantine");

            migrationBuilder.DropTable(
                name: "ReportSchedules");

            migrationBuilder.DropTable(
                name: "ScenarioVersions");

            migrationBuilder.DropTable(
                name: "SeedStates");

            migrationBuilder.DropTable(
                name: "Sessions");

            migrationBuilder.DropTable(
                name: "ShareLinks");

            migrationBuilder.DropTable(
                name: "UsageImports");

            migrationBuilder.DropTable(
                name: "UsageLinks");

            migrationBuilder.DropTable(
                name: "FleetTargets");

            migrationBuilder.DropTable(
                name: "Instances");

            migrationBuilder.DropTable(
                name: "Measurements");

            migrationBuilder.DropTable(
                name: "Workspaces");

            migrationBuilder.DropTable(
                name: "FeedRuns");

            migrationBuilder.DropTable(
                name: "Prices");

            migrationBuilder.DropTable(
                name: "Users");

            migrationBuilder.DropTable(
                name: "UsageSets");

            migrationBuilder.DropTable(
                name: "Scenarios");

            migrationBuilder.Sql("DROP FUNCTION planner_keep_audit();");
        }
    }
}
