using System.Globalization;
using Planner.Domain.Capacity;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Measurements;

/// <summary>Measured figures as text.</summary>
internal static class MeasureText
{
    /// <summary>How the requests came: "32 at once", "4.5 requests/s", "all at once".</summary>
    public static string Load(BenchmarkPoint point) =>
        point.RequestsPerSecond is { } rate ? MeasurementsTexts.LoadRate.With(Format.Count(rate)) : point.Concurrency is { } concurrency ? MeasurementsTexts.LoadConcurrency.With(Format.Count(concurrency)) : MeasurementsTexts.LoadAll;

    /// <summary>A short time: "12.5 ms", "250 ms", "14.2 s".</summary>
    public static string Time(double? seconds) => seconds switch
    {
        null => Format.Unknown,
        < 0.1 => $"{(seconds.Value * 1000).ToString("0.#", CultureInfo.CurrentCulture)} ms",
        < 10 => $"{(seconds.Value * 1000).ToString("#,0", CultureInfo.CurrentCulture)} ms",
        _ => $"{seconds.Value.ToString("#,0.#", CultureInfo.CurrentCulture)} s",
    };

    /// <summary>Tokens a second: whole ones from 100 on.</summary>
    public static string Rate(double? perSecond) => perSecond is { } rate && rate is >= 100 and < 1e6 ? rate.ToString("#,0", CultureInfo.CurrentCulture) : Format.Count(perSecond);

    /// <summary>How far the modelled figure is from the measured one: "+12 %", "−8 %", "±0 %".</summary>
    public static string? Error(double? measured, double? modelled) =>
        measured is not > 0 || modelled is not { } said ? null
        : Math.Round((said / measured.Value) - 1, 2) is var error && error == 0 ? "±0 %"
        : (error > 0 ? "+" : "") + Format.Percent(error);

    /// <summary>A factor: "× 0.81".</summary>
    public static string Factor(double? factor) => factor is { } value ? $"× {value.ToString("0.##", CultureInfo.CurrentCulture)}" : Format.Unknown;
}
