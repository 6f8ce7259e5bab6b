using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class ReportScheduleRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "BeganUtc",
                table: "ReportSchedules",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsUnsure",
                table: "ReportSchedules",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "RunUtc",
                table: "ReportSchedules",
                type: "TEXT",
                nullable: true);

            // Versions begin with 1: 0 is what an edit names that knows none.
            migrationBuilder.Sql("UPDATE ReportSchedules SET Version = Version + 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "BeganUtc",
                table: "ReportSchedules");

            migrationBuilder.DropColumn(
                name: "IsUnsure",
                table: "ReportSchedules");

            migrationBuilder.DropColumn(
                name: "RunUtc",
                table: "ReportSchedules");
        }
    }
}
