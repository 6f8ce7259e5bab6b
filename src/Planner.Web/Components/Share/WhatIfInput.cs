using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Share;

/// <summary>An input that the reader of a shared page may move.</summary>
/// <param name="Path">Its path in the document.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">Its unit; null for none.</param>
/// <param name="Percent">True for a share, which is shown in percent.</param>
/// <param name="IsWhole">True where it has no decimals.</param>
/// <param name="Value">The shared value, above 0.</param>
/// <param name="Span">How many times as much, and what part of it, the ends of the slider are.</param>
public sealed record WhatIfInput(string Path, string Name, string? Unit, bool Percent, bool IsWhole, decimal Value, double Span)
{
    /// <summary>The slider's ends are this far from the shared value, which is at 0.</summary>
    public const int End = 100;

    /// <summary>The value at a place of the slider: the same step is the same factor everywhere, in three figures that count.</summary>
    public decimal At(int place)
    {
        if (place == 0)
            return Value;
        var value = (decimal)((double)Value * Math.Pow(Span, (double)Math.Clamp(place, -End, End) / End));
        var unit = (decimal)Math.Pow(10, Math.Floor(Math.Log10((double)value)) - 2);
        var tidy = Math.Round(value / unit) * unit;
        return Percent ? Math.Min(1, tidy) : IsWhole ? Math.Max(1, Math.Round(tidy)) : tidy;
    }

    /// <summary>A value with its unit.</summary>
    public string Say(decimal value) => Percent ? Format.Percent((double)value) + (Unit is null or "%" ? "" : $" ({Unit})") : Unit is null ? Format.Number(value) : $"{Format.Number(value)} {Unit}";
}
