using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class CatalogFacts : Migration
    {
        private static readonly string[] FactTables = ["Models", "Gpus", "Engines"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(name: "UserPricesJson", table: "Prices", newName: "OverrideJson");
            migrationBuilder.RenameColumn(name: "UserPricesJson", table: "Instances", newName: "OverrideJson");

            // Both held shipped rows only, which could not be edited: the seed fills the new tables with the same keys and more.
            migrationBuilder.DropTable(name: "Models");
            migrationBuilder.DropTable(name: "Gpus");
            migrationBuilder.Sql("DELETE FROM SeedStates WHERE FileName IN ('Seed/catalog/models.json', 'Seed/catalog/gpus.json')");
            foreach (var name in FactTables)
            {
                migrationBuilder.CreateTable(
                    name: name,
                    columns: table => new
                    {
                        Key = table.Column<string>(type: "TEXT", nullable: false),
                        FactsJson = table.Column<string>(type: "TEXT", nullable: true),
                        Origin = table.Column<string>(type: "TEXT", nullable: false),
                        Source = table.Column<string>(type: "TEXT", nullable: false),
                        SourceUrl = table.Column<string>(type: "TEXT", nullable: true),
                        SourceKey = table.Column<string>(type: "TEXT", nullable: true),
                        AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false),
                        FetchedAtUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                        OverrideJson = table.Column<string>(type: "TEXT", nullable: true),
                        UserEditedUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                        UserNote = table.Column<string>(type: "TEXT", nullable: true),
                        RetiredUtc = table.Column<DateTime>(type: "TEXT", nullable: true),
                        RetiredBy = table.Column<string>(type: "TEXT", nullable: true),
                        Version = table.Column<int>(type: "INTEGER", nullable: false)
                    },
                    constraints: table =>
                    {
                        table.PrimaryKey($"PK_{name}", x => x.Key);
                    });
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var name in FactTables)
                migrationBuilder.DropTable(name: name);

            migrationBuilder.Sql("DELETE FROM SeedStates WHERE FileName IN ('Seed/catalog/models.json', 'Seed/catalog/gpus.json', 'Seed/catalog/engines.json')");
            migrationBuilder.RenameColumn(name: "OverrideJson", table: "Prices", newName: "UserPricesJson");
            migrationBuilder.RenameColumn(name: "OverrideJson", table: "Instances", newName: "UserPricesJson");
            migrationBuilder.CreateTable(
                name: "Gpus",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Vendor = table.Column<string>(type: "TEXT", nullable: false),
                    MemoryGb = table.Column<double>(type: "REAL", nullable: false),
                    BandwidthGbPerSecond = table.Column<double>(type: "REAL", nullable: false),
                    Bf16Tflops = table.Column<double>(type: "REAL", nullable: true),
                    Fp8Tflops = table.Column<double>(type: "REAL", nullable: true),
                    PowerWatts = table.Column<double>(type: "REAL", nullable: true),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    SourceUrl = table.Column<string>(type: "TEXT", nullable: true),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Gpus", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Models",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    HuggingFaceId = table.Column<string>(type: "TEXT", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    ParametersB = table.Column<double>(type: "REAL", nullable: false),
                    ActiveParametersB = table.Column<double>(type: "REAL", nullable: false),
                    Layers = table.Column<int>(type: "INTEGER", nullable: false),
                    HiddenSize = table.Column<int>(type: "INTEGER", nullable: false),
                    KvHeads = table.Column<int>(type: "INTEGER", nullable: false),
                    HeadDim = table.Column<int>(type: "INTEGER", nullable: false),
                    ContextTokens = table.Column<int>(type: "INTEGER", nullable: false),
                    License = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    SourceUrl = table.Column<string>(type: "TEXT", nullable: true),
                    AsOf = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Models", x => x.Key);
                });
        }
    }
}
