using System.Text.Json;
using Planner.Data.Feeds;
using Planner.Data.Seed;

namespace Planner.Tests.Data.Feeds;

/// <summary>Feeds of machines as they were served, kept beside the repository.</summary>
internal static class InstanceSnapshots
{
    /// <summary>Memory of one GPU by its key, as shipped.</summary>
    internal static IReadOnlyDictionary<string, decimal> GpuMemoryGb { get; } =
        Shipped("gpus").ToDictionary(row => row.GetProperty("key").GetString()!, row => row.GetProperty("memoryGb").GetDecimal());

    /// <summary>GPUs of the machines that ship, by their key.</summary>
    internal static IReadOnlyDictionary<string, (string Gpu, int Count)> ShippedGpus =>
        Shipped("instances").ToDictionary(row => row.GetProperty("key").GetString()!, row => (row.GetProperty("gpu").GetString()!, row.GetProperty("gpuCount").GetInt32()));

    internal static FeedReading<InstanceFeedRow> Vantage() => VantageReader.Read(Bytes("vantage/aws_gpu_instances_2025-11-30.json"));

    internal static FeedReading<InstanceFeedRow> SkyPilot(string name, string cloud) => SkyPilotReader.Read(Bytes($"skypilot-format/{name}.csv"), cloud);

    internal static FeedReading<InstanceFeedRow> Gcp() => SkyPilot("gcp_gpu_rows_2026-05-20", "gcp");

    internal static FeedReading<InstanceFeedRow> RunPod() => RunPodReader.Read(Bytes("runpod/gpuTypes_2026-10.json"));

    internal static FeedReading<SpotAdvice> SpotAdvisor() => SpotAdvisorReader.Read(Bytes("aws-spot-advisor/spot-advisor-data_2025-06-28.json"));

    internal static InstanceFeedRow Row(this FeedReading<InstanceFeedRow> reading, string sourceKey) => reading.Rows.Single(row => row.SourceKey == sourceKey);

    private static byte[] Bytes(string path) => Snapshots.Read(path.Split('/'));

    private static List<JsonElement> Shipped(string file) =>
        [.. JsonDocument.Parse(SeedFile.Embedded($"Seed/catalog/{file}.json").Single().Text).RootElement.GetProperty("rows").EnumerateArray()];
}
