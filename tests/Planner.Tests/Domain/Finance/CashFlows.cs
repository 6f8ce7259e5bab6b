namespace Planner.Tests.Domain.Finance;

/// <summary>Series of monthly flows with the values that a spreadsheet gives for them.</summary>
internal static class CashFlows
{
    public static double[] Named(string name) => name switch
    {
        "level" => [-1000, .. Enumerable.Repeat(90.0, 12)],
        "falling" => [-48_000, .. Enumerable.Range(0, 36).Select(month => 2150.0 - (10 * month))],
        "rising" => [-250_000, -12_000, -9000, -6000, -3000, .. Enumerable.Range(1, 55).Select(month => 1500.0 * month)],
        "loss" => [-1000, .. Enumerable.Repeat(100.0, 6)],
        "interrupted" => [-20_000, 5000, 4000, -3000, 8000, 9000, 7000],
        "loan" => [5000, .. Enumerable.Repeat(-450.0, 12)],
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
