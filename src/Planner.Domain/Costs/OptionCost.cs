using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>An option resolved against the catalog: its prices found, its units exact, ready to be asked at any volume.</summary>
internal abstract class OptionCost(Option option, Scenario scenario, LeverEffect levers)
{
    /// <summary>The option's id in the scenario.</summary>
    public string Id { get; } = option.Id;

    /// <summary>The option's name.</summary>
    public string Name { get; } = option.Name;

    /// <summary>The document's word for its kind.</summary>
    public string Kind { get; } = option.Kind;

    /// <summary>Why its cost cannot be known; empty where it is known.</summary>
    public List<Reason> Unpriced { get; } = [];

    /// <summary>Why it cannot serve the workload at any volume; empty where it can.</summary>
    public List<Reason> Excluded { get; } = [];

    /// <summary>What a reader should know before signing.</summary>
    public List<Check> Checks { get; } = [];

    /// <summary>True where a reason of <see cref="Unpriced"/> is that it cannot serve, so that knowing a price would not help.</summary>
    public bool ServesNothing { get; protected set; }

    /// <summary>True where it may serve, at a cost that nobody knows: it could be the cheapest.</summary>
    public bool IsUnknown => Unpriced.Count > 0 && Excluded.Count == 0 && !ServesNothing;

    /// <summary>True where it takes part in a comparison.</summary>
    public bool IsComparable => Unpriced.Count == 0 && Excluded.Count == 0;

    /// <summary>The scenario that it serves, as typed.</summary>
    protected Scenario Scenario { get; } = scenario;

    /// <summary>What the token levers do to the workload.</summary>
    protected LeverEffect Levers { get; } = levers;

    /// <summary>The workload that is left to serve once the token levers have acted; volumes that are asked for stay those as typed.</summary>
    protected Workload Workload => Levers.Workload;

    /// <summary>What it delivers and costs at the scenario's own volume.</summary>
    public abstract OptionResult Evaluate();

    /// <summary>How an operand of its ledger follows from the inputs (<see cref="LineWorking.Operands"/>); null where it stands as it was computed.</summary>
    public virtual string? WorkingOf(LedgerLine line, Operand operand) => null;

    /// <summary>A line's formula, such that it holds for other operands too.</summary>
    public virtual string FormulaOf(LedgerLine line) => line.Formula;

    /// <summary>Figures that several operands share.</summary>
    public virtual IReadOnlyList<WorkingStep> WorkingSteps() => [];

    /// <summary>Recurring cost of one month, by the formulas of the ledger in double and without a ledger: what horizons and simulations ask a million times.</summary>
    /// <remarks>Only for an option whose prices are known. Fleets are sized for the month's volume; a fixed one stays as stated.</remarks>
    public abstract MonthCost Month(in MonthTerms terms);

    /// <summary>Costs besides recurring ones that fall due so many months after the option began, USD; 0 months is the beginning.</summary>
    public virtual double OneOffUsd(int months) => 0;

    /// <summary>True once the work that it takes once has to be done; a mix that needs no fleet yet has not begun.</summary>
    public virtual bool HasBegun(in MonthTerms terms) => true;

    /// <summary>Terms of the machines that it owns; their life is 0 where it owns none.</summary>
    public virtual OwnedTerms Owned => default;

    /// <summary>Months from the decision until it can serve.</summary>
    public virtual int LeadMonths => 0;

    /// <summary>Credits that pay its first bills, USD: they lower cash, not cost.</summary>
    public virtual double CreditsUsd => 0;

    /// <summary>Can it serve a volume? A fleet that the load sizes can up to the most replicas there are; one of a stated size as it stands.</summary>
    /// <param name="requests">Requests of a month; what lies within a double's noise of its limit is carried.</param>
    public virtual bool Carries(double requests) => !IsLimited || (CarriesRequests is { } most && requests <= most * (1 + 1e-9));

    /// <summary>Cost of a month against requests a month.</summary>
    /// <param name="firstMonth">True to count one-off costs.</param>
    /// <param name="capacityChecked">True to let a sized fleet grow and to end a fixed one at what it carries.</param>
    public abstract CostCurve Curve(bool firstMonth, bool capacityChecked);

    /// <summary>True where it costs no more than another option at any volume that the other can serve, because it may choose that one: then nothing has to be computed to know it.</summary>
    /// <param name="other">Another option of the scenario.</param>
    /// <param name="firstMonth">True to count one-off costs.</param>
    public virtual bool IsNeverDearerThan(OptionCost other, bool firstMonth) => false;

    /// <summary>Cost of the scenario's month, USD; infinite where the option cannot serve it or has no known cost.</summary>
    /// <inheritdoc cref="Curve"/>
    public double MonthUsd(bool firstMonth, bool capacityChecked) => IsComparable && HasCurve
        ? Curve(firstMonth, capacityChecked).At((double)Scenario.Workload.RequestsPerMonth)
        : double.PositiveInfinity;

