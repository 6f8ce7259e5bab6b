using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;

namespace Planner.Tests.Domain.Capacity;

/// <summary>Published shapes and figures that the tests of the capacity model share.</summary>
internal static class Facts
{
    private static readonly Provenance Source = new("datasheet", null, new DateOnly(2026, 10, 10));

    public static ModelArchitecture Llama8B { get; } = new(32, 4096, 14336, 3, 32, 8, 128, 128256, false);

    public static ModelArchitecture Llama70B { get; } = new(80, 8192, 28672, 3, 64, 8, 128, 128256, false);

    public static ModelArchitecture Llama405B { get; } = new(126, 16384, 53248, 3, 128, 8, 128, 128256, false);

    public static ModelArchitecture Qwen14B { get; } = new(48, 5120, 13824, 3, 40, 8, 128, 152064, false);

    public static ModelArchitecture DeepSeekR1 { get; } = new(61, 7168, 18432, 3, 128, 128, 128, 129280, false)
    {
        Latent = new LatentAttention(512, 1536, 64, 128, 128),
        Experts = new ExpertMixture(58, 256, 8, 2048, 2048),
    };

    public static ModelArchitecture GptOss20B { get; } = new(24, 2880, 2880, 3, 64, 8, 64, 201088, false)
    {
        Window = new SlidingWindow(128, 0.5m),
        Experts = new ExpertMixture(24, 32, 4, 2880, 0),
    };

    public static ModelArchitecture BgeM3 { get; } = new(24, 1024, 4096, 2, 16, 16, 64, 250002, true);

    public static Gpu H100 { get; } = new("H100-SXM", "H100 80GB SXM", "nvidia", 80, 3350, 989, 1978, 700, Source)
    {
        Int8Tops = 1978,
        LinkGbPerSecond = 450,
        LinkType = "NVLink4",
    };

    public static Gpu Rtx4090 { get; } = new("RTX4090", "GeForce RTX 4090", "nvidia", 24, 1008, 165.2m, 330.3m, 450, Source)
    {
        Int8Tops = 660.6m,
        LinkGbPerSecond = 32,
        LinkType = "PCIe4",
    };

    public static Gpu L4 { get; } = new("L4", "NVIDIA L4", "nvidia", 24, 300, 121, 242, 72, Source) { Int8Tops = 242, LinkGbPerSecond = 32, LinkType = "PCIe4" };

    public static ReplicaSpec Replica(ModelArchitecture model, Gpu gpu, WeightPrecision precision = WeightPrecision.Bf16, int tensor = 1, double? utilization = null) =>
        new(model, precision, 2, gpu, new Layout(tensor), EngineTiming.Vllm) { GpuMemoryUtilization = utilization };

    public static ReplicaModel Model(ReplicaSpec spec) => new(spec, Calibration.Shipped.Parameters);
}
