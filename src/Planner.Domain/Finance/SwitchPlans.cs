using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Finance;

/// <summary>What is in place, and what a move away from it brings.</summary>
internal sealed class SwitchPlans
{
    private readonly HorizonSeries _series;
    private readonly OptionCost? _baseline;
    private readonly double? _bill;
    private readonly int _ramp;
    private readonly MonthFlow[] _stay;

    /// <param name="scenario">The scenario.</param>
    /// <param name="costs">Its options.</param>
    /// <param name="series">Its months.</param>
    public SwitchPlans(Scenario scenario, IReadOnlyList<OptionCost> costs, HorizonSeries series)
    {
        (_series, _ramp, _bill) = (series, scenario.Horizon.RampMonths, (double?)scenario.BaselineMonthlyUsd);
        _stay = new MonthFlow[series.Months];
        OptionId = scenario.BaselineOptionId;
        _baseline = costs.FirstOrDefault(cost => cost.Id == OptionId);
        if (_bill is not null)
        {
            Of = new HorizonBaseline(OptionId, scenario.BaselineMonthlyUsd, Texts.HorizonBill);
            AddBill(_bill.Value, series, Stay.Put(series.Months), _stay);
        }
        else if (_baseline is not null)
        {
            Of = new HorizonBaseline(OptionId, null, (_baseline.Kind == OptionKinds.Api ? Texts.HorizonStaysApi : Texts.HorizonStays).With(_baseline.Name));
            var reason = _baseline.Unpriced.Concat(_baseline.Excluded).FirstOrDefault().Text;
            if (reason is null)
                reason = OptionMonths.Add(_baseline, series, Stay.Put(series.Months), _stay) is >= 0 and var failed ? HorizonWriter.CannotCarry(_baseline, series, failed, scenario) : null;
            Reason = reason is not null ? Texts.HorizonBaselineCannot.With(_baseline.Name, reason) : HorizonKernel.IsCountable(_stay) ? null : Texts.HorizonBeyond;
        }
        else
        {
            Reason = Texts.HorizonNoBaseline;
        }
    }

    /// <summary>What is in place; null where nothing is.</summary>
    public HorizonBaseline? Of { get; }

    /// <summary>The option in place; null where none is named.</summary>
    public string? OptionId { get; }

    /// <summary>Why nothing can be compared with staying; null where it can.</summary>
    public string? Reason { get; }

    /// <summary>The months of staying.</summary>
    public ReadOnlySpan<MonthFlow> Staying => _stay;

    /// <summary>The share of the requests that moves up to a month, for a move that begins in the month <paramref name="start"/>.</summary>
    public double ShareOf(int start, int month) => Stay.Joining(start, _ramp, _series.Months).ShareOf(month);

    /// <summary>The months of a move that begins in a month; false where one side cannot carry its part.</summary>
    public bool Move(OptionCost to, int start, Span<MonthFlow> flows)
    {
        flows.Clear();
        var leaving = Stay.Leaving(start, _ramp, _series.Months);
        if (_bill is not null)
            AddBill(_bill.Value, _series, leaving, flows);
        else if (OptionMonths.Add(_baseline!, _series, leaving, flows) >= 0)
            return false;
        return OptionMonths.Add(to, _series, Stay.Joining(start, _ramp, _series.Months), flows) < 0 && HorizonKernel.IsCountable(flows);
    }

    /// <summary>Present value of the cash that a move saves, USD; null where it cannot be made.</summary>
    public double? PresentValue(OptionCost to, int start)
    {
        Span<MonthFlow> flows = stackalloc MonthFlow[_series.Months];
        return Move(to, start, flows) ? HorizonKernel.PresentCash(_stay, _series.DiscountRate) - HorizonKernel.PresentCash(flows, _series.DiscountRate) : null;
    }

    /// <summary>A measured bill moves with the requests and with API prices: nothing else is known of it.</summary>
    public static void AddBill(double bill, HorizonSeries series, in Stay stay, Span<MonthFlow> flows)
    {
        for (var month = stay.From; month < stay.To; month++)
        {
            var usd = bill * series.Scale[month] * series.Api[month] * stay.ShareOf(month);
            flows[month] += new MonthFlow(usd, usd, 0, 0);
        }
    }
}
