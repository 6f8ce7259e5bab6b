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
        var instances = result.Instances == 1 ? Texts.SizeOneInstance : Wording.Say(Texts.SizeInstances, count);
        var gpus = after.GpusPerReplica == 1 ? Texts.SizeOneGpu : Wording.Say(Texts.SizeGpus, after.GpusPerReplica);
        return (change switch
        {
            SizingChanges.Replicas => Wording.Say(Texts.SizeReplicas, count),
            SizingChanges.Autoscaling => Wording.Say(Texts.SizeAutoscaling, count),
            SizingChanges.Purchase => Wording.Say(Texts.SizePurchase, Bought(result)),
            SizingChanges.Precision => Wording.Say(Texts.SizePrecision, before.Precision.ToUpperInvariant(), after.Precision.ToUpperInvariant(), instances),
            SizingChanges.Instance => Wording.Say(Texts.SizeInstance, after.InstanceKey, gpus, instances),
            _ => Wording.Say(Texts.SizeAll, after.Precision.ToUpperInvariant(), after.InstanceKey, gpus, instances, after.Fleet.Sizing == FleetSizings.Hourly ? Texts.SizingHourly : Texts.SizingPeak, Bought(result)),
        }) + Lost(change, before, after);
    }

    /// <summary>What a variant could not keep of the fleet's own figures; empty for nothing.</summary>
    private static string Lost(string change, SelfHostOption before, SelfHostOption after)
    {
        if (change is not (SizingChanges.Precision or SizingChanges.Instance or SizingChanges.All))
            return "";
        var speed = !before.Throughput.IsGiven || after.Throughput == before.Throughput ? ""
            : after.Throughput is { IsGiven: true, TokensPerSecond: { } tokens } ? Wording.Say(Texts.SizeByRatio, Wording.Count((double)before.Throughput.TokensPerSecond!.Value), Wording.Count((double)tokens))
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
