using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Uncertainty;

/// <summary>A scenario's month and horizon as bare numbers for any values of its uncertain inputs. It works on a copy of the scenario and resolves only those options anew that the inputs concern.</summary>
internal sealed class SampleKernel
{
    /// <summary>Inputs that no option's price or size depends on: months ask for the volume themselves.</summary>
    private static readonly string[] BesideOptions =
        [ScenarioCopy.VolumePath, "workload.volume.", "workload.growthPerMonth", "workload.seasonality[", "horizon.discountRatePerYear", "horizon.apiPriceDriftPerYear", "horizon.instancePriceDriftPerYear", "horizon.switchMonth", "horizon.rampMonths", "baselineMonthlyUsd"];

    /// <summary>Inputs of the workload that no throughput depends on.</summary>
    private static readonly string[] BesideThroughput = [.. BesideOptions, "workload.retryShare", "workload.batchShare", "workload.cacheWriteShare", "workload.shape.peakToMean", "workload.shape.weights["];

    /// <summary>Inputs of a fleet that its modelled throughput depends on.</summary>
    private static readonly string[] OfThroughput = ["tensorParallel", "pipelineParallel", "dataParallel", "maxSequences", "gpuMemoryUtilization", "prefixCacheShare", "speculative."];

    private readonly ScenarioCopy _copy;
    private readonly DocumentNumber?[] _numbers;
    private readonly List<UncertainInput> _inputs;
    private readonly SampledCapacity _capacity;
    private readonly OptionResolver _resolver;
    private readonly OptionCost[] _costs;
    private readonly HorizonSeries _series = new();
    private readonly int[] _concerned;
    private readonly int _baseline;

    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    public SampleKernel(Scenario scenario, CatalogSnapshot catalog)
    {
        _copy = new ScenarioCopy(scenario, catalog, [.. scenario.Ranges.Select(range => range.Path)]);
        _inputs = UncertainInput.Of(scenario, catalog, _copy);
        _numbers = [.. _inputs.Select(input => input.OptionIndex is null ? _copy.At(input.Path) : null)];
        var varying = scenario.Options.Where((_, i) => _inputs.Any(input => input.OptionIndex is null && ConcernsThroughput(input.Path, i))).Select(option => option.Id).ToHashSet();
        _capacity = new SampledCapacity(catalog, varying);
        _resolver = new OptionResolver(_copy.Scenario, catalog, _capacity.Of);
        _costs = [.. _resolver.All()];
        _concerned = [.. Enumerable.Range(0, OptionCount).Where(i => _inputs.Any(input => Concerns(input.Path, i)))];
        _baseline = scenario.Options.ToList().FindIndex(option => option.Id == scenario.BaselineOptionId);
    }

    /// <summary>What is uncertain; empty where nothing is.</summary>
    public IReadOnlyList<UncertainInput> Inputs => _inputs;

    /// <summary>Options of the scenario.</summary>
    public int OptionCount => _copy.Scenario.Options.Count;

    /// <summary>Sets the inputs, in the order of <see cref="Inputs"/>.</summary>
    public void Set(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var input = _inputs[i];
            if (_numbers[i] is { } number)
                number.Set((decimal)values[i]);
            else
                _capacity.Scale(_copy.Scenario.Options[input.OptionIndex!.Value].Id, values[i] / input.Likely);
        }

        _copy.Settle();
        foreach (var option in _concerned)
            _resolver.Forget(option);
        foreach (var option in _concerned)
            _costs[option] = _resolver[option];
    }

    /// <summary>What the ongoing month costs by option, USD; NaN where an option cannot serve or its price is unknown.</summary>
    /// <returns>The present bill of the month, USD; NaN where none is set or known. It is what it is, whether or not the option behind it could serve.</returns>
    public double Month(Span<double> usd)
    {
        var terms = new MonthTerms((double)_copy.Scenario.Workload.RequestsPerMonth);
        var bill = (double?)_copy.Scenario.BaselineMonthlyUsd;
        for (var i = 0; i < usd.Length; i++)
        {
            var cost = _costs[i];
            var amount = cost.Unpriced.Count == 0 ? Countable(cost.Month(terms).Usd) : double.NaN;
            bill ??= i == _baseline ? amount : null;
            usd[i] = cost.Excluded.Count == 0 && cost.Carries(terms.Requests) ? amount : double.NaN;
        }

        return bill ?? double.NaN;
    }

    /// <summary>Present value of the cash that each option costs over the horizon, as if it served everything from the first month on, USD; NaN where it cannot serve every month or its price is unknown.</summary>
    /// <returns>Present value of staying as it is, USD: what exists already is not built again. NaN where there is no present bill, or it cannot go on.</returns>
    public double Horizon(Span<double> usd)
    {
        _series.Set(_copy.Scenario);
        HorizonKernel.PresentCosts(_costs, _series, usd);
        Span<MonthFlow> flows = stackalloc MonthFlow[_series.Months];
        flows.Clear();
        if (_copy.Scenario.BaselineMonthlyUsd is { } bill)
            SwitchPlans.AddBill((double)bill, _series, Stay.Put(_series.Months), flows);
        else if (_baseline < 0 || !_costs[_baseline].IsComparable || OptionMonths.Add(_costs[_baseline], _series, Stay.Put(_series.Months), flows) >= 0)
            return double.NaN;
        return HorizonKernel.IsCountable(flows) ? HorizonKernel.PresentCash(flows, _series.DiscountRate) : double.NaN;
    }

    private static double Countable(double usd) => Math.Abs(usd) < HorizonKernel.MostUsd ? usd : double.NaN;

    private bool Concerns(string path, int option)
    {
        if (BesideOptions.Any(beside => path.StartsWith(beside, StringComparison.Ordinal)))
            return false;
        return _copy.Scenario.Options[option] is HybridOption || !path.StartsWith("options[", StringComparison.Ordinal) || IsOf(path, option);
    }

    private static bool ConcernsThroughput(string path, int option) => path.StartsWith("workload.", StringComparison.Ordinal)
        ? !BesideThroughput.Any(beside => path.StartsWith(beside, StringComparison.Ordinal))
        : OfThroughput.Any(member => path.StartsWith($"options[{option}].{member}", StringComparison.Ordinal));

    private static bool IsOf(string path, int option) => path.StartsWith($"options[{option}].", StringComparison.Ordinal);
}
