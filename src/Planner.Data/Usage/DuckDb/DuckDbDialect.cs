using System.Globalization;
using Planner.Domain.Usage;

namespace Planner.Data.Usage.DuckDb;

/// <summary>SQL as DuckDB writes it.</summary>
internal sealed class DuckDbDialect : UsageDialect
{
    internal static DuckDbDialect Instance { get; } = new();

    internal override string Quotient(string dividend, long divisor) => $"{dividend} // {divisor}";

    internal override string Percentile(string column, double share) => string.Create(CultureInfo.InvariantCulture, $"quantile_disc({column}, {share})");

    internal override string Bin(string column) => Whole($"floor(log2({column}) * {LengthBin.PerOctave})");
}
