using System.Globalization;
using Planner.Domain.Usage;

namespace Planner.Data.Usage;

/// <summary>SQL as ClickHouse writes it, of what 18.16 and today's releases both know.</summary>
internal sealed class ClickHouseDialect : UsageDialect
{
    internal static ClickHouseDialect Instance { get; } = new();

    // A number here is never NULL unless its type says that it may be.
    internal override string Whole(string expression) => $"CAST({expression} AS Nullable(Int64))";

    internal override string Quotient(string dividend, long divisor) => $"intDiv({dividend}, {divisor})";

    internal override string Double(string expression) => $"toFloat64({expression})";

    // Of the exact ones, only the weighted counts up to a share as the others do, and it keeps a number for each value, not for each row.
    internal override string Percentile(string column, double share) => string.Create(CultureInfo.InvariantCulture, $"quantileExactWeighted({share})({column}, 1)");

    internal override string Bin(string column) => Whole($"floor(log({column}) / log(2) * {LengthBin.PerOctave} + 1e-12)");

    // Sums of whole numbers go round beyond 64 bits.
    internal override string Sum(string column) => $"if(sum(toFloat64({column})) > 9e18, toInt64({long.MaxValue}), sum({column}))";

    internal override string Deviation(string column) => $"stddevPop({column})";
}
