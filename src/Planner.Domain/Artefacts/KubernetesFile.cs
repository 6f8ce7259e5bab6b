using System.Globalization;

namespace Planner.Domain.Artefacts;

/// <summary>What a cluster needs to run a plan: a Deployment for each pool of nodes, a Service, an autoscaler for each pool and a budget for disruptions.</summary>
internal static class KubernetesFile
{
    private const string AppLabel = "app.kubernetes.io/name";
    private const string PoolLabel = "planner/pool";
    private const string TokenSecret = "hf-token";

    /// <summary>Time in which a Service learns that a pod is to leave, seconds.</summary>
    private const int DrainSeconds = 10;

    /// <summary>A pool of nodes that are bought alike.</summary>
    private sealed record Pool(string Name, int Min, int Max, bool IsSpot);

    public static string Write(ServingPlan plan)
    {
        List<YamlMap> documents = [];
        if (plan.Documentation == EngineDocumentation.TensorRtLlm)
            documents.Add(ConfigMap(plan));
        var pools = Pools(plan);
        documents.AddRange(pools.Select(pool => Deployment(plan, pool, pools.Count > 1)));
        documents.Add(Service(plan));
        documents.AddRange(pools.Select(pool => Autoscaler(plan, pool)));
        documents.Add(DisruptionBudget(plan));
        return YamlText.Write($"{plan.Scenario.Name}: {plan.Chosen.Name}", documents);
    }

    /// <summary>
    /// What the autoscaler keeps a replica at, each with its name in the API of custom metrics, which takes no colons: the requests that wait and those that run,
    /// since an empty queue says nothing of how busy a fleet is. Where the engine does not count those that wait, the share of the cache, in thousandths.
    /// </summary>
    public static IReadOnlyList<(string Series, string Name, string Target)> ScalingMetrics(ServingPlan plan)
    {
        var engine = plan.Documentation;
        (string? Series, string Target)[] metrics =
        [
            (engine.WaitingMetric, Number(plan.WaitingTarget)),
            (engine.RunningMetric, Number(plan.RunningTarget)),
            (engine.WaitingMetric is null ? engine.CacheMetric : null, $"{Number((int)Math.Round(plan.CacheLimit * 1000))}m"),
        ];
        return [.. metrics.Where(metric => metric.Series is not null).Select(metric => (metric.Series!, metric.Series!.Replace(':', '_'), metric.Target))];
    }

    private static List<Pool> Pools(ServingPlan plan)
    {
        if (plan.SpotReplicas == 0)
            return [new Pool(plan.Name, plan.MinReplicas, plan.MaxReplicas, false)];
        if (plan.SpotReplicas >= plan.MaxReplicas)
            return [new Pool(plan.Name, plan.MinReplicas, plan.MaxReplicas, true)];
        var (steady, spot) = (plan.MaxReplicas - plan.SpotReplicas, plan.SpotReplicas);
        // An autoscaler keeps one replica at least, so of the fewest one is left to spot.
        var least = Math.Clamp(plan.MinReplicas - 1, 1, steady);
        return [new Pool($"{plan.Name}-steady", least, steady, false), new Pool($"{plan.Name}-spot", Math.Clamp(plan.MinReplicas - least, 1, spot), spot, true)];
    }

    private static YamlMap Labels(ServingPlan plan, Pool? pool = null) => new()
    {
        { AppLabel, plan.Name },
        { PoolLabel, pool is null ? null : PoolName(pool) },
    };

    private static string PoolName(Pool pool) => pool.IsSpot ? "spot" : "steady";

    private static YamlMap Metadata(ServingPlan plan, string name) => new()
    {
        { "name", name },
        { "labels", Labels(plan) },
        { "annotations", new YamlMap { { "planner/scenario", plan.Scenario.Name }, { "planner/option", plan.Chosen.Name } } },
    };

    private static YamlMap ConfigMap(ServingPlan plan) => new()
    {
        { "apiVersion", "v1" },
        { "kind", "ConfigMap" },
        { "metadata", Metadata(plan, $"{plan.Name}-config") },
        { "data", new YamlMap { { "trtllm.yaml", YamlText.Write("Options that trtllm-serve has no flags for", EngineCommand.TensorRtOptions(plan)) } } },
    };