    /// <summary>What the levers cost in the scenario's month, USD.</summary>
    /// <param name="firstMonth">True to count one-off costs.</param>
    public double LeversUsd(bool firstMonth) => LeverCost(new MonthTerms((double)Scenario.Workload.RequestsPerMonth)).Usd + (firstMonth ? Levers.OneOffUsd : 0);

    /// <summary>A mix' curve with the levers, which its parts do not pay.</summary>
    protected CostCurve WithLevers(CostCurve curve, bool firstMonth) => Levers.FixedUsd + Levers.UsdPerRequest + Levers.OneOffUsd == 0
        ? curve
        : new SumCurve([(curve, 1), (new LineCurve(Levers.FixedUsd + (firstMonth ? Levers.OneOffUsd : 0), Levers.UsdPerRequest), 1)]);

    /// <summary>Requests a month beyond which the option as it stands cannot serve; infinite for an API, null where unknown.</summary>
    public abstract double? CarriesRequests { get; }

    /// <summary>Who serves which share of the requests in a mix; empty for what is none, and where nothing is to be served.</summary>
    public virtual IReadOnlyList<MixPart> MixParts() => [];

    /// <summary>True where its cost along an axis is known in straight pieces.</summary>
    public virtual bool HasCurve => true;

    /// <summary>True for a fleet of a stated size, which does not grow with the load.</summary>
    public virtual bool IsLimited => false;

    /// <summary>Builds the result from the ledger.</summary>
    /// <param name="ledger">All lines; one-off ones are not part of the ongoing month.</param>
    /// <param name="shortfalls">Why it cannot carry the load at the scenario's volume.</param>
    /// <param name="utilization">Tokens served ÷ tokens that the paid hours could serve.</param>
    /// <param name="replicas">Replicas in the busiest hour.</param>
    /// <param name="instances">Instances in the busiest hour.</param>
    /// <param name="capacity">What it delivers.</param>
    /// <param name="cashBeyond">Cash due in the first month beyond its cost, USD: what is bought or paid ahead, less what that spreads into the month.</param>
    protected OptionResult Result(IReadOnlyList<LedgerLine> ledger, IReadOnlyList<Reason> shortfalls, double? utilization = null, long? replicas = null, long? instances = null, FleetCapacity? capacity = null, double cashBeyond = 0)
    {
        var priced = Unpriced.Count == 0;
        decimal? ongoing = priced ? ledger.Where(line => !line.OneOff).Sum(line => line.AmountUsd) : null;
        var first = ongoing + ledger.Where(line => line.OneOff).Sum(line => line.AmountUsd);
        var workload = Scenario.Workload;
        var tokens = workload.RequestsPerMonth * (workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens);
        List<Reason> reasons = [.. Unpriced, .. Excluded, .. shortfalls];
        return new OptionResult(
            Id, Name, Kind, reasons.Count == 0, [.. reasons.Select(reason => reason.Text)], ongoing, first, first + Money.Round(cashBeyond),
            ongoing is { } usd && tokens > 0 ? (double)usd * 1e6 / (double)tokens : null, utilization, replicas, instances, capacity, priced ? ledger : [])
        { ReasonRules = [.. reasons.Select(reason => reason.RuleId)] };
    }

    /// <summary>What a mix pays for the token levers in a month, its parts having them free of charge.</summary>
    public MonthCost LeverCost(in MonthTerms terms) => new(Levers.FixedUsd + (Levers.UsdPerRequest * terms.Requests));

    /// <summary>The outcome of a mix: the lines of its parts, named by them, and the figures of its fleet where it has one.</summary>
    /// <param name="parts">The parts with their outcomes; a part that serves nothing is left out.</param>
    /// <param name="further">Why the mix cannot serve, besides the reasons of its parts.</param>
    protected OptionResult Merge(IReadOnlyList<(OptionCost Cost, OptionResult Result)> parts, params IReadOnlyList<Reason> further)
    {
        if (parts.Any(part => part.Result.OngoingMonthlyUsd is null))
            return Result([], []);
        var ledger = new List<LedgerLine>();
        var shortfalls = new List<Reason>(further);
        foreach (var (cost, result) in parts)
        {
            ledger.AddRange(result.Ledger.Select(line => line with { Item = Texts.PartOfMix.With(cost.Name, line.Item) }));
            if (!result.Feasible)
                shortfalls.AddRange(result.Reasons.Select(reason => Reason.Of(cost, reason)).Except(Excluded));
        }

        Levers.AddLines(ledger, Scenario.Workload.RequestsPerMonth);
        var fleets = parts.Where(part => part.Result.Instances is not null).Select(part => part.Result).ToList();
        var only = fleets is [var one] ? one : null;
        return Result(
            ledger, shortfalls, only?.Utilization, fleets.Count == 0 ? null : fleets.Sum(fleet => fleet.Replicas), fleets.Count == 0 ? null : fleets.Sum(fleet => fleet.Instances), only?.Capacity,
            (double)parts.Sum(part => part.Result.CashDueFirstMonthUsd - part.Result.FirstMonthUsd ?? 0)) with
        { Estimate = only?.Estimate };
    }
}
