using System.Globalization;
using Planner.Domain.Advice;
using Planner.Domain.Capacity;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>The stack that is recommended for production, each part with what the plan has of it.</summary>
internal static class StackList
{
    public static List<StackRow> Of(ServingPlan plan)
    {
        var rows = new List<StackRow> { Engine(plan), Model(plan), Quantization(plan), Instance(plan), Autoscaling(plan), Spot(plan), Spare(plan), Fallback(plan), Gateway(plan), Monitoring(plan) };
        if (!plan.IsEncoder)
            rows.Add(Prefixes(plan));
        if (plan.Fleet.Tenancy is { Tenants: > 1 } tenancy)
            rows.Add(Tenants(plan, tenancy));
        return rows;
    }

    private static StackRow Engine(ServingPlan plan)
    {
        var isSingle = plan.Documentation == EngineDocumentation.LlamaCpp || plan.Documentation == EngineDocumentation.Ollama;
        if (isSingle)
            return new StackRow(Texts.StackEngine, plan.Engine.Name, Texts.StackEngineSingle, false);
        return plan.IsEncoder
            ? new StackRow(Texts.StackEngine, plan.Engine.Name, Texts.StackEngineEncoder, true)
            : new StackRow(Texts.StackEngine, plan.Engine.Name, Texts.StackEngineMany.With(plan.MaxSequences), true);
    }

    private static StackRow Model(ServingPlan plan) => new(
        Texts.StackModel, Texts.StackModelChoice.With(plan.Model.Name, plan.Fleet.Precision),
        Texts.StackModelWhy.With(Math.Round(plan.WeightBytes / 1e9, 1), plan.Fleet.GpusPerReplica, plan.Gpu.Name, Wording.Gibibytes(ReplicaMemory.Bytes(plan.Gpu))), true);

    private static StackRow Quantization(ServingPlan plan)
    {
        if (plan.IsEncoder)
            return new StackRow(Texts.StackQuantization, plan.Fleet.Precision, Texts.StackQuantizationSmall, true);
        return WeightPrecisions.Parse(plan.Fleet.Precision) == WeightPrecision.Bf16
            ? new StackRow(Texts.StackQuantization, Texts.StackNone, Texts.StackQuantizationMissing.With(plan.Fleet.Precision), false)
            : new StackRow(Texts.StackQuantization, plan.Fleet.Precision, (plan.Weights.Quantization == "fp8" ? Texts.StackQuantizationMade : Texts.StackQuantizationDone).With(plan.Weights.Repository), true);
    }

    private static StackRow Instance(ServingPlan plan) => new(
        Texts.StackInstance, Texts.StackInstanceChoice.With(plan.Result.Instances, plan.Instance.Type, plan.Instance.Region),
        Texts.StackInstanceWhy.With(plan.ReplicasPerInstance, plan.MaxReplicas), true);

    private static StackRow Autoscaling(ServingPlan plan)
    {
        var peak = LoadWeek.Of(plan.Workload.Shape).PeakToMean;
        if (plan.MinReplicas < plan.MaxReplicas)
            return new StackRow(Texts.StackAutoscaling, Texts.StackAutoscalingChoice.With(plan.MinReplicas, plan.MaxReplicas), Texts.StackAutoscalingWhy.With(Math.Round(peak, 2)), true);
        return peak >= LoadKinds.BurstyFrom && plan.MaxReplicas > 1
            ? new StackRow(Texts.StackAutoscaling, Texts.StackNone, Texts.StackAutoscalingMissing.With(Math.Round(peak, 2)), false)
            : new StackRow(Texts.StackAutoscaling, Texts.StackConstant, Texts.StackAutoscalingConstant.With(Math.Round(peak, 2), plan.MaxReplicas), true);
    }

    private static StackRow Spot(ServingPlan plan)
    {
        if (plan.SpotReplicas == 0)
        {
            return plan.Instance.Prices.SpotUsd is not { } price ? new StackRow(Texts.StackSpot, Texts.StackNone, Texts.StackSpotUnpriced, true)
                : plan.MaxReplicas == 1 ? new StackRow(Texts.StackSpot, Texts.StackNone, Texts.StackSpotSingle, true)
                : new StackRow(Texts.StackSpot, Texts.StackNone, Texts.StackSpotOffered.With(price.ToString("0.00##", CultureInfo.InvariantCulture)), false);
        }

        var isBacked = plan.SpotReplicas < plan.MaxReplicas || plan.StandIn is not null || plan.Fleet.Purchase.Any(share => share is { Kind: PurchaseKinds.Spot, Backup: not SpotBackups.None });
        return new StackRow(Texts.StackSpot, Texts.StackSpotChoice.With(plan.SpotReplicas, plan.MaxReplicas), isBacked ? Texts.StackSpotBacked : Texts.StackSpotAlone, isBacked);
    }

