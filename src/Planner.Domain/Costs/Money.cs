namespace Planner.Domain.Costs;

/// <summary>Where formulas in double become amounts in decimal.</summary>
internal static class Money
{
    /// <summary>A formula's amount rounded to a millionth of a dollar, half to even.</summary>
    public static decimal Round(double usd) => decimal.Round((decimal)usd, 6, MidpointRounding.ToEven);
}