    private static YamlMap Deployment(ServingPlan plan, Pool pool, bool isOneOfTwo) => new()
    {
        { "apiVersion", "apps/v1" },
        { "kind", "Deployment" },
        { "metadata", Metadata(plan, pool.Name) },
        {
            "spec", new YamlMap
            {
                // How many there are is the autoscaler's to say: a number here would undo it whenever the file is applied again.
                { "selector", new YamlMap { { "matchLabels", Labels(plan, pool) } } },
                // GPUs are bought for the replicas and not for one more: the old one goes first.
                { "strategy", new YamlMap { { "type", "RollingUpdate" }, { "rollingUpdate", new YamlMap { { "maxSurge", 0 }, { "maxUnavailable", 1 } } } } },
                { "progressDeadlineSeconds", (plan.StartSeconds * 2) + 600 },
                { "template", new YamlMap { { "metadata", new YamlMap { { "labels", Labels(plan, pool) } } }, { "spec", PodSpec(plan, pool, isOneOfTwo) } } },
            }
        },
    };

    private static YamlMap PodSpec(ServingPlan plan, Pool pool, bool isOneOfTwo)
    {
        var isAzureSpot = pool.IsSpot && plan.Instance.Cloud == "azure";
        return new YamlMap
        {
            { "automountServiceAccountToken", false },
            { "terminationGracePeriodSeconds", plan.GraceSeconds + DrainSeconds, Say(Texts.YamlGrace, plan.GraceSeconds, DrainSeconds) },
            { "nodeSelector", NodeSelector(plan, pool) },
            { "affinity", isOneOfTwo && !pool.IsSpot && SpotLabel(plan.Instance.Cloud) is var (key, value) ? AwayFrom(key, value) : null },
            {
                "tolerations", new List<object?>
                {
                    plan.HasGpus ? new YamlMap { { "key", GpuResource(plan) }, { "operator", "Exists" }, { "effect", "NoSchedule" } } : null,
                    isAzureSpot ? new YamlMap { { "key", "kubernetes.azure.com/scalesetpriority" }, { "operator", "Equal" }, { "value", "spot" }, { "effect", "NoSchedule" } } : null,
                }.OfType<object>().ToList()
            },
            {
                "topologySpreadConstraints", new List<object>
                {
                    new YamlMap { { "maxSkew", 1 }, { "topologyKey", "kubernetes.io/hostname" }, { "whenUnsatisfiable", "ScheduleAnyway" }, { "labelSelector", new YamlMap { { "matchLabels", Labels(plan, pool) } } } },
                }
            },
            { "containers", new List<object> { Container(plan) } },
            { "volumes", Volumes(plan) },
        };
    }

    private static YamlMap NodeSelector(ServingPlan plan, Pool pool)
    {
        var (key, value) = SpotLabel(plan.Instance.Cloud);
        return new YamlMap
        {
            { "node.kubernetes.io/instance-type", plan.Instance.Type },
            { "topology.kubernetes.io/region", plan.Instance.Cloud is "aws" or "gcp" or "azure" ? plan.Instance.Region : null },
            { key, pool.IsSpot ? value : null },
        };
    }

    /// <summary>How a cloud's own node groups mark spot machines; elsewhere nodes are labelled by hand.</summary>
    internal static (string Key, string Value) SpotLabel(string cloud) => cloud switch
    {
        "aws" => ("eks.amazonaws.com/capacityType", "SPOT"),
        "gcp" => ("cloud.google.com/gke-spot", "true"),
        "azure" => ("kubernetes.azure.com/scalesetpriority", "spot"),
        _ => ("planner/capacity", "spot"),
    };

    private static YamlMap AwayFrom(string key, string value) => new()
    {
        {
            "nodeAffinity", new YamlMap
            {
                {
                    "requiredDuringSchedulingIgnoredDuringExecution", new YamlMap
                    {
                        {
                            "nodeSelectorTerms", new List<object>
                            {
                                new YamlMap { { "matchExpressions", new List<object> { new YamlMap { { "key", key }, { "operator", "NotIn" }, { "values", new List<object> { value } } } } } },
                            }
                        },
                    }
                },
            }
        },
    };

