using System.Text;

namespace Planner.Data.Feeds;

/// <summary>GPUs of a machine.</summary>
/// <param name="Gpu">Key in the catalog.</param>
/// <param name="Count">Whole GPUs.</param>
public sealed record MachineGpus(string Gpu, int Count);

/// <summary>
/// The catalog's GPUs for the names that clouds and feeds use. One name may mean several products: an A100 has 40 or 80 GB, an H100 is an SXM module, a PCIe card
/// or an NVL pair, so where the name leaves it open the machine decides, and where that leaves it open too there is no answer.
/// </summary>
public static class GpuNames
{
    private static readonly string[] Vendors = ["NVIDIA", "AMD", "INTEL", "TESLA", "GEFORCE", "INSTINCT", "HABANA", "QUADRO"];
    private static readonly string[] Suffixes = ["TENSORCORE", "TENSORCOREGPU", "OAM", "GPU"];

    /// <summary>Names that mean one product wherever they stand, without vendor, spaces and marks.</summary>
    private static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["T4"] = "T4",
        ["L4"] = "L4",
        ["A10"] = "A10",
        ["A10G"] = "A10G",
        ["A30"] = "A30",
        ["A40"] = "A40",
        ["L40"] = "L40",
        ["L40S"] = "L40S",
        ["A5000"] = "A5000",
        ["RTXA5000"] = "A5000",
        ["A6000"] = "A6000",
        ["RTXA6000"] = "A6000",
        ["RTX3090"] = "RTX3090",
        ["RTX4090"] = "RTX4090",
        ["RTX5090"] = "RTX5090",
        // Not RTX 6000, which is a card of 2018 with 24 GB.
        ["RTX6000ADA"] = "RTX6000Ada",
        ["RTX6000ADAGENERATION"] = "RTX6000Ada",
        // Not the workstation editions, whose memory is faster or whose power is less, and not the slices of one.
        ["RTXPRO6000"] = "RTX-PRO-6000",
        ["RTXPRO6000S"] = "RTX-PRO-6000",
        ["RTXPROSERVER6000"] = "RTX-PRO-6000",
        ["RTXPRO6000BLACKWELLSERVEREDITION"] = "RTX-PRO-6000",
        ["A10040GB"] = "A100-40",
        ["A100SXM440GB"] = "A100-40",
        ["A10040GBSXM"] = "A100-40",
        ["A10080GBSXM"] = "A100-80-SXM",
        ["A10080GBSXM4"] = "A100-80-SXM",
        ["A100SXM480GB"] = "A100-80-SXM",
        ["A10080GBPCIE"] = "A100-80-PCIe",
        ["A100PCIE80GB"] = "A100-80-PCIe",
        ["H100SXM"] = "H100-SXM",
        ["H100SXM5"] = "H100-SXM",
        ["H100MEGA"] = "H100-SXM",
        ["H10080GBHBM3"] = "H100-SXM",
        ["H100PCIE"] = "H100-PCIe",
        ["H100NVL"] = "H100-NVL",
        ["GH200"] = "GH200",
        ["H200"] = "H200",
        ["H200SXM"] = "H200",
        ["H200NVL"] = "H200-NVL",
        ["B200"] = "B200-SXM",
        ["B200SXM"] = "B200-SXM",
        ["GB200"] = "GB200",
        ["B300"] = "B300",
        ["B300SXM"] = "B300",
        ["B300SXM6AC"] = "B300",
        ["GB300"] = "GB300",
        ["MI210"] = "MI210",
        ["MI300X"] = "MI300X",
        ["MI325X"] = "MI325X",
        ["MI355X"] = "MI355X",
        ["GAUDI2"] = "Gaudi2",
        ["GAUDI3"] = "Gaudi3",
    };

    /// <summary>Azure's machines with whole GPUs that the catalog knows. Its price list names no GPUs, and SkyPilot's leaves them out for some.</summary>
    private static readonly Dictionary<string, MachineGpus> AzureMachines = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Standard_NC4as_T4_v3"] = new("T4", 1),
        ["Standard_NC8as_T4_v3"] = new("T4", 1),
        ["Standard_NC16as_T4_v3"] = new("T4", 1),
        ["Standard_NC64as_T4_v3"] = new("T4", 4),
        ["Standard_NV36ads_A10_v5"] = new("A10", 1),
        ["Standard_NV36adms_A10_v5"] = new("A10", 1),
        ["Standard_NV72ads_A10_v5"] = new("A10", 2),
        ["Standard_NC8ads_A10_v4"] = new("A10", 1),
        ["Standard_NC16ads_A10_v4"] = new("A10", 1),
        ["Standard_NC32ads_A10_v4"] = new("A10", 2),
        ["Standard_NC24ads_A100_v4"] = new("A100-80-PCIe", 1),
        ["Standard_NC48ads_A100_v4"] = new("A100-80-PCIe", 2),
        ["Standard_NC96ads_A100_v4"] = new("A100-80-PCIe", 4),
        ["Standard_ND96asr_v4"] = new("A100-40", 8),
        ["Standard_ND96amsr_A100_v4"] = new("A100-80-SXM", 8),
        ["Standard_NC40ads_H100_v5"] = new("H100-NVL", 1),
        ["Standard_NCC40ads_H100_v5"] = new("H100-NVL", 1),
        ["Standard_NC80adis_H100_v5"] = new("H100-NVL", 2),
        ["Standard_ND96isr_H100_v5"] = new("H100-SXM", 8),
        ["Standard_ND96isr_H200_v5"] = new("H200", 8),
        ["Standard_ND96is_MI300X_v5"] = new("MI300X", 8),
        ["Standard_ND96isr_MI300X_v5"] = new("MI300X", 8),
        ["Standard_ND128isr_NDR_GB200_v6"] = new("GB200", 4),
    };

    /// <summary>Every key that an answer can have.</summary>
    public static IReadOnlySet<string> Keys { get; } = Plain.Values.Concat(AzureMachines.Values.Select(machine => machine.Gpu)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The catalog's GPU.</summary>
    /// <param name="cloud">Who rents the machine out, in lower case.</param>
    /// <param name="type">The cloud's name of the machine.</param>
    /// <param name="name">The name that the feed gives its GPUs.</param>
    /// <returns>Its key; null where the catalog does not know the GPU or the names do not tell which it is.</returns>
    public static string? Find(string cloud, string type, string name)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(name);
        if (cloud == "azure")
            return Azure(type)?.Gpu;
        var bare = Bare(name);
        return bare switch
        {
            "A100" or "A10080GB" => A100(cloud, type, bare),
            "H100" or "H10080GB" => H100(cloud, type),
            // Vantage writes B200 for the superchips too.
            "B200" when cloud == "aws" && type.StartsWith("p6e-gb200", StringComparison.Ordinal) => "GB200",
            "B300" when cloud == "aws" && type.StartsWith("p6e-gb300", StringComparison.Ordinal) => "GB300",
            _ => Plain.GetValueOrDefault(bare),
        };
    }

    /// <summary>The GPUs of one of Azure's machines; null where it has none, part of one, or one that the catalog does not know.</summary>
    public static MachineGpus? Azure(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return AzureMachines.GetValueOrDefault(type);
    }

    /// <summary>What one of Google Cloud's machines carries, under the name and count of the row that prices it; null for machines without GPUs of their own.</summary>
    /// <param name="type">The machine.</param>
    internal static (string Accelerator, int Count)? GcpParts(string type)
    {
        var name = type.EndsWith("-nolssd", StringComparison.Ordinal) ? type[..^"-nolssd".Length] : type;
        return name switch
        {
            "g2-standard-4" or "g2-standard-8" or "g2-standard-12" or "g2-standard-16" or "g2-standard-32" => ("L4", 1),
            "g2-standard-24" => ("L4", 2),
            "g2-standard-48" => ("L4", 4),
            "g2-standard-96" => ("L4", 8),
            "a2-highgpu-1g" or "a2-highgpu-2g" or "a2-highgpu-4g" or "a2-highgpu-8g" => ("A100", name[^2] - '0'),
            "a2-megagpu-16g" => ("A100", 16),
            "a2-ultragpu-1g" or "a2-ultragpu-2g" or "a2-ultragpu-4g" or "a2-ultragpu-8g" => ("A100-80GB", name[^2] - '0'),
            "a3-highgpu-1g" or "a3-highgpu-2g" or "a3-highgpu-4g" or "a3-highgpu-8g" or "a3-edgegpu-8g" => ("H100", name[^2] - '0'),
            "a3-megagpu-8g" => ("H100-MEGA", 8),
            "a3-ultragpu-8g" => ("H200", 8),
            "a4-highgpu-8g" => ("B200", 8),
            "a4x-highgpu-4g" => ("GB200", 4),
            _ => null,
        };
    }

    /// <summary>
    /// The host that Google Cloud's T4s are counted with. They can be attached to any N1 machine; these are the cheapest with 4, 8 and 48 processors and four times as much
    /// memory in GB, which is what SkyPilot rents unasked. The catalog has none of the other GPUs that need such a host (P4, P100, V100).
    /// </summary>
    /// <param name="type">The machine.</param>
    internal static (string Accelerator, int Count)? GcpAttached(string type) => type switch
    {
        "n1-highmem-4" => ("T4", 1),
        "n1-highmem-8" => ("T4", 2),
        "n1-standard-64" => ("T4", 4),
        _ => null,
    };

    private static string? A100(string cloud, string type, string bare) => cloud switch
    {
        "aws" when type.StartsWith("p4d.", StringComparison.Ordinal) => "A100-40",
        "aws" when type.StartsWith("p4de.", StringComparison.Ordinal) => "A100-80-SXM",
        "gcp" => bare == "A100" ? "A100-40" : "A100-80-SXM",
        // One A100 of Lambda's is the PCIe card of 40 GB, which computes like the module.
        "lambda" => bare == "A100" ? "A100-40" : "A100-80-SXM",
        // RunPod's modules are called A100-80GB-SXM.
        "runpod" when bare == "A10080GB" => "A100-80-PCIe",
        _ when bare == "A10080GB" && Says(type, "SXM") => "A100-80-SXM",
        _ when bare == "A10080GB" && Says(type, "PCIE") => "A100-80-PCIe",
        _ => null,
    };

    private static string? H100(string cloud, string type) => cloud switch
    {
        "aws" or "gcp" => "H100-SXM",
        _ when Says(type, "SXM") => "H100-SXM",
        _ when Says(type, "NVL") => "H100-NVL",
        _ when Says(type, "PCIE") => "H100-PCIe",
        // RunPod's modules are called H100-SXM.
        "runpod" => "H100-PCIe",
        _ => null,
    };

    private static bool Says(string type, string form) => type.Contains(form, StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var word in name.ToUpperInvariant().Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => Vendors.Contains(word, StringComparer.Ordinal)))
            letters.Append(word);
        var bare = letters.ToString();
        var suffix = Suffixes.Where(end => bare.EndsWith(end, StringComparison.Ordinal)).MaxBy(end => end.Length);
        return suffix is null ? bare : bare[..^suffix.Length];
    }
}
