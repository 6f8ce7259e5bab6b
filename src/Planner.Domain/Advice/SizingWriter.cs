using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Advice;

/// <summary>Variants of a fleet in words.</summary>
internal static class SizingWriter
{
    public static string Write(string change, SelfHostOption before, SelfHostOption after, OptionResult result)
    {
        var count = Wording.Count(result.Instances ?? 0);
        var instances = result.Instances == 1 ? Texts.SizeOneInstance : Texts.SizeInstances.With(count);
        var gpus = after.GpusPerReplica == 1 ? Texts.SizeOneGpu : Texts.SizeGpus.With(after.GpusPerReplica);
        return (change switch
        {
            SizingChanges.Replicas => Texts.SizeReplicas.With(count),
            SizingChanges.Autoscaling => Texts.SizeAutoscaling.With(count),
            SizingChanges.Purchase => Texts.SizePurchase.With(Bought(result)),
            SizingChanges.Precision => Texts.SizePrecision.With(before.Precision.ToUpperInvariant(), after.Precision.ToUpperInvariant(), instances),
            SizingChanges.Instance => Texts.SizeInstance.With(after.InstanceKey, gpus, instances),
            _ => Texts.SizeAll.With(after.Precision.ToUpperInvariant(), after.InstanceKey, gpus, instances, after.Fleet.Sizing == FleetSizings.Hourly ? Texts.SizingHourly : Texts.SizingPeak, Bought(result)),
        }) + Lost(change, before, after);
    }

    /// <summary>What a variant could not keep of the fleet's own figures; empty for nothing.</summary>
    private static string Lost(string change, SelfHostOption before, SelfHostOption after)
    {
        if (change is not (SizingChanges.Precision or SizingChanges.Instance or SizingChanges.All))
            return "";
        var speed = !before.Throughput.IsGiven || after.Throughput == before.Throughput ? ""
            : after.Throughput is { IsGiven: true, TokensPerSecond: { } tokens } ? Texts.SizeByRatio.With(Wording.Count((double)before.Throughput.TokensPerSecond!.Value), Wording.Count((double)tokens))
            : Texts.SizeAsModelled;
        var price = after.InstanceKey != before.InstanceKey && (before.InstanceUsdPerHour is not null || before.Purchase.Any(share => share.UsdPerHour is not null)) ? Texts.SizeListPrice : "";
        return price + speed;
    }

    /// <summary>The ways of buying that the bill has lines of.</summary>
    private static string Bought(OptionResult result) =>
        string.Join(", ", result.Ledger.Where(line => line.Group == LedgerGroups.Compute).Select(line => line.Item).Distinct()).ToLowerInvariant();

    public static string RuleOfThumb(string profile) => profile switch
    {
        LoadKinds.Bursty => Texts.ThumbBursty,
        LoadKinds.Batch => Texts.ThumbBatch,
        _ => Texts.ThumbSteady,
    };
}
