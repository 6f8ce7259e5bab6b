using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Planner.Data.Sqlite
{
    /// <inheritdoc />
    public partial class IdempotencyBounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "RequestHash",
                table: "IdempotencyKeys",
                newName: "Fingerprint");

            // Hashes of what was asked are not kept bare any more; whether a repetition is the same nobody can tell then, and it is refused.
            migrationBuilder.Sql("UPDATE IdempotencyKeys SET Fingerprint = ''");

            migrationBuilder.AddColumn<long>(
                name: "UserId",
                table: "IdempotencyKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_IdempotencyKeys_UserId",
                table: "IdempotencyKeys",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_IdempotencyKeys_UserId",
                table: "IdempotencyKeys");

            migrationBuilder.DropColumn(
                name: "UserId",
                table: "IdempotencyKeys");

            migrationBuilder.RenameColumn(
                name: "Fingerprint",
                table: "IdempotencyKeys",
                newName: "RequestHash");
        }
    }
}
