using System.Text.RegularExpressions;
using Planner.Domain.Artefacts;
using Planner.Domain.Scenarios;
using Xunit;
using static Planner.Tests.Domain.Artefacts.KubernetesSchema;

namespace Planner.Tests.Domain.Artefacts;

public partial class KubernetesFileTests
{
    /// <summary>Busy for eight hours of weekdays: autoscaled, seven tenths of what runs above the base on spot.</summary>
    private static readonly SelfHostOption Pools = Plans.Fleet with
    {
        Throughput = new Throughput { Kind = "stated", TokensPerSecond = 100, Basis = "total" },
        Fleet = new Fleet { Sizing = FleetSizings.WeeklyPeak, MinimumReplicas = 10, SpareReplicas = 2 },
        Purchase = [new PurchaseShare { Kind = PurchaseKinds.Spot, Share = 0.7m }, new PurchaseShare { Kind = PurchaseKinds.OnDemand, Share = 0.3m }],
    };

    private static List<object> Objects(ArtefactBundle bundle) => [.. ReadYaml.Documents(bundle.File("kubernetes.yaml")).Select(document => KubernetesSchema.Read(document!))];

    private static bool Selects(Dictionary<string, string> selector, Dictionary<string, string> labels) => selector.All(entry => labels.GetValueOrDefault(entry.Key) == entry.Value);

    [Fact]
    public void Objects_of_every_engine_follow_the_schema_and_select_the_pods_that_they_mean()
    {
        foreach (var (option, checkpoint) in Plans.OfEachEngine.Where(one => one.Option.Engine != "ollama"))
        {
            var objects = Objects(Plans.Bundle(option, checkpoint));
            var deployment = Assert.Single(objects.OfType<Deployment>());
            var labels = deployment.Spec.Template.Metadata.Labels;
            Assert.True(Selects(deployment.Spec.Selector.MatchLabels, labels));
            Assert.True(Selects(objects.OfType<Service>().Single().Spec.Selector, labels));
            Assert.True(Selects(objects.OfType<DisruptionBudget>().Single().Spec.Selector.MatchLabels, labels));
            Assert.Equal(("apps/v1", "Deployment", deployment.Metadata.Name), Target(objects.OfType<Autoscaler>().Single()));
            var container = Assert.Single(deployment.Spec.Template.Spec.Containers);
            Assert.All(container.VolumeMounts, mount => Assert.Contains(deployment.Spec.Template.Spec.Volumes, volume => volume.Name == mount.Name));
            Assert.Equal(container.VolumeMounts.Count, deployment.Spec.Template.Spec.Volumes.Count);
            Assert.Equal("http", Assert.Single(container.Ports).Name);
            Assert.Equal(container.Ports[0].Name, objects.OfType<Service>().Single().Spec.Ports[0].TargetPort);
        }
    }

    private static (string, string, string) Target(Autoscaler scaler) => (scaler.Spec.ScaleTargetRef.ApiVersion, scaler.Spec.ScaleTargetRef.Kind, scaler.Spec.ScaleTargetRef.Name);

    [Fact]
    public void Sizes_are_those_of_the_plan()
    {
        var objects = Objects(Plans.Bundle(Plans.Fleet with { TensorParallel = 4 }));
        var pod = objects.OfType<Deployment>().Single().Spec.Template.Spec;
        Assert.Equal(2, objects.OfType<Autoscaler>().Single().Spec.MinReplicas);
        Assert.Equal("4", pod.Containers[0].Resources.Limits["nvidia.com/gpu"]);
        // Four fifths of half a machine of 192 processors and 2,048 GB.
        Assert.Equal(("76", "819G"), (pod.Containers[0].Resources.Requests!["cpu"], pod.Containers[0].Resources.Requests!["memory"]));
        Assert.Equal("p5.48xlarge", pod.NodeSelector["node.kubernetes.io/instance-type"]);
        Assert.Equal("us-east-1", pod.NodeSelector["topology.kubernetes.io/region"]);
        Assert.Equal(("Memory", "8Gi"), (pod.Volumes[0].EmptyDir!.Medium, pod.Volumes[0].EmptyDir!.SizeLimit));
        // 8.03 B weights of 2 bytes at 100 MB/s take 161 s, the engine 300 s: 47 probes of 10 s.
        Assert.Equal((10, 47), (pod.Containers[0].StartupProbe.PeriodSeconds, pod.Containers[0].StartupProbe.FailureThreshold));
        Assert.Equal(new SecretKey("hf-token", "token"), pod.Containers[0].Env.Single(variable => variable.Name == "HF_TOKEN").ValueFrom!.SecretKeyRef);
    }

