using System.Globalization;

namespace Planner.Domain.Artefacts;

/// <summary>What Prometheus scrapes, when it raises an alert, and how the autoscaler gets to see the engine's metric.</summary>
internal static class MonitoringFiles
{
    /// <summary>Scrapes the plan's pods in a cluster.</summary>
    public static string Cluster(ServingPlan plan) => Config(plan, new YamlMap
    {
        { "job_name", plan.Name },
        { "metrics_path", plan.Documentation.MetricsPath },
        { "kubernetes_sd_configs", new List<object> { new YamlMap { { "role", "pod" } } } },
        {
            "relabel_configs", new List<object>
            {
                new YamlMap
                {
                    { "source_labels", new List<object> { "__meta_kubernetes_pod_label_app_kubernetes_io_name", "__meta_kubernetes_pod_container_port_name" } },
                    { "separator", ";" }, { "regex", $"{plan.Name};http" }, { "action", "keep" },
                },
                // A pod that has ended is still listed, and would count as one that cannot be reached.
                new YamlMap { { "source_labels", new List<object> { "__meta_kubernetes_pod_phase" } }, { "regex", "Failed|Succeeded" }, { "action", "drop" } },
                new YamlMap { { "source_labels", new List<object> { "__meta_kubernetes_namespace" } }, { "target_label", "namespace" } },
                new YamlMap { { "source_labels", new List<object> { "__meta_kubernetes_pod_name" } }, { "target_label", "pod" } },
            }
        },
    });

    /// <summary>Scrapes the one replica of the compose file.</summary>
    public static string Compose(ServingPlan plan) => Config(plan, new YamlMap
    {
        { "job_name", plan.Name },
        { "metrics_path", plan.Documentation.MetricsPath },
        { "static_configs", new List<object> { new YamlMap { { "targets", new List<object> { $"engine:{Text(plan.Documentation.Port)}" } } } } },
    });

    private static string Config(ServingPlan plan, YamlMap job) => YamlText.Write($"{plan.Scenario.Name}: {plan.Chosen.Name}", new YamlMap
    {
        { "global", new YamlMap { { "scrape_interval", "15s" }, { "evaluation_interval", "15s" } }, Texts.YamlDefault },
        { "rule_files", new List<object> { "alerts.yml" } },
        { "scrape_configs", new List<object> { job } },
    });

    /// <summary>Alerts at the plan's own limits, for what the engine measures.</summary>
    public static string Alerts(ServingPlan plan)
    {
        var (engine, slo, job) = (plan.Documentation, plan.Workload.Slo, $"{{job=\"{plan.Name}\"}}");
        var quantile = (slo.Percentile / 100).ToString("0.####", CultureInfo.InvariantCulture);
        List<object> rules =
        [
            Rule("EngineDown", $"absent(up{job} == 1)", "2m", "critical", "No replica of the fleet can be reached"),
            // A replica that starts cannot be reached either.
            Rule("ReplicaDown", $"up{job} == 0", $"{Text(plan.StartSeconds)}s", "warning", "A replica of the fleet cannot be reached for longer than a start takes"),
            .. engine.WaitingMetric is { } waiting ? [Rule("RequestsWaiting", $"avg({waiting}{job}) > {Text(plan.WaitingTarget)}", "5m", "warning", $"Requests that wait for each replica: above {Text(plan.WaitingTarget)}")] : Array.Empty<object>(),
            .. engine.CacheMetric is { } cache ? [Rule("KvCacheFull", $"max({cache}{job}) > {Text(plan.CacheLimit)}", "5m", "warning", "The KV cache is nearly full: requests are about to wait or to be preempted")] : Array.Empty<object>(),
            .. engine.TtftMetric is { } first && slo.TtftMs is { } ttft ? [Late("FirstTokenLate", first, job, quantile, ttft, slo.Percentile)] : Array.Empty<object>(),
            .. engine.TpotMetric is { } each && slo.TpotMs is { } tpot && !plan.IsEncoder ? [Late("TokensSlow", each, job, quantile, tpot, slo.Percentile)] : Array.Empty<object>(),
        ];
        return YamlText.Write($"{plan.Scenario.Name}: {plan.Chosen.Name}", new YamlMap { { "groups", new List<object> { new YamlMap { { "name", plan.Name }, { "rules", rules, Texts.YamlAlerts } } } } });
    }

    private static YamlMap Late(string name, string histogram, string job, string quantile, decimal milliseconds, decimal percentile) => Rule(
        name, $"histogram_quantile({quantile}, sum by (le) (rate({histogram}_bucket{job}[5m]))) > {Text(milliseconds / 1000)}", "10m", "warning",
        $"The {Text(percentile)}th percentile is above the plan's target of {Text(milliseconds)} ms");

    private static YamlMap Rule(string name, string expression, string lasting, string severity, string summary) => new()
    {
        { "alert", name },
        { "expr", expression },
        { "for", lasting },
        { "labels", new YamlMap { { "severity", severity } } },
        { "annotations", new YamlMap { { "summary", summary } } },
    };

    /// <summary>The rules by which the Prometheus adapter offers the engine's metrics to the autoscaler, under names without colons.</summary>
    public static string Adapter(ServingPlan plan) => YamlText.Write("Values of the Helm chart prometheus-adapter", new YamlMap
    {
        { "rules", new YamlMap { { "custom", KubernetesFile.ScalingMetrics(plan).Select(metric => AdapterRule(plan, metric.Series, metric.Name)).ToList() } } },
    });

    private static YamlMap AdapterRule(ServingPlan plan, string series, string name) => new()
    {
        { "seriesQuery", $"{series}{{job=\"{plan.Name}\",namespace!=\"\",pod!=\"\"}}" },
        { "resources", new YamlMap { { "overrides", new YamlMap { { "namespace", new YamlMap { { "resource", "namespace" } } }, { "pod", new YamlMap { { "resource", "pod" } } } } } } },
        { "name", new YamlMap { { "as", name } } },
        { "metricsQuery", "sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)" },
    };

    private static string Text(IFormattable value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
