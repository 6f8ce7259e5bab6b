using System.Globalization;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>Reads a load profile as it is pasted from a table or a log.</summary>
internal static class WeekProfile
{
    private static readonly char[] Gaps = [' ', '\t', '\r', '\n', ';', '|'];

    /// <summary>Reads 168 numbers from Monday 00:00, or 24 from midnight for all days alike; gaps, line ends, semicolons or commas between them.</summary>
    /// <returns>168 weights, or why there are none.</returns>
    public static (IReadOnlyList<decimal>? Weights, string? Problem) Read(string text)
    {
        var parts = text.Split(Gaps, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (WeekHours.PerDay or WeekHours.Count))
        {
            parts = text.Split([.. Gaps, ','], StringSplitOptions.RemoveEmptyEntries);
        }

        if (parts.Length is not (WeekHours.PerDay or WeekHours.Count))
        {
            return (null, Texts.ProfileCount.With(parts.Length));
        }

        var weights = new List<decimal>(WeekHours.Count);
        foreach (var part in parts.Select(part => part.Trim(',')))
        {
            var read = NumberText.Read(part, CultureInfo.CurrentCulture);
            if (read.Value is not (>= 0 and var weight))
            {
                return (null, read.Problem ?? Texts.NumberNegative);
            }

            weights.Add(weight);
        }

        return (weights.Count == WeekHours.Count ? weights : [.. Enumerable.Range(0, WeekHours.Count).Select(hour => weights[hour % WeekHours.PerDay])], null);
    }
}
