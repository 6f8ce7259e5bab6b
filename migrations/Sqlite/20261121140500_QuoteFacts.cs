using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class QuoteFacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SourceUrl",
                table: "PriceQuotes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WarningsJson",
                table: "PriceQuotes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SourceUrl",
                table: "InstanceQuotes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WarningsJson",
                table: "InstanceQuotes",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SourceUrl",
                table: "PriceQuotes");

            migrationBuilder.DropColumn(
                name: "WarningsJson",
                table: "PriceQuotes");

            migrationBuilder.DropColumn(
                name: "SourceUrl",
                table: "InstanceQuotes");

            migrationBuilder.DropColumn(
                name: "WarningsJson",
                table: "InstanceQuotes");
        }
    }
}
