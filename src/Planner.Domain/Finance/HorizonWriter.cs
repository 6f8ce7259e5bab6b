using System.Globalization;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Finance;

/// <summary>Writes down what the options cost over the horizon.</summary>
internal static class HorizonWriter
{
    /// <summary>The horizon of a scenario without faults.</summary>
    public static HorizonResult Write(Scenario scenario, List<OptionCost> costs)
    {
        var series = new HorizonSeries();
        series.Set(scenario);
        var plans = new SwitchPlans(scenario, costs, series);
        return new HorizonResult(Engine.Version, series.Months, series.DiscountRate, plans.Of, costs.ConvertAll(cost => Write(scenario, cost, series, plans)));
    }

    /// <summary>Why an option cannot serve from a month on.</summary>
    public static string CannotCarry(OptionCost cost, HorizonSeries series, int month, Scenario scenario) =>
        !cost.IsLimited ? Texts.HorizonTooManyReplicas.With(NameOf(scenario, month))
        : cost.CarriesRequests is { } carries ? Texts.HorizonCannotCarry.With(NameOf(scenario, month), Wording.Count(series.Requests[month]), Wording.Count(carries))
        : Texts.ReasonThroughputUnknown;

    private static OptionHorizon Write(Scenario scenario, OptionCost cost, HorizonSeries series, SwitchPlans plans)
    {
        List<string> reasons = [.. cost.Unpriced.Concat(cost.Excluded).Select(reason => reason.Text)];
        var flows = new MonthFlow[series.Months];
        var (months, totals) = ((List<HorizonMonth>)[], (HorizonTotals?)null);
        if (cost.Unpriced.Count == 0)
        {
            if (OptionMonths.Add(cost, series, Stay.Alone(series.Months), flows) is >= 0 and var failed)
                reasons.Add(CannotCarry(cost, series, failed, scenario));
            if (HorizonKernel.IsCountable(flows))
                (months, totals) = (MonthsOf(scenario, series, flows), TotalsOf(flows, series.DiscountRate));
            else if (reasons.Count == 0)
                reasons.Add(Texts.HorizonBeyond);
        }

        var reason = cost.Id == plans.OptionId ? Texts.HorizonInPlace : plans.Reason ?? (cost.IsComparable ? null : reasons[0]);
        Switching? switching = null;
        if (reason is null)
            (switching, reason) = SwitchTo(scenario, cost, series, plans, reasons.FirstOrDefault());
        return new OptionHorizon(cost.Id, cost.Name, cost.Kind, reasons.Count == 0, reasons, months, totals, switching, reason);
    }

    private static List<HorizonMonth> MonthsOf(Scenario scenario, HorizonSeries series, MonthFlow[] flows)
    {
        var months = new List<HorizonMonth>(flows.Length);
        for (var month = 0; month < flows.Length; month++)
        {
            var flow = flows[month];
            months.Add(new HorizonMonth(
                month, DateOf(scenario, month), series.Requests[month], Money.Round(flow.Cost), Money.Round(flow.Cash), Money.Round(flow.OneOff), Money.Round(flow.Capital)));
        }

        return months;
    }

    private static HorizonTotals TotalsOf(MonthFlow[] flows, double rate)
    {
        static decimal Sum(ReadOnlySpan<MonthFlow> flows, Func<MonthFlow, double> part)
        {
            var sum = 0m;
            foreach (var flow in flows)
                sum += Money.Round(part(flow));
            return sum;
        }

        var year = flows.AsSpan(0, 12);
        return new HorizonTotals(
            Money.Round(flows[0].Cost), Money.Round(flows[0].Cost - flows[0].OneOff), Sum(year, flow => flow.Cost), Sum(year, flow => flow.Cash),
            Sum(flows, flow => flow.Cost), Sum(flows, flow => flow.Cash), Money.Round(HorizonKernel.PresentCash(flows, rate)));
    }

    /// <summary>The move as stated or the best one, against staying.</summary>
    private static (Switching? Switching, string? Reason) SwitchTo(Scenario scenario, OptionCost cost, HorizonSeries series, SwitchPlans plans, string? cannot)
    {
        if (cost.LeadMonths >= series.Months)
            return (null, Texts.HorizonLead.With(cost.LeadMonths, series.Months));
        var values = new double?[series.Months];
        // What differs by less is the same, and then the earlier month holds.
        var noise = 1e-12 * Math.Abs(HorizonKernel.PresentCash(plans.Staying, series.DiscountRate));
        int? best = null, first = null;
        for (var month = cost.LeadMonths; month < values.Length; month++)
        {
            values[month] = plans.PresentValue(cost, month);
            if (values[month] is { } value && (best is null || value > values[best.Value] + noise))
                best = month;
            first ??= values[month] is null ? null : month;
        }

        // Where no month pays, the later the better: what is told is then what a switch at once would lose.
        if (best is { } most && values[most] <= noise)
            best = null;
        var start = scenario.Horizon.SwitchMonth is { } stated ? Math.Max(stated, cost.LeadMonths) : best ?? first;
        if (start is not { } chosen || values[chosen] is not { } present)
            return (null, cannot ?? Texts.HorizonCannotMove);

        var flows = new MonthFlow[series.Months];
        plans.Move(cost, chosen, flows);
        var (saved, upfront) = (new double[series.Months], new double[series.Months]);
        var months = new List<SwitchMonth>(series.Months);
        var (costSaved, cashSaved) = (0m, 0m);
        for (var month = 0; month < saved.Length; month++)
        {
            var (move, stay) = (flows[month], plans.Staying[month]);
            // What is smaller than a ledger's last digit, or than a double can tell, is no money.
            var (least, once) = (Math.Max(1e-6, 1e-12 * Math.Abs(stay.Cash)), move.OneOff + move.Capital - stay.OneOff - stay.Capital);
            saved[month] = Math.Abs(stay.Cash - move.Cash) < least ? 0 : stay.Cash - move.Cash;
            upfront[month] = once < least ? 0 : once;
            var (costUsd, cashUsd, stayCost, stayCash) = (Money.Round(move.Cost), Money.Round(move.Cash), Money.Round(stay.Cost), Money.Round(stay.Cash));
            (costSaved, cashSaved) = (costSaved + stayCost - costUsd, cashSaved + stayCash - cashUsd);
            months.Add(new SwitchMonth(month, DateOf(scenario, month), plans.ShareOf(chosen, month), costUsd, cashUsd, stayCost, stayCash, costSaved, cashSaved) { UpfrontUsd = Money.Round(upfront[month]) });
        }

        return (new Switching(
            chosen, best, cost.LeadMonths, Money.Round(present), costSaved, cashSaved, InternalRateOfReturn.Of(saved), Payback.Month(saved, upfront),
            Array.ConvertAll(values, value => value is { } usd ? Money.Round(usd) : (decimal?)null), months), null);
    }

    private static string? DateOf(Scenario scenario, int month) => scenario.FirstDay?.AddMonths(month).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string NameOf(Scenario scenario, int month) =>
        DateOf(scenario, month) is { } date ? Texts.WordMonthDated.With(month, date) : Texts.WordMonth.With(month);
}