    private static StackRow Spare(ServingPlan plan) => plan.SpareReplicas > 0
        ? new StackRow(Texts.StackSpare, Texts.StackSpareChoice.With(plan.SpareReplicas), Texts.StackSpareWhy, true)
        : new StackRow(Texts.StackSpare, Texts.StackNone, plan.StandIn is null ? Texts.StackSpareMissing : Texts.StackSpareApi, plan.StandIn is not null);

    private static StackRow Fallback(ServingPlan plan)
    {
        if (plan.Workload.Requirements.DataStaysInside)
            return new StackRow(Texts.StackFallback, Texts.StackNone, Texts.StackFallbackInside, plan.SpareReplicas > 0);
        if (plan.StandIn is { } api)
            return new StackRow(Texts.StackFallback, api.Name, ((HybridOption)plan.Chosen).Mode switch { HybridModes.Hours => Texts.StackFallbackHours, HybridModes.Fallback => Texts.StackFallbackDown, _ => Texts.StackFallbackWhy }, true);
        return new StackRow(Texts.StackFallback, Texts.StackNone, plan.Api is null ? Texts.StackFallbackMissing : Texts.StackFallbackTasks.With(plan.Api.Name), false);
    }

    private static StackRow Gateway(ServingPlan plan) => plan.Api is not null
        ? new StackRow(Texts.StackGateway, "LiteLLM", plan.StandIn is null ? Texts.StackGatewayTasks : Texts.StackGatewayWhy, true)
        : new StackRow(Texts.StackGateway, Texts.StackGatewayService, Texts.StackGatewayNone, true);

    private static StackRow Monitoring(ServingPlan plan) => plan.Documentation.MetricsPath is { } path
        ? new StackRow(Texts.StackMonitoring, "Prometheus", Watched(plan, path), true)
        : new StackRow(Texts.StackMonitoring, Texts.StackNone, Texts.StackMonitoringMissing.With(plan.Documentation.Name), false);

    /// <summary>What the engine measures, and for which of the plan's targets there is an alert.</summary>
    private static string Watched(ServingPlan plan, string path)
    {
        var (engine, slo) = (plan.Documentation, plan.Workload.Slo);
        var (first, each) = (plan.IsEncoder ? Texts.StackMeasuresRequest : Texts.StackMeasuresFirst, Texts.StackMeasuresEach);
        string?[] measured = [engine.WaitingMetric is null ? null : Texts.StackMeasuresQueue, engine.CacheMetric is null ? null : Texts.StackMeasuresCache, engine.TtftMetric is null ? null : first, engine.TpotMetric is null || plan.IsEncoder ? null : each];
        var unwatched = new[] { slo.TtftMs is not null && engine.TtftMetric is null ? first : null, slo.TpotMs is not null && engine.TpotMetric is null && !plan.IsEncoder ? each : null }.OfType<string>().ToList();
        var said = Texts.StackMonitoringWhy.With(engine.Name, string.Join(", ", measured.OfType<string>()), path);
        return unwatched.Count == 0 ? said : $"{said} {Texts.StackMonitoringUnwatched.With(string.Join(", ", unwatched))}";
    }

    private static StackRow Prefixes(ServingPlan plan) => EngineCommand.CountsOnPrefixes(plan)
        ? new StackRow(Texts.StackPrefix, Texts.StackPrefixChoice.With(Math.Max(plan.Fleet.PrefixCacheShare, plan.Workload.Levers?.PrefixCache is { On: true, Share: var share } ? share : 0)), Texts.StackPrefixWhy, true)
        : new StackRow(Texts.StackPrefix, Texts.StackNone, Texts.StackPrefixMissing, plan.Workload.CacheReadShare == 0);

    private static StackRow Tenants(ServingPlan plan, Tenancy tenancy) => tenancy.Kind == Tenancies.Shared
        ? new StackRow(Texts.StackTenants, Texts.StackTenantsShared.With(tenancy.Tenants), Texts.StackTenantsWhy.With(EngineCommand.AdaptersAtOnce(plan)), true)
        : new StackRow(Texts.StackTenants, Texts.StackTenantsEach.With(tenancy.Tenants), Texts.StackTenantsMissing, false);
}
