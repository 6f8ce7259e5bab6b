using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class PriceFeeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PriceRevisions_PriceKey",
                table: "PriceRevisions");

            migrationBuilder.AddColumn<double>(
                name: "InterruptionShare",
                table: "Instances",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WarningsJson",
                table: "Instances",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ZonesJson",
                table: "Instances",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Alerts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ScenarioId = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    FeedRunId = table.Column<long>(type: "INTEGER", nullable: true),
                    RaisedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    BeforeJson = table.Column<string>(type: "TEXT", nullable: false),
                    AfterJson = table.Column<string>(type: "TEXT", nullable: false),
                    CausesJson = table.Column<string>(type: "TEXT", nullable: false),
                    SeenUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Webhook = table.Column<string>(type: "TEXT", nullable: true)
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
                name: "InstanceQuotes",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    PricesJson = table.Column<string>(type: "TEXT", nullable: false),
                    DatedJson = table.Column<string>(type: "TEXT", nullable: true),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    InstanceKey = table.Column<string>(type: "TEXT", nullable: false),
                    EffectiveFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    PricesJson = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    RecordedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FeedRunId = table.Column<long>(type: "INTEGER", nullable: true)
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
                name: "PriceQuotes",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    PricesJson = table.Column<string>(type: "TEXT", nullable: false),
                    DatedJson = table.Column<string>(type: "TEXT", nullable: true),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FetchedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                name: "Quarantine",
                columns: table => new
                {
                    FeedId = table.Column<string>(type: "TEXT", nullable: false),
                    SourceKey = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    RowJson = table.Column<string>(type: "TEXT", nullable: true),
                    FirstSeenUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeenUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Decision = table.Column<string>(type: "TEXT", nullable: true),
                    DecidedUtc = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Quarantine", x => new { x.FeedId, x.SourceKey });
                });

            migrationBuilder.CreateIndex(
                name: "IX_PriceRevisions_PriceKey_EffectiveFrom",
                table: "PriceRevisions",
                columns: new[] { "PriceKey", "EffectiveFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_Instances_Gpu",
                table: "Instances",
                column: "Gpu");

            migrationBuilder.CreateIndex(
                name: "IX_Alerts_ScenarioId_Id",
                table: "Alerts",
                columns: new[] { "ScenarioId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_InstanceRevisions_FeedRunId",
                table: "InstanceRevisions",
                column: "FeedRunId");

            migrationBuilder.CreateIndex(
                name: "IX_InstanceRevisions_InstanceKey_EffectiveFrom",
                table: "InstanceRevisions",
                columns: new[] { "InstanceKey", "EffectiveFrom" });

            // Instances had no history so far; what they cost now is its beginning.
            migrationBuilder.Sql(
                """
                INSERT INTO InstanceRevisions (InstanceKey, EffectiveFrom, PricesJson, Source, RecordedUtc, FetchedAtUtc)
                SELECT Key, AsOf,
                  COALESCE(OverrideJson, json_object('onDemandUsd', OnDemandNanos / 1e9, 'spotUsd', SpotNanos / 1e9, 'reserved1YUsd', Reserved1YNanos / 1e9, 'reserved3YUsd', Reserved3YNanos / 1e9)),
                  CASE WHEN OverrideJson IS NULL THEN Source ELSE 'user' END, COALESCE(FetchedAtUtc, UserEditedUtc, AsOf || ' 00:00:00'), FetchedAtUtc
                FROM Instances
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Alerts");

            migrationBuilder.DropTable(
                name: "InstanceQuotes");

            migrationBuilder.DropTable(
                name: "InstanceRevisions");

            migrationBuilder.DropTable(
                name: "PriceQuotes");

            migrationBuilder.DropTable(
                name: "Quarantine");

            migrationBuilder.DropIndex(
                name: "IX_PriceRevisions_PriceKey_EffectiveFrom",
                table: "PriceRevisions");

            migrationBuilder.DropIndex(
                name: "IX_Instances_Gpu",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "InterruptionShare",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "WarningsJson",
                table: "Instances");

            migrationBuilder.DropColumn(
                name: "ZonesJson",
                table: "Instances");

            migrationBuilder.CreateIndex(
                name: "IX_PriceRevisions_PriceKey",
                table: "PriceRevisions",
                column: "PriceKey");
        }
    }
}
