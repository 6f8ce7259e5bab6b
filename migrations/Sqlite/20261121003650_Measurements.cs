using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class Measurements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Corrections",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    OutputFactor = table.Column<double>(type: "REAL", nullable: true),
                    TtftFactor = table.Column<double>(type: "REAL", nullable: true),
                    ItlFactor = table.Column<double>(type: "REAL", nullable: true),
                    Points = table.Column<int>(type: "INTEGER", nullable: false),
                    FittedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Deployment_DataParallel = table.Column<int>(type: "INTEGER", nullable: false),
                    Deployment_Engine = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_Gpu = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_KvPrecision = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_Model = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_PipelineParallel = table.Column<int>(type: "INTEGER", nullable: false),
                    Deployment_Precision = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_TensorParallel = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Corrections", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Measurements",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Tool = table.Column<string>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    ImportedUtc = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Note = table.Column<string>(type: "TEXT", nullable: true),
                    DeletedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Deployment_DataParallel = table.Column<int>(type: "INTEGER", nullable: false),
                    Deployment_Engine = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_Gpu = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_KvPrecision = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_Model = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_PipelineParallel = table.Column<int>(type: "INTEGER", nullable: false),
                    Deployment_Precision = table.Column<string>(type: "TEXT", nullable: false),
                    Deployment_TensorParallel = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Measurements", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MeasurementPoints",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    MeasurementId = table.Column<long>(type: "INTEGER", nullable: false),
                    Row = table.Column<int>(type: "INTEGER", nullable: false),
                    InputTokens = table.Column<double>(type: "REAL", nullable: false),
                    OutputTokens = table.Column<double>(type: "REAL", nullable: false),
                    Concurrency = table.Column<double>(type: "REAL", nullable: true),
                    RequestsPerSecond = table.Column<double>(type: "REAL", nullable: true),
                    OutputTokensPerSecond = table.Column<double>(type: "REAL", nullable: false),
                    TtftSeconds = table.Column<double>(type: "REAL", nullable: true),
                    ItlSeconds = table.Column<double>(type: "REAL", nullable: true),
                    TakenOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Note = table.Column<string>(type: "TEXT", nullable: true)
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

            migrationBuilder.CreateIndex(
                name: "IX_MeasurementPoints_MeasurementId_Row",
                table: "MeasurementPoints",
                columns: new[] { "MeasurementId", "Row" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Measurements_Sha256",
                table: "Measurements",
                column: "Sha256");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Corrections");

            migrationBuilder.DropTable(
                name: "MeasurementPoints");

            migrationBuilder.DropTable(
                name: "Measurements");
        }
    }
}
