using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>How a fleet's month follows from the inputs.</summary>
internal sealed partial class FleetCost
{
    /// <summary>True where the load decides the size, and each instance is bought in stated shares: what a search found does not follow an input.</summary>
    private bool FollowsLoad => !_sizing.IsStated && _sizing.Load is not null && !_purchases.IsCheapest && (_sizing.IsConstant || _purchases.Committed.Count == 0);

    private WorkloadWorking Left => new(Scenario.Workload, "option.prefixCacheShare", "0");

    /// <inheritdoc/>
    public override IReadOnlyList<WorkingStep> WorkingSteps()
    {
        if (!FollowsLoad)
            return [];
        List<WorkingStep> steps =
        [
            new("step.tokens", Texts.WorkingTokens, "tokens/request", TokensFormula()),
            new("step.mean", Texts.WorkingMean, "tokens/s", $"workload.requestsPerMonth × step.tokens ÷ ({(_option.Fleet.RunningHoursPerMonth is null ? "hoursPerMonth" : "option.fleet.runningHoursPerMonth")} × 3600)"),
            new("step.replica", Texts.WorkingReplica, "tokens/s", ReplicaFormula()),
        ];
        for (var i = 0; i < _sizing.Levels.Length; i++)
            steps.Add(new WorkingStep(InstancesStep(i), Texts.WorkingInstances.With(i + 1, _sizing.Levels.Length), "instances", InstancesFormula(_sizing.Levels[i])));
        if (!_sizing.IsConstant)
        {
            // In parts, since a formula of 168 terms would be longer than a spreadsheet takes.
            const int atOnce = 24;
            var sums = new List<string>();
            for (var from = 0; from < _sizing.Levels.Length; from += atOnce)
            {
                sums.Add($"step.hours{sums.Count}");
                steps.Add(new WorkingStep(sums[^1], Texts.WorkingInstanceHours, "instance-hours/month", string.Join(" + ", Enumerable.Range(from, Math.Min(atOnce, _sizing.Levels.Length - from)).Select(LevelHours))));
            }

            steps.Add(new WorkingStep("step.instanceHours", Texts.WorkingAllHours, "instance-hours/month", string.Join(" + ", sums)));
        }

        return steps;
    }

    /// <inheritdoc/>
    public override string? WorkingOf(LedgerLine line, Operand operand) => line.Group switch
    {
        LedgerGroups.Compute => ComputeWorking(line, operand),
        LedgerGroups.Extras => operand.Name switch
        {
            "tokens" when line.Item == Texts.ItemCompressor => $"workload.inputTokens × {Left.Compressible}",
            "requests" => Left.Requests,
            "tokens" => $"{Left.Requests} × ({Left.Input} + {Left.Output}) ÷ 10⁶{(_upShare == 1 ? "" : $" × {OptionWorkings.Number((double)_upShare)}")}",
            _ => null,
        },
        _ => null,
    };

    private static string InstancesStep(int level) => $"step.instances{level + 1}";

