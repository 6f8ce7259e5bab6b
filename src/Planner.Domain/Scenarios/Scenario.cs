using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>A workload, the options compared for it and the finance settings: the document <c>planner.scenario/1</c>.</summary>
/// <remarks>Numbers are decimal because inputs are: whole units are then ceilings of exact quotients. Ranges are checked by <see cref="ScenarioRules"/>, not by the constructor, so that every fault of a document is reported at once.</remarks>
public sealed record Scenario : DocumentNode
{
    /// <summary>The name of the document format that this version reads and writes.</summary>
    public const string CurrentSchema = "planner.scenario/1";

    /// <summary>Format and version of the document.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The scenario's name, 1 to 200 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>Free text, up to 20,000 characters.</summary>
    public string Notes { get; init; } = "";

    /// <summary>First month of the plan, as yyyy-MM from 2000-01 to 2999-12; prices valid in that month apply.</summary>
    public string StartMonth { get; init; } = "";

    /// <summary>First day of <see cref="StartMonth"/>; null where none is set, or none that can be planned from.</summary>
    [JsonIgnore]
    public DateOnly? FirstDay
    {
        get
        {
            // Asked for with every month of every horizon: read by a format, it would be a large part of an edit's work.
            var text = StartMonth.AsSpan();
            return text.Length == 7 && text[4] == '-' && Number(text[..4]) is >= 2000 and <= 2999 and var year && Number(text[5..]) is >= 1 and <= 12 and var month
                ? new DateOnly(year, month, 1)
                : null;
        }
    }

    /// <summary>Hours in a month, 672 to 744. The cloud's convention is 730; 720 is 24 × 30.</summary>
    public decimal HoursPerMonth { get; init; } = 730m;

    /// <summary>ISO 4217 code of the display currency; amounts inside are USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Rate of <see cref="Currency"/>; needed where that is not USD, null otherwise.</summary>
    public Exchange? Exchange { get; init; }

    /// <summary>Option whose month is the present bill; null where there is none.</summary>
    public string? BaselineOptionId { get; init; }

    /// <summary>The present bill as measured, USD a month; wins over <see cref="BaselineOptionId"/>. Null where it was not measured.</summary>
    public decimal? BaselineMonthlyUsd { get; init; }

    /// <summary>What is to be served.</summary>
    public Workload Workload { get; init; } = new();

    /// <summary>The ways to serve it, 1 to 12, in the order that breaks ties.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Notes on inputs and links to what proves them, at most 200, one an input.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Settings of the multi-month view.</summary>
    public Horizon Horizon { get; init; } = new();

    /// <summary>Inputs that are known only as a range.</summary>
    public IReadOnlyList<InputRange> Ranges { get; init; } = [];

    /// <summary>A number of nothing but digits; −1 for any other text.</summary>
    private static int Number(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return -1;
            number = (10 * number) + (digit - '0');
        }

        return number;
    }
}

/// <summary>Settings of the multi-month view. Month 0 is the scenario's start month.</summary>
public sealed record Horizon : DocumentNode
{
    /// <summary>Length in months, 12 to 60.</summary>
    public int Months { get; init; } = 36;

    /// <summary>Discount rate a year, 0 to 10; 0.1 is 10 %.</summary>
    public decimal DiscountRatePerYear { get; init; } = 0.1m;

    /// <summary>Change of API prices a year, −0.99 to 10; −0.2 is a fall of 20 %. It compounds month by month.</summary>
    public decimal ApiPriceDriftPerYear { get; init; }

    /// <summary>Change of rents of instances a year, −0.99 to 10; −0.2 is a fall of 20 %. Running reservations keep their price; machines that are bought keep theirs for good.</summary>
    public decimal InstancePriceDriftPerYear { get; init; }

    /// <summary>First month of the move from the baseline, counted from 0 and within the horizon; null where the best is to be found.</summary>
    public int? SwitchMonth { get; init; }

    /// <summary>Months in which both sides serve, 0 to 60: in the i-th of n the new side has i ÷ (n + 1) of the requests; 0 moves all at once.</summary>
    public int RampMonths { get; init; }
}

/// <summary>An input known as low, likely and high.</summary>
public sealed record InputRange : DocumentNode
{
    /// <summary>Path of the input in the document, such as <c>workload.requestsPerMonth</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Lowest plausible value, in the input's unit.</summary>
    public decimal Low { get; init; }

    /// <summary>Likeliest value; low ≤ likely ≤ high.</summary>
    public decimal Likely { get; init; }

    /// <summary>Highest plausible value.</summary>
    public decimal High { get; init; }
}
