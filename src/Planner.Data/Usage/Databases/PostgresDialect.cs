using System.Globalization;
using Planner.Domain.Usage;

namespace Planner.Data.Usage;

/// <summary>SQL as PostgreSQL writes it.</summary>
internal sealed class PostgresDialect : UsageDialect
{
    internal static PostgresDialect Instance { get; } = new();

    internal override string Quotient(string dividend, long divisor) => $"{dividend} / {divisor}";

    internal override string Percentile(string column, double share) => string.Create(CultureInfo.InvariantCulture, $"percentile_disc({share}) WITHIN GROUP (ORDER BY {column})");

    // Logarithms of powers of two may come out a hair below the whole number that they are; no other length is that close to a border.
    internal override string Bin(string column) => Whole($"floor(ln(CAST({column} AS DOUBLE PRECISION)) / ln(CAST(2 AS DOUBLE PRECISION)) * {LengthBin.PerOctave} + 1e-12)");
}
