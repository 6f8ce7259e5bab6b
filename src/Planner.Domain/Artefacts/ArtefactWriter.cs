using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>Writes what a plan needs to be deployed. Values come from the plan, or say that they are a default to adjust; what cannot run is refused, never half made.</summary>
public static class ArtefactWriter
{
    /// <summary>The files and the stack of an option.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="result">What the engine found for it.</param>
    /// <param name="optionId">The option: a fleet, or a mix of one fleet and an API.</param>
    /// <param name="checkpoint">Repository of the weights, <c>owner/name</c>, where the catalog's holds another precision; null for the catalog's.</param>
    /// <returns>The bundle, or why there is none, at <c>optionId</c> or <c>checkpoint</c>.</returns>
    public static (ArtefactBundle? Bundle, Problem? Refusal) Write(Scenario scenario, CatalogSnapshot catalog, Result result, string optionId, string? checkpoint = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(optionId);
        var (bundle, refusal) = InPresentLanguage(scenario, catalog, result, optionId, checkpoint);
        if (bundle is null || Language.IsStored)
            return (bundle, refusal);
        // Files are handed on and run: they are the same whoever had them made.
        var files = Language.Stored(() => InPresentLanguage(scenario, catalog, Rewording.Of(scenario, catalog, result), optionId, checkpoint).Bundle!.Files);
        return (bundle with { Files = [.. bundle.Files.Zip(files, (shown, made) => shown with { Content = made.Content })] }, null);
    }

    private static (ArtefactBundle? Bundle, Problem? Refusal) InPresentLanguage(Scenario scenario, CatalogSnapshot catalog, Result result, string optionId, string? checkpoint)
    {
        var (plan, refusal) = ServingPlan.Of(scenario, catalog, result, optionId, string.IsNullOrWhiteSpace(checkpoint) ? null : checkpoint.Trim());
        return plan is null ? (null, refusal) : Write(plan);
    }

    /// <summary>The files and the stack of a plan; none where its engine's release documents no such flag as it would need.</summary>
    internal static (ArtefactBundle? Bundle, Problem? Refusal) Write(ServingPlan plan)
    {
        if (EngineCommand.Of(plan).Undocumented(plan.Documentation) is { Count: > 0 } unknown)
            return (null, new Problem("optionId", Texts.ArtefactUndocumented.With(plan.Documentation.Name, plan.Documentation.Version, string.Join(", ", unknown))));
        var stack = StackList.Of(plan);
        var files = Files(plan).ToList();
        var readme = new ArtefactFile("README.md", Texts.FileReadme, "");
        files.Insert(0, readme with { Content = ReadmeFile.Write(plan, files, stack) });
        return (new ArtefactBundle(plan.Chosen.Id, plan.Chosen.Name, plan.Weights.Repository, files, stack), null);
    }

    private static IEnumerable<ArtefactFile> Files(ServingPlan plan)
    {
        yield return new ArtefactFile("serve.sh", Texts.FileServe.With(plan.Documentation.Name), ServeScript.Write(plan));
        if (plan.Documentation == EngineDocumentation.TensorRtLlm)
            yield return new ArtefactFile("trtllm.yaml", Texts.FileTensorRt, YamlText.Write("Options that trtllm-serve has no flags for", EngineCommand.TensorRtOptions(plan)));
        if (plan.Documentation == EngineDocumentation.Ollama)
            yield return new ArtefactFile("Modelfile", Texts.FileModelfile, ServeScript.Modelfile(plan));
        yield return new ArtefactFile("compose.yaml", Texts.FileCompose, ComposeFile.Write(plan));
        if (plan.Api is not null)
        {
            yield return new ArtefactFile("litellm.yaml", plan.StandIn is null ? Texts.FileRouterTasks : Texts.FileRouter, RouterFile.Write(plan, plan.Result.Replicas!.Value));
            yield return new ArtefactFile("litellm-compose.yaml", Texts.FileRouterCompose, RouterFile.Write(plan, 1));
        }

        if (plan.Documentation.MetricsPath is null)
            yield break;
        yield return new ArtefactFile("kubernetes.yaml", plan.HasTwoPools ? Texts.FileKubernetesPools : Texts.FileKubernetes, KubernetesFile.Write(plan));
        yield return new ArtefactFile("prometheus.yml", Texts.FilePrometheus, MonitoringFiles.Cluster(plan));
        yield return new ArtefactFile("prometheus-compose.yml", Texts.FilePrometheusCompose, MonitoringFiles.Compose(plan));
        yield return new ArtefactFile("alerts.yml", Texts.FileAlerts, MonitoringFiles.Alerts(plan));
        yield return new ArtefactFile("prometheus-adapter.yaml", Texts.FileAdapter, MonitoringFiles.Adapter(plan));
    }
}
