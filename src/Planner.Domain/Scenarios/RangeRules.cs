using Planner.Domain.Catalogs;

namespace Planner.Domain.Scenarios;

/// <summary>Where ranges may stand, and that the scenario is sound at their ends.</summary>
internal static class RangeRules
{
    /// <summary>Most ranges of a scenario.</summary>
    public const int MostRanges = 60;

    public static void Check(Scenario scenario, CatalogSnapshot catalog, FaultList faults)
    {
        var ranges = scenario.Ranges;
        if (ranges.Count > MostRanges)
            faults.Add("ranges", Texts.TooMany.With(MostRanges));
        if (ranges.Count is 0 or > MostRanges)
            return;
        var before = faults.All.ToHashSet();
        var copy = new ScenarioCopy(scenario, catalog, [.. ranges.Select(range => range.Path)]);
        var numbers = new DocumentNumber?[ranges.Count];
        for (var i = 0; i < ranges.Count; i++)
        {
            var count = faults.All.Count;
            var number = NumberOf(scenario, copy, i, faults);
            CheckOrder(ranges[i], i, number?.IsWhole == true, faults);
            numbers[i] = faults.All.Count == count ? number : null;
        }

        for (var i = 0; i < ranges.Count; i++)
        {
            if (numbers[i] is not { } number)
                continue;
            var kept = number.Value;
            foreach (var (end, value) in Ends(ranges[i]))
            {
                number.Set(value);
                if (New(copy, catalog, before) is { } fault)
                {
                    faults.Add($"ranges[{i}].{end}", fault.Path == ranges[i].Path ? fault.Message : Texts.RangeEndFaulty.With(fault.Path, fault.Message));
                    numbers[i] = null;
                }
            }

            number.Set(kept);
        }

        if (!Array.Exists(numbers, number => number is null))
            CheckTogether(copy, catalog, ranges, numbers!, before, faults);
    }

    /// <summary>Values that are sound one by one need not be so together, such as two shares of one whole.</summary>
    private static void CheckTogether(ScenarioCopy copy, CatalogSnapshot catalog, IReadOnlyList<InputRange> ranges, DocumentNumber[] numbers, HashSet<Problem> before, FaultList faults)
    {
        foreach (var end in (string[])[Low, High])
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i].Set(end == Low ? ranges[i].Low : ranges[i].High);
            if (New(copy, catalog, before) is { } fault)
                faults.Add("ranges", (end == Low ? Texts.RangesLowFaulty : Texts.RangesHighFaulty).With(fault.Path, fault.Message));
        }
    }

    private const string Low = "low";
    private const string High = "high";

    private static (string End, decimal Value)[] Ends(InputRange range) => range.Low == range.High ? [(Low, range.Low)] : [(Low, range.Low), (High, range.High)];

    /// <summary>The first fault that the scenario has now and had not before.</summary>
    private static Problem? New(ScenarioCopy copy, CatalogSnapshot catalog, HashSet<Problem> before)
    {
        copy.Settle();
        return ScenarioRules.Check(copy.Scenario, catalog).FirstOrDefault(problem => !before.Contains(problem));
    }

    private static DocumentNumber? NumberOf(Scenario scenario, ScenarioCopy copy, int index, FaultList faults)
    {
        var (ranges, path) = (scenario.Ranges, scenario.Ranges[index].Path);
        var field = $"ranges[{index}].path";
        if (path.Length == 0)
        {
            faults.Add(field, Texts.Required);
            return null;
        }

        if (path.StartsWith("workload.volume.", StringComparison.Ordinal) && ranges.Any(range => range.Path == ScenarioCopy.VolumePath))
        {
            faults.Add(field, Texts.RangeVolumeTwice);
            return null;
        }

        if (path.Length > 200 || copy.At(path) is not { } number)
        {
            faults.Add(field, Texts.RangePath.With(path.Length > 200 ? path[..200] : path));
            return null;
        }

        if (ranges.Take(index).Any(range => range.Path == path))
            faults.Add(field, Texts.RangeTwice.With(path));
        if (ModelledAt(scenario, path) is { } fleet)
            faults.Add(field, Texts.RangeModelled.With(fleet.Name));
        return number;
    }

    /// <summary>The option whose throughput is meant although the model says what it is; null elsewhere.</summary>
    public static SelfHostOption? ModelledAt(Scenario scenario, string path)
    {
        for (var i = 0; i < scenario.Options.Count; i++)
        {
            if (path == $"options[{i}].throughput.tokensPerSecond")
                return scenario.Options[i] is SelfHostOption { Throughput.IsGiven: false } fleet ? fleet : null;
        }

        return null;
    }

    private static void CheckOrder(InputRange range, int index, bool isWhole, FaultList faults)
    {
        if (range.Low > range.Likely || range.Likely > range.High)
            faults.Add($"ranges[{index}].low", Texts.RangeOrder);
        if (!isWhole)
            return;
        foreach (var (end, value) in ((string, decimal)[])[(Low, range.Low), ("likely", range.Likely), (High, range.High)])
        {
            if (decimal.Truncate(value) != value || Math.Abs(value) > int.MaxValue)
                faults.Add($"ranges[{index}].{end}", Texts.RangeWhole);
        }
    }
}
