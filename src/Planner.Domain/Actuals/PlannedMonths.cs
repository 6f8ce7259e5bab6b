using System.Globalization;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Finance;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Actuals;

/// <summary>What one option of a scenario was planned to be, month by month: the figures of its horizon.</summary>
internal sealed class PlannedMonths
{
    // Beyond this many requests nothing is sized, and a decimal would overflow.
    private const double MostRequests = 1e18;

    private const double Percentile = 95;

    private readonly Scenario _scenario;
    private readonly CatalogSnapshot _catalog;
    private readonly Option _option;
    private readonly int _index;
    private readonly OptionHorizon _horizon;
    private readonly HorizonSeries _series = new();
    private readonly Dictionary<int, OptionResult?> _evaluated = [];

    public PlannedMonths(Scenario scenario, CatalogSnapshot catalog, int index)
    {
        (_scenario, _catalog, _index, _option) = (scenario, catalog, index, scenario.Options[index]);
        _horizon = Engine.Horizon(scenario, catalog).Options[index];
        _series.Set(scenario);
    }

    /// <summary>Why a month has no plan; null where it has one.</summary>
    private string? ReasonOf(DateOnly month) => IndexOf(month) switch
    {
        null => ActualTexts.NoStartMonth,
        < 0 => ActualTexts.BeforeStart.With(_scenario.StartMonth),
        { } index when index >= _series.Months => ActualTexts.AfterHorizon.With(_series.Months),
        _ => null,
    };

    /// <summary>The plan of a measure in a month.</summary>
    public ActualFigure Of(DateOnly month, string measure)
    {
        if (ReasonOf(month) is { } reason)
            return ActualFigure.Not(reason);
        var index = IndexOf(month)!.Value;
        return measure switch
        {
            ActualMeasures.Cost => Recurring(index),
            ActualMeasures.InputTokens => Tokens(index, "input", work => work.InputTokens, "workload.inputTokens"),
            ActualMeasures.OutputTokens => Tokens(index, "output", work => work.OutputTokens + work.ReasoningTokens, "workload.outputTokens"),
            ActualMeasures.UsdPerMillionTokens => ActualFigure.PerMillion(Of(month, ActualMeasures.Cost), Of(month, ActualMeasures.InputTokens), Of(month, ActualMeasures.OutputTokens)),
            ActualMeasures.Utilization => Utilization(index),
            ActualMeasures.GpuHours => GpuHours(month),
            ActualMeasures.TtftP95 => Latency(index, _scenario.Workload.Slo.TtftMs, "workload.slo.ttftMs", (_option as ApiOption)?.Latency?.TtftMs, "latency.ttftMs", estimate => estimate.TtftSeconds),
            _ => Latency(index, _scenario.Workload.Slo.TpotMs, "workload.slo.tpotMs", (_option as ApiOption)?.Latency?.TpotMs, "latency.tpotMs", estimate => estimate.TpotSeconds),
        };
    }

    /// <summary>Recurring cost of the planned month that is nearest, for what is taken as planned.</summary>
    public ActualFigure RecurringNear(DateOnly month) => Recurring(Near(month));

    /// <summary>Hours of a fleet's instances in the planned month that is nearest, and their price; null where there are no figures.</summary>
    /// <param name="month">The month.</param>
    /// <param name="fleetId">The fleet: the option itself, or the one that a mix names.</param>
    public InstanceHours? HoursNear(DateOnly month, string fleetId)
    {
        var index = Near(month);
        if (!(_series.Requests[index] < MostRequests))
            return null;
        var place = _scenario.Options.ToList().FindIndex(option => option.Id == fleetId);
        return place >= 0 && CostOf(place, index) is FleetCost { Unpriced.Count: 0 } fleet ? fleet.HoursOf((decimal)_series.Requests[index], _series.Instance[index]) : null;
    }

    /// <summary>Lines of a mix that are no instances and no API: further lines, people and overhead, USD in the planned month that is nearest; null where that cannot be priced.</summary>
    public double? BesideNear(DateOnly month) => Evaluated(Near(month)) is { OngoingMonthlyUsd: not null } evaluated
        ? (double)evaluated.Ledger.Where(line => line is { OneOff: false, Group: LedgerGroups.Extras or LedgerGroups.Operations }).Sum(line => line.AmountUsd)
        : null;

    private int? IndexOf(DateOnly month) => _scenario.FirstDay is { } first ? ((month.Year - first.Year) * 12) + month.Month - first.Month : null;

    private int Near(DateOnly month) => Math.Clamp(IndexOf(month) ?? 0, 0, _series.Months - 1);

    private string NameOf(int index) => _scenario.FirstDay?.AddMonths(index).ToString("yyyy-MM", CultureInfo.InvariantCulture) is { } date
        ? Texts.WordMonthDated.With(index, date)
        : Texts.WordMonth.With(index);

    private ActualFigure Recurring(int index)
    {
        if (_horizon.Months.Count <= index)
            return ActualFigure.Not(_horizon.Reasons is [var reason, ..] ? reason : Texts.HorizonBeyond);
        var month = _horizon.Months[index];
        var source = ActualTexts.SourceHorizon.With(NameOf(index));
        var cost = new Operand("month", (double)month.CostUsd, "USD", source);
        return month.OneOffUsd == 0
            ? ActualFigure.Of((double)month.CostUsd, "month", cost)
            : ActualFigure.Of((double)(month.CostUsd - month.OneOffUsd), "month − oneOff", cost, new Operand("oneOff", (double)month.OneOffUsd, "USD", source));
    }

