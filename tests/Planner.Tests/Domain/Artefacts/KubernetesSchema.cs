using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Planner.Tests.Domain.Artefacts;

/// <summary>The Kubernetes objects that are generated, field by field as the API reference (v1.34) has them. Reading is strict: an unknown field, a missing one that the API requires, or a number where it wants a text is refused.</summary>
internal static class KubernetesSchema
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static object Read(JsonNode document) => ((string)document["apiVersion"]!, (string)document["kind"]!) switch
    {
        ("apps/v1", "Deployment") => document.Deserialize<Deployment>(Strict)!,
        ("v1", "Service") => document.Deserialize<Service>(Strict)!,
        ("v1", "ConfigMap") => document.Deserialize<ConfigMap>(Strict)!,
        ("autoscaling/v2", "HorizontalPodAutoscaler") => document.Deserialize<Autoscaler>(Strict)!,
        ("policy/v1", "PodDisruptionBudget") => document.Deserialize<DisruptionBudget>(Strict)!,
        var kind => throw new InvalidDataException($"{kind} is not an object that is generated."),
    };

    internal sealed record Metadata(string Name, Dictionary<string, string>? Labels, Dictionary<string, string>? Annotations);

    internal sealed record ConfigMap(string ApiVersion, string Kind, Metadata Metadata, Dictionary<string, string> Data);

    internal sealed record Deployment(string ApiVersion, string Kind, Metadata Metadata, DeploymentSpec Spec);

    /// <summary>Without <c>replicas</c>: those are the autoscaler's.</summary>
    internal sealed record DeploymentSpec(LabelSelector Selector, Strategy Strategy, int ProgressDeadlineSeconds, PodTemplate Template);

    internal sealed record LabelSelector(Dictionary<string, string> MatchLabels);

    internal sealed record Strategy(string Type, RollingUpdate RollingUpdate);

    internal sealed record RollingUpdate(int MaxSurge, int MaxUnavailable);

    internal sealed record PodTemplate(TemplateMetadata Metadata, PodSpec Spec);

    internal sealed record TemplateMetadata(Dictionary<string, string> Labels);

    internal sealed record PodSpec(
        bool AutomountServiceAccountToken, long TerminationGracePeriodSeconds, Dictionary<string, string> NodeSelector, List<Toleration> Tolerations, List<SpreadConstraint> TopologySpreadConstraints,
        List<Container> Containers, List<Volume> Volumes, Affinity? Affinity = null);

    internal sealed record Affinity(NodeAffinity NodeAffinity);

    internal sealed record NodeAffinity(NodeSelectorTerms RequiredDuringSchedulingIgnoredDuringExecution);

    internal sealed record NodeSelectorTerms([property: JsonPropertyName("nodeSelectorTerms")] List<NodeTerm> Terms);

    internal sealed record NodeTerm(List<NodeExpression> MatchExpressions);

    internal sealed record NodeExpression(string Key, string Operator, List<string> Values);

    internal sealed record Toleration(string Key, string Operator, string Effect, string? Value = null);

    internal sealed record SpreadConstraint(int MaxSkew, string TopologyKey, string WhenUnsatisfiable, LabelSelector LabelSelector);

    internal sealed record Container(
        string Name, string Image, List<string> Args, List<Variable> Env, List<Port> Ports, Resources Resources, Probe StartupProbe, Probe ReadinessProbe, Probe LivenessProbe,
        Lifecycle Lifecycle, SecurityContext SecurityContext, List<Mount> VolumeMounts, List<string>? Command = null);

    internal sealed record Variable(string Name, string? Value = null, ValueSource? ValueFrom = null);

    internal sealed record ValueSource(SecretKey SecretKeyRef);

    internal sealed record SecretKey(string Name, string Key);

    internal sealed record Port(string Name, int ContainerPort);

    /// <summary>Quantities may be texts only here, so that none is rounded by a reader.</summary>
    internal sealed record Resources(Dictionary<string, string> Limits, Dictionary<string, string>? Requests = null);

    internal sealed record Probe(HttpGet HttpGet, int PeriodSeconds, int TimeoutSeconds, int FailureThreshold);

    internal sealed record HttpGet(string Path, string Port);

    internal sealed record Lifecycle(Hook PreStop);

    internal sealed record Hook(Exec Exec);

    internal sealed record Exec(List<string> Command);

    internal sealed record SecurityContext(bool AllowPrivilegeEscalation);

    internal sealed record Mount(string Name, string MountPath, bool ReadOnly = false);

    internal sealed record Volume(string Name, EmptyDir? EmptyDir = null, ConfigMapSource? ConfigMap = null, ClaimSource? PersistentVolumeClaim = null);

    internal sealed record EmptyDir(string SizeLimit, string? Medium = null);

    internal sealed record ConfigMapSource(string Name);

    internal sealed record ClaimSource(string ClaimName, bool ReadOnly);

    internal sealed record Service(string ApiVersion, string Kind, Metadata Metadata, ServiceSpec Spec);

    internal sealed record ServiceSpec(Dictionary<string, string> Selector, List<ServicePort> Ports);

    internal sealed record ServicePort(string Name, int Port, string TargetPort);

    internal sealed record Autoscaler(string ApiVersion, string Kind, Metadata Metadata, AutoscalerSpec Spec);

    internal sealed record AutoscalerSpec(ScaleTarget ScaleTargetRef, int MinReplicas, int MaxReplicas, List<Metric> Metrics, Behavior Behavior);

    internal sealed record ScaleTarget(string ApiVersion, string Kind, string Name);

    internal sealed record Metric(string Type, PodsMetric Pods);

    internal sealed record PodsMetric(MetricName Metric, MetricTarget Target);

    internal sealed record MetricName(string Name);

    internal sealed record MetricTarget(string Type, string AverageValue);

    internal sealed record Behavior(ScalingRules ScaleUp, ScalingRules ScaleDown);

    internal sealed record ScalingRules(int StabilizationWindowSeconds, List<ScalingPolicy> Policies);

    internal sealed record ScalingPolicy(string Type, int Value, int PeriodSeconds);

    internal sealed record DisruptionBudget(string ApiVersion, string Kind, Metadata Metadata, BudgetSpec Spec);

    internal sealed record BudgetSpec(int MaxUnavailable, LabelSelector Selector);
}
