using Planner.Domain.Costs;

namespace Planner.Domain.Finance;

/// <summary>What one month brings, USD.</summary>
/// <param name="Cost">Cost in the view of profit and loss: machines by their depreciation, terms paid ahead spread over their months, one-off work in the month in which it is done.</param>
/// <param name="Cash">What is paid in the month.</param>
/// <param name="OneOff">Part of both that is one-off work or comes again every few months.</param>
/// <param name="Capital">Part of the cash that buys machines or pays terms ahead, less what machines and unexpired terms are worth when they are given up or the horizon ends.</param>
internal readonly record struct MonthFlow(double Cost, double Cash, double OneOff, double Capital)
{
    public static MonthFlow operator +(in MonthFlow left, in MonthFlow right) =>
        new(left.Cost + right.Cost, left.Cash + right.Cash, left.OneOff + right.OneOff, left.Capital + right.Capital);
}

/// <summary>Months in which an option runs, and its part of the requests.</summary>
/// <param name="From">First month, at least 0.</param>
/// <param name="To">First month in which it runs no more, up to the horizon's length.</param>
/// <param name="InPlace">True for an option that exists already: its one-off work is done.</param>
/// <param name="RampFrom">First month in which requests move.</param>
/// <param name="RampMonths">Months in which both sides serve.</param>
/// <param name="Leaves">True where requests move away from it, false where they move to it.</param>
/// <param name="Part">Share of what moves that it serves, 0 to 1: below 1 for a part of a mix.</param>
internal readonly record struct Stay(int From, int To, bool InPlace = false, int RampFrom = 0, int RampMonths = 0, bool Leaves = false, double Part = 1)
{
    /// <summary>All months, all requests.</summary>
    public static Stay Alone(int months) => new(0, months);

    /// <summary>The same for what exists already.</summary>
    public static Stay Put(int months) => new(0, months, InPlace: true);

    /// <summary>What is left in the month <paramref name="start"/>.</summary>
    public static Stay Leaving(int start, int rampMonths, int months) => new(0, Math.Min(months, start + rampMonths), InPlace: true, start, rampMonths, Leaves: true);

    /// <summary>What is moved to from the month <paramref name="start"/> on.</summary>
    public static Stay Joining(int start, int rampMonths, int months) => new(start, months, InPlace: false, start, rampMonths);

    /// <summary>Share of a month's requests that it serves, 0 to 1.</summary>
    public double ShareOf(int month)
    {
        var moved = Math.Clamp((month - RampFrom + 1) / (RampMonths + 1.0), 0, 1);
        return Part * (Leaves ? 1 - moved : moved);
    }
}

/// <summary>Runs an option month by month: what it commits to stays until its term or life ends.</summary>
/// <remarks>
/// Reservations of one kind end together, a term after the option began; those that a growing fleet adds run to that end at the term's price. Machines are bought when more are needed,
/// sold at their residual value at the end of their life and then replaced as far as needed, and given up at book value. What was paid ahead for months beyond the horizon counts back in its last month,
/// so that over a horizon cash and cost differ by the cost of capital and by credits only.
/// </remarks>
internal static class OptionMonths
{
    private const int OneYear = 12, ThreeYears = 36;

    /// <summary>Adds the option's months to <paramref name="flows"/>.</summary>
    /// <returns>The first month whose load the option cannot carry, or −1. A flow may then be no finite number.</returns>
    public static int Add(OptionCost cost, HorizonSeries series, in Stay stay, Span<MonthFlow> flows) =>
        cost is PartsCost mix ? AddParts(mix, series, stay, flows) : AddOne(cost, series, stay, flows);

    /// <summary>A mix of fixed shares: each part keeps terms, machines and credits of its own.</summary>
    private static int AddParts(PartsCost mix, HorizonSeries series, in Stay stay, Span<MonthFlow> flows)
    {
        for (var i = 0; i < mix.Parts.Count; i++)
            Add(mix.Parts[i].Cost, series, stay with { Part = stay.Part * mix.Parts[i].Share }, flows);
        var failed = -1;
        for (var month = stay.From; month < stay.To; month++)
        {
            var requests = series.Requests[month] * stay.ShareOf(month);
            if (failed < 0 && !mix.Carries(requests))
                failed = month;
            var oneOff = stay.InPlace || month > stay.From ? 0 : mix.OneOffUsd(0);
            var usd = mix.LeverCost(new MonthTerms(requests, month)).Usd + oneOff;
            flows[month] += new MonthFlow(usd, usd, oneOff, 0);
        }

        return failed;
    }