    /// <summary>An engine that quantizes on its own downloads the published weights.</summary>
    [Theory]
    [InlineData(null, 47, "30G")]
    [InlineData("someone/Llama-3.1-8B-FP8", 39, "20G")]
    public void Disk_and_start_are_sized_by_the_weights_that_are_downloaded(string? checkpoint, int probes, string disk)
    {
        var pod = Objects(Plans.Bundle(Plans.Fleet with { Precision = "fp8" }, checkpoint)).OfType<Deployment>().Single().Spec.Template.Spec;
        // 16.06 GB in BF16 take 161 s at 100 MB/s, 8.03 GB in FP8 81 s, and the engine 300 s; a fifth more and 10 GB on disk.
        Assert.Equal(probes, pod.Containers[0].StartupProbe.FailureThreshold);
        Assert.Equal(disk, pod.Volumes.Single(volume => volume.Name == "weights").EmptyDir!.SizeLimit);
        Assert.Equal(disk, pod.Containers[0].Resources.Requests!["ephemeral-storage"]);
    }

    [Fact]
    public void Readme_asks_for_a_disk_that_holds_the_weights_of_all_replicas_of_a_node() =>
        // Eight replicas of 16.06 GB, a fifth more and 10 GB each.
        Assert.Contains("a disk of 240 GB for the weights of the replicas on it (8)", Plans.Bundle(Plans.Fleet).File("README.md"), StringComparison.Ordinal);

    /// <summary>Downloads of llama.cpp lie in the hub's own cache.</summary>
    [Fact]
    public void Weights_of_llama_are_kept_in_the_volume()
    {
        var pod = Objects(Plans.Bundle(Plans.Fleet with { Engine = "llama.cpp", Precision = "int4" }, "someone/Llama-3.1-8B-GGUF")).OfType<Deployment>().Single().Spec.Template.Spec;
        Assert.Equal("/root/.cache/huggingface", pod.Containers[0].VolumeMounts.Single(mount => mount.Name == "weights").MountPath);
    }

