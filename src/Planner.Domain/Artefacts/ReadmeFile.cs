using System.Globalization;
using System.Text;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>What a bundle was made from, what it assumes, and what to check before it serves.</summary>
internal static class ReadmeFile
{
    public static string Write(ServingPlan plan, IReadOnlyList<ArtefactFile> files, IReadOnlyList<StackRow> stack)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {MarkdownText.Inline(plan.Scenario.Name)}: {MarkdownText.Inline(plan.Chosen.Name)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Texts.ReadmeIntro}\n\n## {Texts.ReadmePlan}\n\n");
        Table(text, Texts.ReadmeFact, Texts.ReadmeValue, Facts(plan));
        text.Append(CultureInfo.InvariantCulture, $"\n## {Texts.ReadmeFiles}\n\n");
        Table(text, Texts.ReadmeFile, Texts.ReadmePurpose, files.Select(file => (MarkdownText.Code(file.Name), MarkdownText.Inline(file.Purpose))));
        text.Append(CultureInfo.InvariantCulture, $"\n## {Texts.ReadmeSteps}\n\n");
        var number = 0;
        foreach (var step in Steps(plan))
            text.Append(CultureInfo.InvariantCulture, $"{++number}. {step}\n");
        text.Append(CultureInfo.InvariantCulture, $"\n## {Texts.ReadmeAssumed}\n\n");
        foreach (var assumption in Assumptions(plan))
            text.Append(CultureInfo.InvariantCulture, $"- {assumption}\n");
        if (stack.Where(row => !row.Done).ToList() is { Count: > 0 } missing)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Texts.ReadmeMissing}\n\n");
            foreach (var row in missing)
                text.Append(CultureInfo.InvariantCulture, $"- **{MarkdownText.Inline(row.Part)}**: {MarkdownText.Inline(row.Choice)}. {MarkdownText.Inline(row.Why)}\n");
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, string left, string right, IEnumerable<(string Left, string Right)> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {left} | {right} |\n|---|---|\n");
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {row.Left} | {row.Right} |\n");
    }

    private static IEnumerable<(string, string)> Facts(ServingPlan plan)
    {
        var (fleet, engine) = (plan.Fleet, plan.Documentation);
        yield return (Texts.ReadmeOption, MarkdownText.Code(plan.Chosen.Id));
        yield return (Texts.ReadmeModel, $"{MarkdownText.Inline(plan.Model.Name)}, {MarkdownText.Code(plan.Weights.Repository)}, {fleet.Precision}");
        yield return (Texts.ReadmeEngine, $"{MarkdownText.Inline(plan.Engine.Name)}; {Say(Texts.ReadmeDocumented, engine.Version, engine.Url, Wording.Day(engine.AsOf))}");
        yield return (Texts.ReadmeInstance, $"{MarkdownText.Code(plan.Instance.Key)}, {plan.Instance.GpuCount} × {MarkdownText.Inline(plan.Gpu.Name)}");
        yield return (Texts.ReadmeReplicas, Say(plan.HasGpus ? Texts.ReadmeReplicaCounts : Texts.ReadmeReplicaCountsCpu, Range(plan), fleet.GpusPerReplica, plan.ReplicasPerInstance, plan.SpotReplicas));
        yield return (Texts.ReadmeSizes, Say(Texts.ReadmeSizeValues, plan.MaxSequences, plan.MaxLength, plan.MemoryUtilization));
        if (plan.Result.Capacity is { } capacity)
            yield return (Texts.ReadmeCapacity, Say(Texts.ReadmeCapacityValue, capacity.TokensPerSecond, capacity.RequiredTokensPerSecond, capacity.Basis, capacity.Rank));
        yield return (Texts.ReadmeTargets, plan.Workload.Slo is { TtftMs: null, TpotMs: null }
            ? Texts.ReadmeNoTargets
            : Say(Texts.ReadmeTargetValues, (object?)plan.Workload.Slo.TtftMs ?? "–", (object?)plan.Workload.Slo.TpotMs ?? "–", plan.Workload.Slo.Percentile));
    }

    private static string Range(ServingPlan plan) =>
        plan.MinReplicas == plan.MaxReplicas ? plan.MaxReplicas.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{plan.MinReplicas}–{plan.MaxReplicas}");

    private static IEnumerable<string> Steps(ServingPlan plan)
    {
        var listed = plan.Documentation;
        yield return Say(listed.Complete ? Texts.ReadmeStepFlags : Texts.ReadmeStepFlagsPart, listed.Flags.Count + listed.Variables.Count, listed.Name, listed.Version, listed.Source, listed.Lacks);
        yield return listed == EngineDocumentation.Ollama ? Texts.ReadmeStepTrialOpen : Texts.ReadmeStepTrial;
        if (plan.Adapters > 0)
        {
            var isGguf = listed == EngineDocumentation.LlamaCpp;
            yield return Say(isGguf ? Texts.ReadmeStepAdaptersGguf : Texts.ReadmeStepAdapters, $"{plan.Name}-adapters", plan.Adapters, Math.Min(plan.Adapters, EngineCommand.MostNamedAdapters));
            yield return Say(PickOf(listed), EngineCommand.AdapterFolder, plan.ServedName);
        }

        if (plan.Documentation.MetricsPath is not null)
        {
            yield return Texts.ReadmeStepSecret;
            if (KubernetesFile.SpotLabel(plan.Instance.Cloud).Key == "planner/capacity")
                yield return Say(Texts.ReadmeStepLabels, plan.Instance.Type, plan.SpotReplicas > 0 ? Texts.ReadmeStepSpotLabel : "");
            yield return Say(Texts.ReadmeStepDisk, KubernetesFile.WeightsGb(plan) * plan.ReplicasPerInstance, plan.ReplicasPerInstance);
            yield return plan.HasGpus ? Texts.ReadmeStepApply : Texts.ReadmeStepApplyCpu;
        }

        if (plan.Api is { } api)
            yield return Say(Texts.ReadmeStepRouter, string.Join(", ", RouterFile.Variables(plan, api).Select(MarkdownText.Code)));
        foreach (var (alias, task, isFleet) in RouterFile.Tasks(plan).Where(_ => plan.Api is not null))
            yield return Say(Texts.ReadmeStepTask, MarkdownText.Inline(task), MarkdownText.Code(alias), MarkdownText.Inline(isFleet ? plan.Fleet.Name : plan.Api!.Name));
        yield return Texts.ReadmeStepMeasure;
    }

    /// <summary>How a request names its adapter.</summary>
    private static string PickOf(EngineDocumentation engine) => engine.Key switch
    {
        "sglang" => Texts.ReadmeStepPickByPart,
        "tensorrt-llm" => Texts.ReadmeStepPickByRequest,
        "tgi" => Texts.ReadmeStepPickByAdapter,
        "llama.cpp" => Texts.ReadmeStepPickById,
        _ => Texts.ReadmeStepPickByModel,
    };

    private static IEnumerable<string> Assumptions(ServingPlan plan)
    {
        var fleet = plan.Fleet;
        yield return Say(plan.IsCutByCache ? Texts.ReadmeLengthCut : plan.IsCutByContext ? Texts.ReadmeLengthContext : Texts.ReadmeLength, plan.MaxLength, plan.Model.ContextTokens);
        yield return fleet.MaxSequences is not null ? Texts.ReadmeSequencesStated : Say(fleet.Throughput.IsGiven ? Texts.ReadmeSequencesDefault : Texts.ReadmeSequences, plan.MaxSequences);
        yield return Say(Texts.ReadmeStart, plan.StartSeconds, Math.Round(plan.DownloadBytes / 1e9, 1));
        if (plan.Weights.Quantization == "fp8")
            yield return Texts.ReadmeFp8;
        else if (plan.Weights.Repository != plan.Model.HuggingFaceId)
            yield return Say(Texts.ReadmeOwnCheckpoint, MarkdownText.Code(plan.Weights.Repository), MarkdownText.Inline(plan.Model.Name), fleet.Precision);
        if (fleet.Speculative is not null)
            yield return plan.Documentation.Key is "vllm" or "sglang" or "tensorrt-llm" or "tgi" ? Texts.ReadmeDraft : Texts.ReadmeNoDraft;
        var isScaled = plan.Documentation.MetricsPath is not null;
        if (!isScaled && plan.MaxReplicas > 1)
            yield return Say(Texts.ReadmeOneReplica, plan.MaxReplicas, plan.Documentation.Name);
        if (isScaled && plan.MinReplicas == plan.MaxReplicas)
            yield return Texts.ReadmeConstant;
        if (isScaled && fleet.Fleet.MinimumReplicas == 0 && fleet.Fleet.Sizing == FleetSizings.Hourly)
            yield return Texts.ReadmeZero;
        if (isScaled && plan.HasTwoPools && plan.MinReplicas == 1)
            yield return Texts.ReadmeTwoPools;
        if (isScaled && plan.SpotReplicas > 0)
            yield return Texts.ReadmeSpotNotice;
        if (fleet.Fleet is { OffHours.Count: > 0 } or { RunningHoursPerMonth: not null } or { Sizing: FleetSizings.Scheduled } || plan.Chosen is HybridOption { Mode: HybridModes.Hours })
            yield return Texts.ReadmeHours;
        if (fleet.Tenancy is { Kind: Tenancies.Each, Tenants: > 1 and var tenants })
            yield return Say(Texts.ReadmeTenants, tenants);
        if (fleet.AdditionalFleets.Count > 0)
            yield return Texts.ReadmeFurtherFleets;
        if (isScaled)
            yield return Texts.ReadmeRequests;
        yield return Texts.ReadmeDefaults;
    }

    /// <summary>Files read alike everywhere.</summary>
    private static string Say(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