    private static int AddOne(OptionCost cost, HorizonSeries series, in Stay stay, Span<MonthFlow> flows)
    {
        Span<double> bought = stackalloc double[HorizonSeries.MostMonths];
        bought.Clear();
        var owned = cost.Owned;
        var (failed, begun) = (-1, stay.InPlace ? stay.From : -1);
        var (held, credits, last) = (default(Commitments), cost.CreditsUsd, default(MonthCost));
        for (var month = stay.From; month < stay.To; month++)
        {
            var age = month - stay.From;
            var (termOfOne, termOfThree) = (age % OneYear, age % ThreeYears);
            held = new Commitments(termOfOne == 0 ? 0 : held.OneYear, termOfThree == 0 ? 0 : held.ThreeYears, held.Owned);
            var capital = 0.0;
            if (owned.LifeMonths > 0 && age >= owned.LifeMonths && bought[month - owned.LifeMonths] is > 0 and var old)
            {
                held = held with { Owned = Math.Max(0, held.Owned - old) };
                capital -= old * owned.BookUsd(owned.LifeMonths);
                bought[month - owned.LifeMonths] = 0;
            }

            var requests = series.Requests[month] * stay.ShareOf(month);
            if (failed < 0 && !cost.Carries(requests))
                failed = month;
            var terms = new MonthTerms(requests, month, series.Api[month], series.Instance[month], series.Instance[month - termOfOne], series.Instance[month - termOfThree], held);
            last = cost.Month(terms);
            bought[month] = Math.Max(0, last.OwnedInstances - held.Owned);
            capital += (bought[month] * owned.CapitalUsd)
                + PaidAhead(last.OneYear, held.OneYear, OneYear - termOfOne) + PaidAhead(last.ThreeYears, held.ThreeYears, ThreeYears - termOfThree);
            held = new Commitments(last.OneYear.Instances, last.ThreeYears.Instances, last.OwnedInstances);
            begun = begun < 0 && cost.HasBegun(terms) ? month : begun;
            var oneOff = begun < 0 || (month == begun && stay.InPlace) ? 0 : cost.OneOffUsd(month - begun);
            var credit = Math.Min(credits, last.ApiUsd);
            credits -= credit;
            flows[month] += new MonthFlow(
                last.Usd + oneOff, last.Usd - last.OwnedUsd - last.OneYear.PrepaidUsd - last.ThreeYears.PrepaidUsd - credit + oneOff + capital, oneOff, capital);
        }

        if (stay.To > stay.From)
            End(series, stay, owned, bought, last, flows);
        return failed;
    }

    /// <summary>What is paid ahead when a term begins or instances join it, for the months that it has left.</summary>
    private static double PaidAhead(in Reserved reserved, double held, int monthsLeft) =>
        reserved.PrepaidUsd > 0 ? reserved.PrepaidUsd * Math.Max(0, reserved.Instances - held) / reserved.Instances * monthsLeft : 0;

    /// <summary>Gives up the machines at book value; reservations run on to their end, or count back at the horizon's.</summary>
    private static void End(HorizonSeries series, in Stay stay, in OwnedTerms owned, ReadOnlySpan<double> bought, in MonthCost last, Span<MonthFlow> flows)
    {
        var back = 0.0;
        for (var month = stay.From; month < stay.To; month++)
            back += bought[month] > 0 ? bought[month] * owned.BookUsd(stay.To - month) : 0;
        flows[stay.To - 1] += new MonthFlow(0, -back, 0, -back);
        RunOut(series, stay, last.OneYear, OneYear, flows);
        RunOut(series, stay, last.ThreeYears, ThreeYears, flows);
    }

    private static void RunOut(HorizonSeries series, in Stay stay, in Reserved reserved, int term, Span<MonthFlow> flows)
    {
        if (reserved.Instances == 0)
            return;
        var age = stay.To - stay.From;
        var end = stay.From + ((age + term - 1) / term * term);
        for (var month = stay.To; month < Math.Min(end, series.Months); month++)
            flows[month] += new MonthFlow(reserved.Usd, reserved.Usd - reserved.PrepaidUsd, 0, 0);
        var back = reserved.PrepaidUsd * Math.Max(0, end - series.Months);
        flows[series.Months - 1] += new MonthFlow(0, -back, 0, -back);
    }
}