    [Fact]
    public void What_is_not_the_plans_is_marked_as_a_default()
    {
        var lines = Plans.Bundle(Plans.Fleet).File("kubernetes.yaml").Split('\n').Select(line => line.Trim()).ToList();
        foreach (var key in new[] { "readinessProbe:", "livenessProbe:", "lifecycle:", "sizeLimit: \"2Gi\"", "scaleUp:", "scaleDown:", "startupProbe:" })
        {
            var above = lines[lines.IndexOf(key) - 1];
            Assert.StartsWith("# ", above, StringComparison.Ordinal);
            Assert.Contains("to adjust", above, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Spot_in_a_mix_is_spots_part_of_the_mixs_own_fleet()
    {
        var purchase = new PurchaseShare[] { new() { Kind = PurchaseKinds.Reserved1Y, Share = 0.5m }, new() { Kind = PurchaseKinds.Spot, Share = 0.5m } };
        var fleet = Pools with { Fleet = new Fleet { Sizing = FleetSizings.Hourly }, Purchase = purchase };
        Scenario Offices(params Option[] options) => Plans.Scenario(options) with { Workload = new Workload { RequestsPerMonth = 1_000_000, InputTokens = 400, OutputTokens = 100, Shape = new LoadShape { Kind = ShapeKinds.BusinessHours } } };
        var dear = new ApiOption { Id = "api", Name = "Dear", Price = new TokenPrices { InputUsdPerM = 3000, OutputUsdPerM = 15000 } };
        var scenario = Offices(fleet with { Throughput = new Throughput { Kind = "stated", TokensPerSecond = 20, Basis = "total" } }, dear, Plans.Mix with { Replicas = 16 });
        // By itself it reserves half of the instances of its busiest hour and takes the others on spot.
        var most = (int)Planner.Domain.Planning.Engine.Evaluate(scenario, Plans.Catalog).Options[0].Replicas!.Value;
        var alone = Objects(Plans.Bundle(scenario, "self")).OfType<Autoscaler>().Select(scaler => (scaler.Metadata.Name, scaler.Spec.MaxReplicas)).ToList();
        Assert.Equal([("llm-self-steady", most - (most / 2)), ("llm-self-spot", most / 2)], alone);
        // Two machines beside the API run too few hours to be reserved: the mix buys both on spot.
        Assert.Equal("llm-mix", Objects(Plans.Bundle(scenario, "mix")).OfType<Deployment>().Single().Metadata.Name);
        Assert.Equal("SPOT", Objects(Plans.Bundle(scenario, "mix")).OfType<Deployment>().Single().Spec.Template.Spec.NodeSelector["eks.amazonaws.com/capacityType"]);
    }

    [Fact]
    public void Container_starts_the_command_of_the_script()
    {
        var bundle = Plans.Bundle(Plans.Fleet with { Speculative = new SpeculativeDecoding() });
        var container = Objects(bundle).OfType<Deployment>().Single().Spec.Template.Spec.Containers[0];
        // In a container it listens on the container's own network.
        Assert.Equal(bundle.Command().Select(word => word == "127.0.0.1" ? "0.0.0.0" : word), [.. container.Command!, .. container.Args]);
    }

    [Fact]
    public void Spot_and_steady_replicas_are_deployed_apart_and_add_up_to_the_fleet()
    {
        var bundle = Plans.Bundle(Pools);
        var objects = Objects(bundle);
        var (steady, spot) = (objects.OfType<Deployment>().First(), objects.OfType<Deployment>().Last());
        // Ten replicas and two spare ones: 70 % of twelve are eight whole ones on spot.
        Assert.Equal([4, 8], objects.OfType<Autoscaler>().Select(scaler => scaler.Spec.MinReplicas));
        Assert.Equal("SPOT", spot.Spec.Template.Spec.NodeSelector["eks.amazonaws.com/capacityType"]);
        var expression = Assert.Single(steady.Spec.Template.Spec.Affinity!.NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.Terms[0].MatchExpressions);
        Assert.Equal(("eks.amazonaws.com/capacityType", "NotIn", "SPOT"), (expression.Key, expression.Operator, expression.Values.Single()));
        Assert.False(Selects(steady.Spec.Selector.MatchLabels, spot.Spec.Template.Metadata.Labels));
        Assert.True(Selects(objects.OfType<Service>().Single().Spec.Selector, spot.Spec.Template.Metadata.Labels));
        Assert.Equal([steady.Metadata.Name, spot.Metadata.Name], objects.OfType<Autoscaler>().Select(scaler => scaler.Spec.ScaleTargetRef.Name));
        Assert.Equal(2, objects.OfType<DisruptionBudget>().Single().Spec.MaxUnavailable);
    }

    /// <summary>An autoscaler keeps one replica at least, in each pool.</summary>
    [Theory]
    [InlineData(1, new[] { 1, 1 })]
    [InlineData(2, new[] { 1, 1 })]
    [InlineData(3, new[] { 2, 1 })]
    public void Two_pools_keep_no_more_than_the_fewest_replicas_and_say_so_where_they_must(int fewest, int[] kept)
    {
        var scenario = Plans.Scenario(Pools with { Fleet = new Fleet { Sizing = FleetSizings.Hourly, MinimumReplicas = fewest } });
        scenario = scenario with { Workload = scenario.Workload with { Shape = new LoadShape { Kind = ShapeKinds.BusinessHours } } };
        var bundle = Plans.Bundle(scenario, "self");
        Assert.Equal(kept, Objects(bundle).OfType<Autoscaler>().Select(scaler => scaler.Spec.MinReplicas));
        Assert.Equal(fewest == 1, bundle.File("README.md").Contains("one on steady nodes and one on spot", StringComparison.Ordinal));
    }

    /// <summary>The cost of a mix with overflow has no spare replicas, since the API stands in.</summary>
    [Fact]
    public void Base_of_a_mix_with_overflow_keeps_no_spare_replicas()
    {
        var fleet = Plans.Fleet with { Fleet = new Fleet { Sizing = FleetSizings.Hourly, MinimumReplicas = 1, SpareReplicas = 3 } };
        Assert.Equal(1, Objects(Plans.Bundle(Plans.Scenario(fleet, Plans.Api, Plans.Mix), "mix")).OfType<Autoscaler>().Single().Spec.MinReplicas);
        var fallback = Plans.Mix with { Mode = HybridModes.Fallback, Replicas = null, DowntimeShare = 0.01m };
        Assert.Equal(4, Objects(Plans.Bundle(Plans.Scenario(fleet, Plans.Api, fallback), "mix")).OfType<Autoscaler>().Single().Spec.MinReplicas);
    }

    [Fact]
    public void Azures_spot_nodes_are_tolerated_and_their_amd_gpus_asked_for()
    {
        var pod = Objects(Plans.Bundle(Pools with { InstanceKey = "azure:ND96isr_MI300X:eastus" })).OfType<Deployment>().Last().Spec.Template.Spec;
        Assert.Contains(pod.Tolerations, toleration => toleration is { Key: "kubernetes.azure.com/scalesetpriority", Value: "spot" });
        Assert.Equal("1", pod.Containers[0].Resources.Limits["amd.com/gpu"]);
        Assert.StartsWith("vllm/vllm-openai-rocm:", pod.Containers[0].Image, StringComparison.Ordinal);
    }

    [Fact]
    public void Autoscaled_fleet_grows_from_its_least_to_its_most_by_its_step()
    {
        var option = Plans.Fleet with { Fleet = new Fleet { Sizing = FleetSizings.Hourly, MinimumReplicas = 1, SpareReplicas = 1, StepReplicas = 2 }, Throughput = Pools.Throughput };
        var scenario = Plans.Scenario(option);
        // Offices: all of 190 tokens/s within 45 of 168 hours needs eight replicas of 100 tokens/s or more at once.
        scenario = scenario with { Workload = scenario.Workload with { Shape = new LoadShape { Kind = ShapeKinds.BusinessHours } } };
        var most = Planner.Domain.Planning.Engine.Evaluate(scenario, Plans.Catalog).Options[0].Replicas!.Value;
        var scaler = Objects(Plans.Bundle(scenario, "self")).OfType<Autoscaler>().Single().Spec;
        Assert.Equal((2, most), (scaler.MinReplicas, (long)scaler.MaxReplicas));
        Assert.True(most >= 8);
        Assert.Equal(2, scaler.Behavior.ScaleUp.Policies[0].Value);
    }

    /// <summary>A queue is empty on a fleet that is busy and fast enough: by it alone every fleet would shrink to its least.</summary>
    [Theory]
    [InlineData("vllm", "vllm_num_requests_waiting", "vllm_num_requests_running")]
    [InlineData("sglang", "sglang_num_queue_reqs", "sglang_num_running_reqs")]
    [InlineData("tgi", "tgi_queue_size", "tgi_batch_current_size")]
    public void Autoscaler_keeps_a_replica_at_its_planned_queue_and_at_its_planned_batch(string engine, string waiting, string running)
    {
        var metrics = Objects(Plans.Bundle(Plans.Fleet with { Engine = engine, LoadFactor = 0.75m })).OfType<Autoscaler>().Single().Spec.Metrics.Select(metric => metric.Pods).ToList();
        Assert.Equal([waiting, running], metrics.Select(metric => metric.Metric.Name));
        // The throughput is stated: 64 places, of which three quarters are planned for.
        Assert.Equal(("AverageValue", "48"), (metrics[1].Target.Type, metrics[1].Target.AverageValue));
    }

    [Fact]
    public void Planned_batch_is_the_models_where_the_throughput_is_and_counts_all_ranks_where_it_is_stated()
    {
        int Running(SelfHostOption option) => int.Parse(Objects(Plans.Bundle(option)).OfType<Autoscaler>().Single().Spec.Metrics[1].Pods.Target.AverageValue, System.Globalization.CultureInfo.InvariantCulture);
        var modelled = Plans.Fleet with { Throughput = new Throughput(), LoadFactor = 0.5m };
        var batch = Planner.Domain.Planning.Engine.Evaluate(Plans.Scenario(modelled), Plans.Catalog).Options[0].Estimate!.Batch;
        Assert.InRange(Running(modelled), (batch / 2) - 1, batch / 2);
        // Eight ranks of 64 places.
        Assert.Equal(512, Running(Plans.Fleet with { Model = "deepseek-v3", Precision = "fp8", InstanceKey = "aws:p5en.48xlarge:us-east-1", TensorParallel = 1, DataParallel = 8 }));
    }

    [Fact]
    public void Names_are_labels_of_dns_whatever_the_options_id_and_texts_survive()
    {
        const string nasty = "it's\n$(NAME) \"x\": {y} #";
        foreach (var id in new[] { "A_b.C", "---", new string('x', 64), "ends-with-dash-" })
        {
            var scenario = Plans.Scenario(Plans.Fleet with { Id = id, Name = nasty }) with { Name = nasty };
            foreach (var document in ReadYaml.Documents(Plans.Bundle(scenario, id).File("kubernetes.yaml")))
            {
                Assert.Matches(DnsLabel(), (string)document!["metadata"]!["name"]!);
                Assert.Equal(nasty, (string)document["metadata"]!["annotations"]!["planner/option"]!);
            }
        }
    }

    [Fact]
    public void Adapters_of_tenants_come_from_a_claim()
    {
        var pod = Objects(Plans.Bundle(Plans.Fleet with { Tenancy = new Tenancy { Tenants = 2 } })).OfType<Deployment>().Single().Spec.Template.Spec;
        Assert.Contains(pod.Volumes, volume => volume.PersistentVolumeClaim is { ClaimName: "llm-self-adapters", ReadOnly: true });
        Assert.Contains(pod.Containers[0].VolumeMounts, mount => mount is { MountPath: "/adapters", ReadOnly: true });
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabel();
}