    private static YamlMap Container(ServingPlan plan)
    {
        var (command, gpus) = (EngineCommand.Of(plan), plan.Fleet.GpusPerReplica);
        var limits = new YamlMap { { plan.HasGpus ? GpuResource(plan) : "cpu", Number(plan.HasGpus ? gpus : Math.Max(1, gpus)) } };
        return new YamlMap
        {
            { "name", "engine" },
            { "image", Images.Of(plan.Documentation, plan.Gpu) },
            { "command", plan.Documentation.ImageStartsServer ? null : command.Program.Select(Literal).ToList() },
            { "args", command.Arguments.Select(Literal).ToList() },
            { "env", (List<object>)[Token(), .. command.Environment.Select(variable => new YamlMap { { "name", variable.Name }, { "value", Literal(variable.Value) } })] },
            { "ports", new List<object> { new YamlMap { { "name", "http" }, { "containerPort", plan.Documentation.Port } } } },
            { "resources", new YamlMap { { "requests", Requests(plan) }, { "limits", limits } } },
            // Weights are downloaded and loaded first; only then do the other probes begin.
            { "startupProbe", Probe(plan, 10, (plan.StartSeconds + 9) / 10), Say(Texts.YamlStart, plan.StartSeconds, Math.Round(plan.DownloadBytes / 1e9, 1)) },
            { "readinessProbe", Probe(plan, 5, 3), Texts.YamlDefault },
            { "livenessProbe", Probe(plan, 20, 6), Texts.YamlDefault },
            // The Service stops sending before the engine is told to end.
            { "lifecycle", new YamlMap { { "preStop", new YamlMap { { "exec", new YamlMap { { "command", new List<object> { "sleep", Number(DrainSeconds) } } } } } } }, Texts.YamlDefault },
            { "securityContext", new YamlMap { { "allowPrivilegeEscalation", false } } },
            { "volumeMounts", Mounts(plan) },
        };
    }

    /// <summary>The cluster would fill in <c>$(NAME)</c>; a doubled dollar stands for itself.</summary>
    private static string Literal(string text) => text.Replace("$(", "$$(", StringComparison.Ordinal);

    private static YamlMap Token() => new()
    {
        { "name", "HF_TOKEN" },
        { "valueFrom", new YamlMap { { "secretKeyRef", new YamlMap { { "name", TokenSecret }, { "key", "token" } } } } },
    };

    private static YamlMap Requests(ServingPlan plan)
    {
        // Four fifths of a replica's part of the machine: the node's own services need some, and a request for all of it is never placed.
        var share = 0.8m * plan.Fleet.GpusPerReplica / plan.Instance.GpuCount;
        var cpu = plan.Instance.Vcpus is { } cpus ? Math.Max(1, (int)(cpus * share)) : (int?)null;
        var memory = plan.Instance.MemoryGb is { } gigabytes ? Math.Max(1, (int)(gigabytes * share)) : (int?)null;
        return new YamlMap
        {
            { "cpu", cpu is { } cores ? Number(plan.HasGpus ? cores : Math.Min(cores, plan.Fleet.GpusPerReplica)) : null },
            { "memory", memory is { } size ? $"{Number(size)}G" : null },
            // The weights lie on the node's own disk: without asking for it a pod is placed where there is none, and evicted.
            { "ephemeral-storage", $"{Number(WeightsGb(plan))}G" },
        };
    }

    private static YamlMap Probe(ServingPlan plan, int period, int failures) => new()
    {
        { "httpGet", new YamlMap { { "path", plan.Documentation.HealthPath }, { "port", "http" } } },
        { "periodSeconds", period },
        { "timeoutSeconds", 5 },
        { "failureThreshold", failures },
    };

    private static List<object> Mounts(ServingPlan plan) =>
    [
        new YamlMap { { "name", "shared-memory" }, { "mountPath", "/dev/shm" } },
        new YamlMap { { "name", "weights" }, { "mountPath", CacheFolder(plan.Documentation) } },
        .. plan.Documentation == EngineDocumentation.TensorRtLlm ? [new YamlMap { { "name", "config" }, { "mountPath", "/config" }, { "readOnly", true } }] : Array.Empty<object>(),
        .. plan.Adapters > 0 ? [new YamlMap { { "name", "adapters" }, { "mountPath", EngineCommand.AdapterFolder }, { "readOnly", true } }] : Array.Empty<object>(),
    ];