    private ActualFigure Tokens(int index, string name, Func<Workload, decimal> length, string path)
    {
        var levers = _option is SelfHostOption fleet ? LeverEffect.Of(_scenario.Workload, fleet.PrefixCacheShare) : LeverEffect.Of(_scenario.Workload);
        var (volume, each) = ((double)levers.Workload.RequestsPerMonth, (double)length(levers.Workload));
        var (growth, season) = ((double)_scenario.Workload.GrowthPerMonth, _scenario.Workload.SeasonOf(_scenario.FirstDay, index));
        List<Operand> operands = [new("requests", volume, "requests/month", levers.SourceOf("workload.requestsPerMonth"))];
        var formula = "requests";
        if (growth != 0 && index > 0)
        {
            formula += " × (1 + growth)^months";
            operands.AddRange([new("growth", growth, "share/month", "workload.growthPerMonth"), new("months", index, "months", ActualTexts.SourceStart.With(_scenario.StartMonth))]);
        }

        if (season != 1)
        {
            formula += " × season";
            operands.Add(new("season", season, "", "workload.seasonality"));
        }

        operands.Add(new(name, each, "tokens/request", levers.SourceOf(path)));
        formula += $" × {name}";
        // What is sent once more, and what the vendor's own tokenizer makes of it, is on the bill and in the metrics too.
        var (factor, retries) = ((double)((_option as ApiOption)?.TokenFactor ?? 1), (double)_scenario.Workload.RetryShare);
        if (retries != 0)
        {
            formula += " × (1 + retries)";
            operands.Add(new("retries", retries, "share", "workload.retryShare"));
        }

        if (factor != 1)
        {
            formula += " × factor";
            operands.Add(new("factor", factor, "", $"options[{_index}].tokenFactor"));
        }

        return ActualFigure.Of(volume * _series.Scale[index] * each * (1 + retries) * factor, formula, [.. operands]);
    }

    private ActualFigure Utilization(int index)
    {
        if (_option is ApiOption)
            return ActualFigure.Not(ActualTexts.ApiUtilization);
        return Evaluated(index) is { Utilization: { } share, Capacity: var capacity }
            ? ActualFigure.Of(share, capacity is null ? "utilization" : "load ÷ capacity of the paid hours", capacity is null || share == 0
                ? [new Operand("utilization", share, "share", ActualTexts.SourceParts)]
                : [new Operand("load", capacity.MeanTokensPerSecond, "tokens/s", NameOf(index)), new Operand("capacity of the paid hours", capacity.MeanTokensPerSecond / share, "tokens/s", ActualTexts.SourceCapacity.With(capacity.Rank))])
            : ActualFigure.Not(Texts.ReasonThroughputUnknown);
    }

    private ActualFigure GpuHours(DateOnly month)
    {
        if (_option is not SelfHostOption fleet)
            return ActualFigure.Not(_option is ApiOption ? ActualTexts.ApiUtilization : ActualTexts.MixHours);
        if (HoursNear(month, fleet.Id) is not { } paid)
            return ActualFigure.Not(_horizon.Reasons is [var reason, ..] ? reason : Texts.HorizonBeyond);
        var hours = (paid.Committed * (double)_scenario.HoursPerMonth) + paid.PlannedHours;
        return ActualFigure.Of(
            hours * paid.Gpus, "instanceHours × gpus", new Operand("instanceHours", hours, "instance-hours", NameOf(IndexOf(month)!.Value)), new Operand("gpus", paid.Gpus, "GPUs/instance", ActualTexts.SourceGpus));
    }

    private ActualFigure Latency(int index, decimal? target, string path, decimal? stated, string statedPath, Func<Capacity.CapacityEstimate, double?> modelled)
    {
        if ((double)_scenario.Workload.Slo.Percentile != Percentile)
            return ActualFigure.Not(ActualTexts.OtherPercentile.With(_scenario.Workload.Slo.Percentile));
        if (target is { } wanted)
            return ActualFigure.Of((double)wanted / 1000, "target ÷ 1000", new Operand("target", (double)wanted, "ms", path));
        if (stated is { } own)
            return ActualFigure.Of((double)own / 1000, "stated ÷ 1000", new Operand("stated", (double)own, "ms", $"options[{_index}].{statedPath}"));
        return _option is not ApiOption && Evaluated(index)?.Estimate is { Infeasible: null } estimate && modelled(estimate) is { } seconds
            ? ActualFigure.Of(seconds, "modelled", new Operand("modelled", seconds, "s", ActualTexts.SourceModel))
            : ActualFigure.Not(ActualTexts.NoTarget);
    }

    private OptionResult? Evaluated(int index) => _evaluated.TryGetValue(index, out var known) ? known : _evaluated[index] = CostOf(_index, index)?.Evaluate();

    private OptionCost? CostOf(int place, int index) => _series.Requests[index] < MostRequests
        ? new OptionResolver(_scenario with { Workload = _scenario.Workload.At((decimal)_series.Requests[index]) }, _catalog)[place]
        : null;
}
