using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>Keeps ranges around their inputs while these are edited.</summary>
public static class RangeFollow
{
    private const string VolumeValue = "workload.volume.value";

    /// <summary>Halvings in the search for the bound of an input: enough for three digits of it.</summary>
    private const int Halvings = 20;

    /// <summary>A scenario after an edit of values, with every range around the value that its input now has.</summary>
    /// <param name="before">The scenario before the edit.</param>
    /// <param name="after">The scenario after it: the same lists with the same entries, other values.</param>
    /// <param name="catalog">The catalog rows that both name.</param>
    /// <returns>
    /// Where the value of an input with a range changed, the range's likeliest value becomes the new one; low and high keep their ratios to it, or their distances where the old one was 0, and end at the
    /// input's bounds. The range of the volume moves with the way the volume is counted; those of users or days that are no longer counted are gone.
    /// </returns>
    public static Scenario Follow(Scenario before, Scenario after, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(catalog);
        if (after.Ranges.Count is 0 or > RangeRules.MostRanges)
            return after;
        var recounted = Volume(before) != Volume(after);
        var (old, now) = (new Values(before, catalog), new Values(after, catalog));
        var kept = new List<InputRange>();
        foreach (var current in after.Ranges)
        {
            // What was typed in one go starts from the range that stood before it.
            var range = before.Ranges.FirstOrDefault(earlier => earlier.Path == current.Path) ?? current;
            var path = recounted && range.Path == Volume(before) ? Volume(after) : range.Path;
            if (now.At(path) is not { } value)
            {
                if (!recounted || !path.StartsWith("workload.volume.", StringComparison.Ordinal))
                    kept.Add(current);
                continue;
            }

            if (path == range.Path && old.At(path) == value)
                kept.Add(range);
            else if (range is { Low: 0, Likely: 0, High: 0 })
                kept.Add(RangeTargets.RangeAround(after, catalog, path)!);
            else
                kept.Add(Around(range with { Path = path }, value, now.IsWhole(path)));
        }

        var followed = after with { Ranges = kept };
        for (var i = 0; i < kept.Count; i++)
        {
            if (!before.Ranges.Contains(kept[i]))
                followed = Within(followed, i, catalog);
        }

        return followed;
    }

    private static string Volume(Scenario scenario) => scenario.Workload.Volume is { Basis: not VolumeBases.RequestsPerMonth } ? VolumeValue : ScenarioCopy.VolumePath;

    private static InputRange Around(InputRange range, decimal value, bool isWhole)
    {
        var (low, high) = (range.Low, range.High);
        try
        {
            (low, high) = range.Likely == 0 ? (value + low, value + high) : (low / range.Likely * value, high / range.Likely * value);
        }
        catch (OverflowException)
        {
            (low, high) = (value, value);
        }

        if (isWhole)
            (low, high) = (decimal.Round(low), decimal.Round(high));
        (low, high) = (Short(low), Short(high));
        // A value of the other sign turns the ends around.
        return range with { Low = Math.Min(value, Math.Min(low, high)), Likely = value, High = Math.Max(value, Math.Max(low, high)) };
    }

    /// <summary>A number without the digits that only a division left.</summary>
    private static decimal Short(decimal value) => Math.Abs(value) < 1e15m ? decimal.Round(value, 12) / 1.000000000000000000000000000000m : value;

    /// <summary>The scenario with the ends of one range where its input may be.</summary>
    private static Scenario Within(Scenario scenario, int index, CatalogSnapshot catalog)
    {
        var range = scenario.Ranges[index];
        var point = range with { Low = range.Likely, High = range.Likely };
        var before = ScenarioRules.Check(With(point), catalog).ToHashSet();
        if (IsSound(range))
            return scenario;
        var low = IsSound(point with { Low = range.Low }) ? range.Low : Bound(range.Low, end => point with { Low = end });
        var narrowed = point with { Low = low };
        return With(narrowed with { High = IsSound(narrowed with { High = range.High }) ? range.High : Bound(range.High, end => narrowed with { High = end }) });

        Scenario With(InputRange taken) => scenario with { Ranges = [.. scenario.Ranges.Select((other, i) => i == index ? taken : other)] };

        bool IsSound(InputRange taken) => ScenarioRules.Check(With(taken), catalog).All(before.Contains);

        // The farthest end that may be, in three digits where these may be too.
        decimal Bound(decimal end, Func<decimal, InputRange> taken)
        {
            var (possible, impossible) = (range.Likely, end);
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (possible + impossible) / 2;
                if (IsSound(taken(middle)))
                    possible = middle;
                else
                    impossible = middle;
            }

            var step = (decimal)Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1e-9, Math.Abs((double)impossible)))) - 2);
            var rounded = decimal.Round(possible / step) * step;
            return IsSound(taken(rounded)) && rounded <= range.High && rounded >= range.Low ? Short(rounded) : Short(possible);
        }
    }

    /// <summary>The values of a scenario's inputs by their path; those of the catalog where it leaves them to it.</summary>
    private sealed class Values(Scenario scenario, CatalogSnapshot catalog)
    {
        private readonly ScenarioCopy _copy = new(scenario, catalog, [.. scenario.Options.Select((_, i) => $"options[{i}].price.")]);

        public decimal? At(string path) => RangeTargets.ValueAt(scenario, _copy.Scenario, catalog, path);

        public bool IsWhole(string path) => _copy.At(path)?.IsWhole == true;
    }
}
