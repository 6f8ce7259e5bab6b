using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;

namespace Planner.Tests.Domain.Capacity;

/// <summary>Small made-up replicas and runs.</summary>
internal static class CapacityRows
{
    private static readonly Provenance Source = new("test", null, new DateOnly(2026, 10, 10));

    public static ModelArchitecture Dense { get; } = new(32, 4096, 14336, 3, 32, 8, 128, 128_256, false);

    public static ModelArchitecture Experts { get; } = Dense with { IntermediateSize = 0, Experts = new ExpertMixture(32, 8, 2, 4096, 0) };

    public static Gpu Nvidia { get; } = new("H100-SXM", "H100", "nvidia", 80, 3350, 989, 1979, 700, Source) { LinkGbPerSecond = 450, LinkType = "NVLink4", Int8Tops = 1979 };

    public static Gpu Pcie { get; } = Nvidia with { Key = "L40", LinkGbPerSecond = 32, LinkType = "PCIe4" };

    public static Gpu Amd { get; } = Nvidia with { Key = "MI300X", Vendor = "amd", MemoryGb = 192, LinkType = "Infinity Fabric" };

    public static Gpu Gaudi { get; } = Nvidia with { Key = "Gaudi2", Vendor = "intel", LinkType = "RoCE" };

    public static ReplicaSpec Spec(ModelArchitecture? model = null, Gpu? gpu = null, int tensor = 1) =>
        new(model ?? Dense, WeightPrecision.Bf16, 2, gpu ?? Nvidia, new Layout(tensor), EngineTiming.Vllm);

    public static CalibrationRow Run(double measured, string engine = "vllm", string model = "a", double? itl = null) =>
        new(model, "g", engine, "s", Spec(), 1, 1, new ReplicaLoad(1000, 100, 8), measured) { Group = "s", ItlSeconds = itl };
}
