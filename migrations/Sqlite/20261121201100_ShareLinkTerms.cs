using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class ShareLinkTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "AllowsWhatIf",
                table: "ShareLinks",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ExpiresUtc",
                table: "ShareLinks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastOpenedUtc",
                table: "ShareLinks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PasscodeHash",
                table: "ShareLinks",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "AllowsWhatIf",
                table: "ShareLinks");

            migrationBuilder.DropColumn(
                name: "ExpiresUtc",
                table: "ShareLinks");

            migrationBuilder.DropColumn(
                name: "LastOpenedUtc",
                table: "ShareLinks");

            migrationBuilder.DropColumn(
                name: "PasscodeHash",
                table: "ShareLinks");
        }
    }
}
