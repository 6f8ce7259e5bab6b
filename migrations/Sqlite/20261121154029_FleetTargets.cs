using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class FleetTargets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "FleetTargets",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ScenarioId = table.Column<string>(type: "TEXT", nullable: false),
                    OptionId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    AddressesJson = table.Column<string>(type: "TEXT", nullable: false),
                    Selector = table.Column<string>(type: "TEXT", nullable: true),
                    Instances = table.Column<double>(type: "REAL", nullable: true),
                    IntervalMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    TriedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ReadUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Engine = table.Column<string>(type: "TEXT", nullable: true),
                    Replicas = table.Column<int>(type: "INTEGER", nullable: false),
                    SnapshotJson = table.Column<string>(type: "TEXT", nullable: true),
                    Fault = table.Column<string>(type: "TEXT", nullable: true),
                    FaultSinceUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    MeasuredToHour = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "UsageLinks",
                columns: table => new
                {
                    ScenarioId = table.Column<string>(type: "TEXT", nullable: false),
                    OptionId = table.Column<string>(type: "TEXT", nullable: false),
                    UsageSetId = table.Column<long>(type: "INTEGER", nullable: false),
                    ModelsJson = table.Column<string>(type: "TEXT", nullable: false)
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
                name: "FleetHours",
                columns: table => new
                {
                    TargetId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hour = table.Column<long>(type: "INTEGER", nullable: false),
                    Seconds = table.Column<double>(type: "REAL", nullable: false),
                    PromptTokens = table.Column<double>(type: "REAL", nullable: true),
                    GeneratedTokens = table.Column<double>(type: "REAL", nullable: true),
                    Requests = table.Column<double>(type: "REAL", nullable: true),
                    RunningSeconds = table.Column<double>(type: "REAL", nullable: true),
                    WaitingSeconds = table.Column<double>(type: "REAL", nullable: true),
                    KvShareSeconds = table.Column<double>(type: "REAL", nullable: true),
                    PrefixQueries = table.Column<double>(type: "REAL", nullable: true),
                    PrefixHits = table.Column<double>(type: "REAL", nullable: true),
                    LeastWaiting = table.Column<double>(type: "REAL", nullable: true),
                    ReplicaSeconds = table.Column<double>(type: "REAL", nullable: false),
                    TtftJson = table.Column<string>(type: "TEXT", nullable: true),
                    ItlJson = table.Column<string>(type: "TEXT", nullable: true)
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

            migrationBuilder.CreateIndex(
                name: "IX_FleetTargets_ScenarioId",
                table: "FleetTargets",
                column: "ScenarioId");

            migrationBuilder.CreateIndex(
                name: "IX_UsageLinks_UsageSetId",
                table: "UsageLinks",
                column: "UsageSetId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FleetHours");

            migrationBuilder.DropTable(
                name: "UsageLinks");

            migrationBuilder.DropTable(
                name: "FleetTargets");
        }
    }
}