    private string? ComputeWorking(LedgerLine line, Operand operand)
    {
        var standIn = line.Item == Texts.ItemSpotBackup || line.Item == Texts.ItemSpotSpare;
        var way = _option.Purchase.ToList().FindIndex(share => standIn ? share.Kind == PurchaseKinds.Spot : InstancePrices.ItemOf(share.Kind) == line.Item);
        switch (operand.Name)
        {
            case "instances" when (_option.Fleet.Sizing == FleetSizings.Fixed || (FollowsLoad && _sizing.IsConstant)) && Fleet is { } fleet && _option.AdditionalFleets.All(other => other.Name != line.Item):
                var all = _option.Fleet.Sizing == FleetSizings.Fixed ? "option.fleet.instances" : InstancesStep(0);
                var share = fleet.Instances == 0 ? 1 : operand.Value / fleet.Instances;
                return share == 1 ? all : _purchases.IsCheapest ? null : $"{all} × {OptionWorkings.Number(share)}";
            case "instanceHours" when FollowsLoad:
                return "step.instanceHours";
            case "share" when way >= 0 && !_purchases.IsCheapest && (double)_option.Purchase[way].Share == operand.Value:
                return $"option.purchase[{way}].share";
            case "hours" when _option.Fleet.OffHours is { Count: > 0 } off && operand.Unit == "h/month":
                return $"hoursPerMonth × {LoadWeek.Hours - off.Count} ÷ {LoadWeek.Hours}";
            case "lost" when way >= 0:
                var lost = $"option.purchase[{way}].interruptionsPerMonth × option.purchase[{way}].restartMinutes ÷ 60 ÷ hoursPerMonth";
                return line.Item == Texts.ItemSpotSpare ? $"{lost} ÷ (1 − {lost})" : lost;
            case "price" when way >= 0 && line.Item != Texts.ItemSpotBackup && _option.Purchase[way].UsdPerHour is not null:
                return $"option.purchase[{way}].usdPerHour";
            case "price" when (line.Item == Texts.ItemOnDemand || line.Item == Texts.ItemSpotBackup) && _option.InstanceUsdPerHour is not null:
                return "option.instanceUsdPerHour";
            case "capital" when _option.Owned is not null:
                return "option.owned.priceUsd × (1 + option.owned.sparePartsShare)";
            default:
                return null;
        }
    }

    private string TokensFormula()
    {
        var tokens = _throughput!.Basis switch { ThroughputBases.Input => $"({Left.Input})", ThroughputBases.Output => Left.Output, _ => $"({Left.Input} + {Left.Output})" };
        return $"{Left.RequestShare} × {tokens} × (1 + workload.retryShare) × {Left.MachineLoad}";
    }

    /// <summary>A figure of the user's own follows its input; what the model says stands, since a spreadsheet cannot ask it.</summary>
    private string ReplicaFormula()
    {
        var given = _option.Throughput.IsGiven ? "option.throughput.tokensPerSecond" : OptionWorkings.Number((double)_throughput!.TokensPerSecond);
        var factor = _option.LoadFactor is null ? OptionWorkings.Number((double)_sizing.LoadFactor) : "option.loadFactor";
        return $"{given} × {factor}{(_option.Tenancy is { Kind: Tenancies.Shared } ? " × (1 − option.tenancy.overheadShare)" : "")}";
    }

    private string InstancesFormula(FleetLevel level)
    {
        var week = LoadWeek.Of(Scenario.Workload.Shape);
        var above = (double)(level.Weight * LoadWeek.Hours / week.Sum) * week.Burst;
        var peak = Scenario.Workload.Shape.Kind is ShapeKinds.Flat or ShapeKinds.Peak && above == (double)Scenario.Workload.Shape.PeakToMean ? "workload.shape.peakToMean" : OptionWorkings.Number(above);
        var perFleet = _sizing.Fleets == 1 ? "" : $" ÷ {_sizing.Fleets}";
        var beyond = $"max(0; ceil(step.mean × {peak} ÷ step.replica{perFleet}) − option.fleet.minimumReplicas)";
        var stepped = _sizing.Step == 1 ? beyond : $"ceil({beyond} ÷ {_sizing.Step}) × {_sizing.Step}";
        var replicas = $"option.fleet.minimumReplicas + {stepped} + option.fleet.spareReplicas";
        var units = _sizing.ReplicasPerUnit == 1 ? $"({replicas})" : $"ceil(({replicas}) ÷ {_sizing.ReplicasPerUnit})";
        return $"{units} × {_sizing.InstancesPerUnit * _sizing.Fleets}";
    }

    private string LevelHours(int level) => $"{InstancesStep(level)} × hoursPerMonth × {OptionWorkings.Number(_sizing.Levels[level].Hours / _hoursPerMonth)}";
}
