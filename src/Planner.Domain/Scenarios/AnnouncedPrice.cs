using System.Globalization;
using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>Prices that the vendor has announced. The whole sheet: a price that it leaves out is unknown from then on.</summary>
public sealed record AnnouncedPrice : DocumentNode
{
    /// <summary>First month in which they apply, as yyyy-MM.</summary>
    public string From { get; init; } = "";

    /// <summary>The prices.</summary>
    public TokenPrices Price { get; init; } = new();

    /// <summary>First day of <see cref="From"/>; null where it is no month.</summary>
    [JsonIgnore]
    public DateOnly? FirstDay => DateOnly.TryParseExact(From, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
