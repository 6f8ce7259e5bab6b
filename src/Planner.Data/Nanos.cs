namespace Planner.Data;

/// <summary>Amounts as the database keeps them: whole billionths of a dollar.</summary>
public static class Nanos
{
    private const decimal PerUsd = 1_000_000_000m;

    /// <summary>Nano-dollars of an amount, half to even.</summary>
    /// <param name="usd">USD, below 9.2 billion either way; null stays null.</param>
    /// <exception cref="OverflowException">The amount does not fit.</exception>
    public static long? FromUsd(decimal? usd) => usd is { } amount ? decimal.ToInt64(decimal.Round(amount * PerUsd)) : null;

    /// <summary>USD of nano-dollars; null stays null.</summary>
    public static decimal? ToUsd(long? nanos) => nanos / PerUsd;
}
