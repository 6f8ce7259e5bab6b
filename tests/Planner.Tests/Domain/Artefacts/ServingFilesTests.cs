using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Planner.Domain.Artefacts;
using Planner.Domain.Scenarios;
using Xunit;

namespace Planner.Tests.Domain.Artefacts;

/// <summary>docker compose, Prometheus, LiteLLM and the page to read first.</summary>
public partial class ServingFilesTests
{
    private static Scenario Mixed(HybridOption mix) => Plans.Scenario(Plans.Fleet, Plans.Api, mix);

    [Fact]
    public void Compose_runs_one_replica_with_its_gpus_and_refuses_to_start_without_the_token()
    {
        var bundle = Plans.Bundle(Plans.Fleet with { TensorParallel = 2 });
        var compose = ReadYaml.Document(bundle.File("compose.yaml"));
        var engine = compose["services"]!["engine"]!;
        Assert.Equal(bundle.Command().Select(word => word == "127.0.0.1" ? "0.0.0.0" : word), [.. Texts(engine["entrypoint"]!), .. Texts(engine["command"]!)]);
        var device = engine["deploy"]!["resources"]!["reservations"]!["devices"]![0]!;
        Assert.Equal(("nvidia", 2), ((string)device["driver"]!, (int)device["count"]!));
        Assert.StartsWith("${HF_TOKEN:?", (string)engine["environment"]!["HF_TOKEN"]!, StringComparison.Ordinal);
        Assert.All(Texts(engine["ports"]!), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        // Every named volume is declared.
        Assert.NotNull(compose["volumes"]!["weights"]);
    }

    /// <summary>No engine asks who calls: outside of a container it may answer its own machine only.</summary>
    [Fact]
    public void Script_of_every_engine_opens_it_to_this_machine_only()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine)
        {
            var script = Plans.Bundle(option, checkpoint).File("serve.sh");
            Assert.Contains("127.0.0.1", script, StringComparison.Ordinal);
            Assert.DoesNotContain("0.0.0.0", script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Compose_of_every_engine_mounts_only_files_of_the_bundle()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine)
        {
            var bundle = Plans.Bundle(Plans.Scenario(option, Plans.Api, Plans.Mix), "mix", checkpoint);
            var services = ReadYaml.Document(bundle.File("compose.yaml"))["services"]!.AsObject();
            foreach (var source in services.SelectMany(service => Texts(service.Value!["volumes"]!)).Where(volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(volume => volume.Split(':')[0][2..]))
                Assert.Contains(bundle.Files, file => file.Name == source);
        }
    }

    [Fact]
    public void Compose_makes_the_model_in_ollama_once_it_answers()
    {
        var bundle = Plans.Bundle(Plans.Fleet with { Engine = "ollama", Precision = "int4" }, "someone/Llama-3.1-8B-GGUF");
        var services = ReadYaml.Document(bundle.File("compose.yaml"))["services"]!;
        Assert.Equal(["create", "llama-3.1-8b", "-f", "/Modelfile"], Texts(services["model"]!["command"]!));
        Assert.Equal("engine:11434", (string)services["model"]!["environment"]!["OLLAMA_HOST"]!);
        Assert.Null(services["engine"]!["environment"]!["HF_TOKEN"]);
        Assert.DoesNotContain("HF_TOKEN", bundle.File("README.md"), StringComparison.Ordinal);
        Assert.Equal("service_healthy", (string)services["model"]!["depends_on"]!["engine"]!["condition"]!);
        Assert.NotNull(services["engine"]!["healthcheck"]);
        // The script serves until it is stopped; a chat would end with its input.
        Assert.EndsWith("wait \"$server\"\n", bundle.File("serve.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_speaks_of_what_the_files_hold()
    {
        var ollama = Plans.Bundle(Plans.Fleet with { Engine = "ollama", Precision = "int4" }, "someone/Llama-3.1-8B-GGUF").File("README.md");
        Assert.Contains("The plan has 2 replicas and these files start one", ollama, StringComparison.Ordinal);
        Assert.DoesNotContain("autoscaler", ollama, StringComparison.Ordinal);
        var encoder = Plans.Fleet with { Model = "bge-m3", Engine = "tei", InstanceKey = "aws:c7i.8xlarge:us-east-1", TensorParallel = 16, Throughput = new Throughput { Kind = "stated", TokensPerSecond = 20_000, Basis = "input" } };
        var cpu = Plans.Bundle(Plans.Scenario(encoder) with { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 500 } }, "self");
        Assert.Contains("processors of each: 16", cpu.File("README.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("device plugin", cpu.File("README.md"), StringComparison.Ordinal);
        Assert.Equal(16, (int)ReadYaml.Document(cpu.File("compose.yaml"))["services"]!["engine"]!["cpus"]!);
        var spot = Plans.Fleet with { Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 1 }] };
        Assert.Contains("taken away at short notice", Plans.Bundle(spot).File("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_tells_what_cuts_the_length()
    {
        string Readme(decimal input) => Plans.Bundle(Plans.Scenario(Plans.Fleet) with { Workload = new Workload { RequestsPerMonth = 10_000, InputTokens = input, OutputTokens = 100, InputCv = 1 } }, "self").File("README.md");
        Assert.Contains("131072 tokens are all that the model reads", Readme(100_000), StringComparison.Ordinal);
        Assert.DoesNotContain("all that the model reads", Readme(400), StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_scrapes_the_pods_of_the_deployment_at_the_engines_path()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine.Where(one => one.Option.Engine != "ollama"))
        {
            var bundle = Plans.Bundle(option, checkpoint);
            var config = ReadYaml.Document(bundle.File("prometheus.yml"));
            var job = Assert.Single(config["scrape_configs"]!.AsArray())!;
            Assert.Equal(EngineDocumentation.Of(option.Engine)!.MetricsPath, (string)job["metrics_path"]!);
            Assert.Equal("llm-self;http", (string)job["relabel_configs"]![0]!["regex"]!);
            Assert.Contains(job["relabel_configs"]!.AsArray(), rule => (string)rule!["source_labels"]![0]! == "__meta_kubernetes_pod_phase" && (string)rule["regex"]! == "Failed|Succeeded" && (string)rule["action"]! == "drop");
            Assert.Contains(bundle.Files, file => file.Name == (string)config["rule_files"]![0]!);
            var target = (string)ReadYaml.Document(bundle.File("prometheus-compose.yml"))["scrape_configs"]![0]!["static_configs"]![0]!["targets"]![0]!;
            var services = ReadYaml.Document(bundle.File("compose.yaml"))["services"]!.AsObject();
            Assert.True(services.ContainsKey(target.Split(':')[0]));
        }
    }

    [Fact]
    public void Alerts_stand_at_the_plans_targets_and_ask_for_metrics_that_the_engine_has()
    {
        var rules = Rules(Plans.Bundle(Plans.Fleet));
        Assert.Equal(["EngineDown", "ReplicaDown", "RequestsWaiting", "KvCacheFull", "FirstTokenLate", "TokensSlow"], rules.Select(rule => (string)rule["alert"]!));
        Assert.Equal("histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket{job=\"llm-self\"}[5m]))) > 2", (string)rules[4]["expr"]!);
        Assert.Equal("histogram_quantile(0.95, sum by (le) (rate(vllm:inter_token_latency_seconds_bucket{job=\"llm-self\"}[5m]))) > 0.06", (string)rules[5]["expr"]!);
        // A start takes 461 s: 161 s to download and 300 s for the engine. Nobody is to be woken by one.
        Assert.Equal(("up{job=\"llm-self\"} == 0", "461s", "warning"), ((string)rules[1]["expr"]!, (string)rules[1]["for"]!, (string)rules[1]["labels"]!["severity"]!));
        // What an engine does not measure has no alert.
        Assert.Equal(["EngineDown", "ReplicaDown", "RequestsWaiting", "TokensSlow"], Rules(Plans.Bundle(Plans.Fleet with { Engine = "tgi" })).Select(rule => (string)rule["alert"]!));
        foreach (var (option, checkpoint) in Plans.OfEachEngine.Where(one => one.Option.Engine != "ollama"))
        {
            var engine = EngineDocumentation.Of(option.Engine)!;
            string?[] known = [engine.WaitingMetric, engine.CacheMetric, engine.TtftMetric + "_bucket", engine.TpotMetric + "_bucket", "up"];
            foreach (var rule in Rules(Plans.Bundle(option, checkpoint)))
            {
                Assert.All(Metric().Matches((string)rule["expr"]!), match => Assert.Contains(match.Groups[1].Value, known));
                Assert.Matches(Duration(), (string)rule["for"]!);
                Assert.NotEmpty((string)rule["annotations"]!["summary"]!);
            }
        }
    }

    private static List<JsonNode> Rules(ArtefactBundle bundle) => [.. Assert.Single(ReadYaml.Document(bundle.File("alerts.yml"))["groups"]!.AsArray())!["rules"]!.AsArray().Select(rule => rule!)];

    [Fact]
    public void Workload_without_targets_has_no_alert_on_them()
    {
        var scenario = Plans.Scenario(Plans.Fleet);
        scenario = scenario with { Workload = scenario.Workload with { Slo = new ServiceLevel() } };
        Assert.Equal(["EngineDown", "ReplicaDown", "RequestsWaiting", "KvCacheFull"], Rules(Plans.Bundle(scenario, "self")).Select(rule => (string)rule["alert"]!));
    }

    [Fact]
    public void Adapter_offers_every_metric_that_the_autoscaler_asks_for()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine.Where(one => one.Option.Engine != "ollama"))
        {
            var bundle = Plans.Bundle(option, checkpoint);
            var scaler = ReadYaml.Documents(bundle.File("kubernetes.yaml")).Single(document => (string)document!["kind"]! == "HorizontalPodAutoscaler")!;
            var offered = ReadYaml.Document(bundle.File("prometheus-adapter.yaml"))["rules"]!["custom"]!.AsArray().Select(rule => (string)rule!["name"]!["as"]!).ToList();
            Assert.Equal(scaler["spec"]!["metrics"]!.AsArray().Select(metric => (string)metric!["pods"]!["metric"]!["name"]!), offered);
            Assert.All(offered, name => Assert.DoesNotContain(':', name));
        }
    }

    [Fact]
    public void Router_asks_the_fleet_first_and_the_api_for_the_rest_and_holds_no_key()
    {
        var bundle = Plans.Bundle(Mixed(Plans.Mix), "mix");
        var text = bundle.File("litellm.yaml");
        var router = ReadYaml.Document(text);
        var (fleet, api) = (router["model_list"]![0]!, router["model_list"]![1]!);
        Assert.Equal(("llama-3.1-8b", "openai/llama-3.1-8b"), ((string)fleet["model_name"]!, (string)fleet["litellm_params"]!["model"]!));
        // Eight replicas of 5,000 tokens/s at 500 tokens a request: 4,800 requests a minute.
        Assert.Equal(4800, (int)fleet["litellm_params"]!["rpm"]!);
        Assert.Equal(("anthropic/claude-sonnet", "os.environ/ANTHROPIC_API_KEY"), ((string)api["litellm_params"]!["model"]!, (string)api["litellm_params"]!["api_key"]!));
        Assert.Equal([(string)api["model_name"]!], Texts(router["router_settings"]!["fallbacks"]![0]!["llama-3.1-8b"]!));
        Assert.All(router["model_list"]!.AsArray(), model => Assert.StartsWith("os.environ/", (string)model!["litellm_params"]!["api_key"]!, StringComparison.Ordinal));

        // The gateway of the compose file is given every variable that the configuration reads.
        var given = ReadYaml.Document(bundle.File("compose.yaml"))["services"]!["gateway"]!["environment"]!.AsObject().Select(entry => entry.Key);
        Assert.Equal(EnvironmentName().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order(), given.Order());
    }

    [Fact]
    public void Gateway_of_the_compose_file_sends_its_one_replica_what_one_replica_serves()
    {
        var bundle = Plans.Bundle(Mixed(Plans.Mix), "mix");
        Assert.Equal(["./litellm-compose.yaml:/app/config.yaml:ro"], Texts(ReadYaml.Document(bundle.File("compose.yaml"))["services"]!["gateway"]!["volumes"]!));
        // 5,000 tokens/s at 500 tokens a request: 600 requests a minute, an eighth of the fleet's.
        Assert.Equal(600, (int)ReadYaml.Document(bundle.File("litellm-compose.yaml"))["model_list"]![0]!["litellm_params"]!["rpm"]!);
    }

    /// <summary>The fleet of such a mix serves all that comes: a limit would send the API what the plan does not pay for.</summary>
    [Fact]
    public void Fleet_with_an_api_as_fallback_has_no_limit_of_requests()
    {
        var router = ReadYaml.Document(Plans.Bundle(Mixed(Plans.Mix with { Mode = HybridModes.Fallback, Replicas = null, DowntimeShare = 0.01m }), "mix").File("litellm.yaml"));
        Assert.Null(router["model_list"]![0]!["litellm_params"]!["rpm"]);
        Assert.Null(router["router_settings"]!["optional_pre_call_checks"]);
        Assert.NotNull(router["router_settings"]!["fallbacks"]);
    }

    [Fact]
    public void Model_of_an_api_whose_price_was_typed_in_comes_from_the_environment()
    {
        var typed = new ApiOption { Id = "api", Name = "Typed", Price = new TokenPrices { InputUsdPerM = 3, OutputUsdPerM = 15 } };
        var router = ReadYaml.Document(Plans.Bundle(Plans.Scenario(Plans.Fleet, typed, Plans.Mix), "mix").File("litellm.yaml"));
        Assert.Equal("os.environ/FALLBACK_MODEL", (string)router["model_list"]![1]!["litellm_params"]!["model"]!);
    }

    [Fact]
    public void Tasks_go_where_the_plan_sends_them()
    {
        var mix = new HybridOption { Id = "mix", Name = "By task", Mode = HybridModes.Tasks, Routes = [new TaskRoute { Task = "Sort: \"mail\"\n", Share = 0.2m, OptionId = "self", InputTokens = 1_200 }, new TaskRoute { Task = "Hard", Share = 0.8m, OptionId = "api", InputTokens = 200 }] };
        var bundle = Plans.Bundle(Mixed(mix), "mix");
        var aliases = ReadYaml.Document(bundle.File("litellm.yaml"))["router_settings"]!["model_group_alias"]!.AsObject();
        Assert.Equal([("task-1-sort---mail", "llama-3.1-8b"), ("task-2-hard", "llama-3.1-8b-api")], aliases.Select(alias => (alias.Key, (string)alias.Value!)));
        // 1,200 + 100 tokens of the task that the fleet serves, in steps of 256.
        Assert.Contains("1536", bundle.Command());
        // A machine's eight replicas of 5,000 tokens/s at the 1,300 tokens of its own task: 1,846 requests a minute.
        Assert.Equal(1846, (int)ReadYaml.Document(bundle.File("litellm.yaml"))["model_list"]![0]!["litellm_params"]!["rpm"]!);
        // Nothing says that one stands in for the other.
        Assert.DoesNotContain("fallback", bundle.File("litellm.yaml"), StringComparison.Ordinal);
        Assert.Contains("clients name the model `task-2-hard`, which Sonnet serves.", bundle.File("README.md"), StringComparison.Ordinal);
        Assert.Contains("each task to the one that serves it", bundle.Files.Single(file => file.Name == "litellm.yaml").Purpose, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_names_plan_model_instance_sizes_versions_and_every_file()
    {
        var bundle = Plans.Bundle(Plans.Fleet);
        var readme = bundle.Files[0];
        Assert.Equal("README.md", readme.Name);
        foreach (var part in new[] { "`self`", "`meta-llama/Llama-3.1-8B`", "`aws:p5.48xlarge:us-east-1`", "64 sequences", "512 tokens", EngineDocumentation.Vllm.Version, EngineDocumentation.Vllm.Url })
            Assert.Contains(part, readme.Content, StringComparison.Ordinal);
        Assert.All(bundle.Files.Skip(1), file => Assert.Contains($"| `{file.Name}` |", readme.Content, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_cannot_put_markup_into_the_readme()
    {
        const string nasty = "# x\n<script>alert(1)</script> | [a](http://b) `c` *d*";
        var readme = Plans.Bundle(Plans.Scenario(Plans.Fleet with { Name = nasty }) with { Name = nasty }, "self").Files[0].Content;
        Assert.DoesNotContain("<script>", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("[a](", readme, StringComparison.Ordinal);
        Assert.Equal(2, readme.Split('\n').Count(line => line.StartsWith("# ", StringComparison.Ordinal) || line == "## The plan"));
    }

    [Fact]
    public void Nothing_in_a_bundle_depends_on_the_readers_culture()
    {
        var (here, plan) = (System.Globalization.CultureInfo.CurrentCulture, Mixed(Plans.Mix));
        var expected = Plans.Bundle(plan, "mix").Files;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal(expected, Plans.Bundle(plan, "mix").Files);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = here;
        }
    }

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(item => (string)item!);

    [GeneratedRegex(@"([A-Za-z_:][A-Za-z0-9_:]*)\{", RegexOptions.CultureInvariant)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\A\d+[smh]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();

    [GeneratedRegex("os\\.environ/([A-Z_]+)", RegexOptions.CultureInvariant)]
    private static partial Regex EnvironmentName();
}
