namespace Planner.Domain.Artefacts;

/// <summary>One replica on one machine by docker compose, with what watches it, and for a mix the gateway before it.</summary>
internal static class ComposeFile
{
    public static string Write(ServingPlan plan)
    {
        var services = new YamlMap { { "engine", Engine(plan) } };
        if (plan.Documentation == EngineDocumentation.Ollama)
            services.Add("model", Model(plan), Texts.YamlModel);
        if (plan.Api is { } api)
            services.Add("gateway", Gateway(plan, api));
        if (plan.Documentation.MetricsPath is not null)
            services.Add("prometheus", Prometheus());
        return YamlText.Write($"{plan.Scenario.Name}: {plan.Chosen.Name}, one replica", new YamlMap { { "name", plan.Name }, { "services", services }, { "volumes", new YamlMap { { "weights", new YamlMap() } } } });
    }

    private static YamlMap Engine(ServingPlan plan)
    {
        var command = EngineCommand.Of(plan);
        // Ollama pulls without a token.
        var environment = new YamlMap { { "HF_TOKEN", plan.Documentation == EngineDocumentation.Ollama ? null : "${HF_TOKEN:?set HF_TOKEN to a token that may read the weights}" } };
        foreach (var (name, value) in command.Environment)
            environment.Add(name, Literal(value));
        var port = plan.Documentation.Port;
        return new YamlMap
        {
            { "image", Images.Of(plan.Documentation, plan.Gpu) },
            { "entrypoint", plan.Documentation.ImageStartsServer ? null : command.Program.Select(Literal).ToList() },
            { "command", plan.Documentation == EngineDocumentation.Ollama ? null : command.Arguments.Select(Literal).ToList() },
            { "environment", environment },
            // Open to this machine only: neither the engine nor its metrics ask who calls.
            { "ports", new List<object> { $"127.0.0.1:{port}:{port}" } },
            { "cpus", plan.HasGpus ? null : plan.Fleet.GpusPerReplica },
            { "shm_size", $"{KubernetesFile.SharedGib(plan)}gb", plan.HasGpus ? Texts.YamlShared : Texts.YamlDefault },
            {
                "volumes", new List<object?>
                {
                    $"weights:{KubernetesFile.CacheFolder(plan.Documentation)}",
                    plan.Documentation == EngineDocumentation.TensorRtLlm ? $"./trtllm.yaml:{EngineCommand.TensorRtConfig}:ro" : null,
                    plan.Adapters > 0 ? $"./adapters:{EngineCommand.AdapterFolder}:ro" : null,
                }.OfType<object>().ToList()
            },
            { "devices", plan.Gpu.Vendor == "amd" ? new List<object> { "/dev/kfd", "/dev/dri" } : null },
            { "deploy", plan.Gpu.Vendor == "nvidia" ? NvidiaGpus(plan) : null },
            { "healthcheck", plan.Documentation == EngineDocumentation.Ollama ? new YamlMap { { "test", new List<object> { "CMD", "ollama", "list" } }, { "interval", "5s" }, { "retries", 24 } } : null, Texts.YamlDefault },
            { "stop_grace_period", $"{plan.GraceSeconds}s" },
            { "restart", "unless-stopped" },
        };
    }

    /// <summary>Ollama serves what was created in it; nothing else pulls the weights.</summary>
    private static YamlMap Model(ServingPlan plan) => new()
    {
        { "image", Images.Of(plan.Documentation, plan.Gpu) },
        { "command", new List<object> { "create", plan.ServedName, "-f", "/Modelfile" } },
        { "environment", new YamlMap { { "OLLAMA_HOST", $"engine:{plan.Documentation.Port}" } } },
        { "volumes", new List<object> { "./Modelfile:/Modelfile:ro" } },
        { "depends_on", new YamlMap { { "engine", new YamlMap { { "condition", "service_healthy" } } } } },
        { "restart", "on-failure" },
    };

    private static YamlMap NvidiaGpus(ServingPlan plan) => new()
    {
        {
            "resources", new YamlMap
            {
                {
                    "reservations", new YamlMap
                    {
                        { "devices", new List<object> { new YamlMap { { "driver", "nvidia" }, { "count", plan.Fleet.GpusPerReplica }, { "capabilities", new List<object> { "gpu" } } } } },
                    }
                },
            }
        },
    };

    private static YamlMap Gateway(ServingPlan plan, Scenarios.ApiOption api)
    {
        var environment = new YamlMap();
        foreach (var name in RouterFile.Variables(plan, api))
            environment.Add(name, name == RouterFile.FleetAddress ? $"http://engine:{plan.Documentation.Port}/v1" : $"${{{name}:?set {name}}}");
        return new YamlMap
        {
            { "image", Images.Gateway },
            { "command", new List<object> { "--config", "/app/config.yaml", "--port", "4000" } },
            { "environment", environment },
            { "ports", new List<object> { "127.0.0.1:4000:4000" } },
            { "volumes", new List<object> { "./litellm-compose.yaml:/app/config.yaml:ro" } },
            { "depends_on", new List<object> { "engine" } },
            { "restart", "unless-stopped" },
        };
    }

    private static YamlMap Prometheus() => new()
    {
        { "image", Images.Prometheus },
        { "ports", new List<object> { "127.0.0.1:9090:9090" } },
        { "volumes", new List<object> { "./prometheus-compose.yml:/etc/prometheus/prometheus.yml:ro", "./alerts.yml:/etc/prometheus/alerts.yml:ro" } },
        { "restart", "unless-stopped" },
    };

    /// <summary>Compose would fill in variables; a doubled dollar stands for itself.</summary>
    private static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);
}