    private static List<object> Volumes(ServingPlan plan) =>
    [
        new YamlMap { { "name", "shared-memory" }, { "emptyDir", new YamlMap { { "medium", "Memory" }, { "sizeLimit", $"{Number(SharedGib(plan))}Gi", plan.HasGpus ? Texts.YamlShared : Texts.YamlDefault } } } },
        new YamlMap { { "name", "weights" }, { "emptyDir", new YamlMap { { "sizeLimit", $"{Number(WeightsGb(plan))}G", Say(Texts.YamlWeights, Math.Round(plan.DownloadBytes / 1e9, 1)) } } } },
        .. plan.Documentation == EngineDocumentation.TensorRtLlm ? [new YamlMap { { "name", "config" }, { "configMap", new YamlMap { { "name", $"{plan.Name}-config" } } } }] : Array.Empty<object>(),
        .. plan.Adapters > 0 ? [new YamlMap { { "name", "adapters" }, { "persistentVolumeClaim", new YamlMap { { "claimName", $"{plan.Name}-adapters" }, { "readOnly", true } } } }] : Array.Empty<object>(),
    ];

    /// <summary>Disk that a replica's weights take on its node, GB: a fifth more for partial files, and 10.</summary>
    public static long WeightsGb(ServingPlan plan) => (long)Math.Ceiling(plan.DownloadBytes * 1.2 / 1e9) + 10;

    /// <summary>Memory that the processes of a replica share, GiB: 2 for each GPU; an encoder on processors runs in one process.</summary>
    public static int SharedGib(ServingPlan plan) => plan.HasGpus ? 2 * plan.Fleet.GpusPerReplica : 1;

    /// <summary>Folder of an image in which downloaded weights are kept.</summary>
    public static string CacheFolder(EngineDocumentation engine) => engine.Key switch
    {
        "tgi" or "tei" => "/data",
        "ollama" => "/root/.ollama",
        _ => "/root/.cache/huggingface",
    };

    private static string GpuResource(ServingPlan plan) => plan.Gpu.Vendor == "amd" ? "amd.com/gpu" : "nvidia.com/gpu";

    private static YamlMap Service(ServingPlan plan) => new()
    {
        { "apiVersion", "v1" },
        { "kind", "Service" },
        { "metadata", Metadata(plan, plan.Name) },
        {
            "spec", new YamlMap
            {
                { "selector", Labels(plan) },
                { "ports", new List<object> { new YamlMap { { "name", "http" }, { "port", 80 }, { "targetPort", "http" } } } },
            }
        },
    };

    private static YamlMap Autoscaler(ServingPlan plan, Pool pool) => new()
    {
        { "apiVersion", "autoscaling/v2" },
        { "kind", "HorizontalPodAutoscaler" },
        { "metadata", Metadata(plan, pool.Name) },
        {
            "spec", new YamlMap
            {
                { "scaleTargetRef", new YamlMap { { "apiVersion", "apps/v1" }, { "kind", "Deployment" }, { "name", pool.Name } } },
                { "minReplicas", pool.Min },
                { "maxReplicas", pool.Max },
                { "metrics", ScalingMetrics(plan).Select(metric => PodsMetric(metric.Name, metric.Target)).ToList() },
                {
                    "behavior", new YamlMap
                    {
                        { "scaleUp", Behaviour(0, plan.Fleet.Fleet.StepReplicas, 60), Texts.YamlScaleUp },
                        // What was started is kept for as long as starting it took.
                        { "scaleDown", Behaviour(Math.Min(3600, plan.StartSeconds), plan.Fleet.Fleet.StepReplicas, 300), Texts.YamlScaleDown },
                    }
                },
            }
        },
    };

    private static YamlMap PodsMetric(string name, string target) => new()
    {
        { "type", "Pods" },
        { "pods", new YamlMap { { "metric", new YamlMap { { "name", name } } }, { "target", new YamlMap { { "type", "AverageValue" }, { "averageValue", target } } } } },
    };

    private static YamlMap Behaviour(int windowSeconds, int pods, int periodSeconds) => new()
    {
        { "stabilizationWindowSeconds", windowSeconds },
        { "policies", new List<object> { new YamlMap { { "type", "Pods" }, { "value", pods }, { "periodSeconds", periodSeconds } } } },
    };

    private static YamlMap DisruptionBudget(ServingPlan plan) => new()
    {
        { "apiVersion", "policy/v1" },
        { "kind", "PodDisruptionBudget" },
        { "metadata", Metadata(plan, plan.Name) },
        // As many as the plan keeps spare; one where it keeps none, or nodes could never be drained.
        { "spec", new YamlMap { { "maxUnavailable", Math.Max(1, plan.SpareReplicas) }, { "selector", new YamlMap { { "matchLabels", Labels(plan) } } } } },
    };

    private static string Say(string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, text, values);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
