using System.Globalization;
using System.Text.Json;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Tests.Data.Seed;

namespace Planner.Tests.Domain.Capacity;

/// <summary>The public reference files beside the repository: model shapes, GPUs and the values of the reference fit. Tests that need them are skipped where they are absent.</summary>
internal static class ReferenceData
{
    private static readonly Provenance Source = new("reference", null, new DateOnly(2026, 10, 10));

    public static IReadOnlyDictionary<string, ModelArchitecture> Models() => SeedFiles.CsvSnapshot("bench/models.csv").ToDictionary(row => row["key"], row => new ModelArchitecture(
        Whole(row["layers"]), Whole(row["hidden"]), Whole(row["intermediate"]), Whole(row["mlp_mats"]), Whole(row["heads"]), Whole(row["kv_heads"]),
        Whole(row["head_dim"]), Whole(row["vocab"]), row["tied_embeddings"] == "1")
    {
        Latent = row["attn"] != "MLA" ? null : new LatentAttention(
            Whole(row["kv_lora_rank"]), Whole(row["q_lora_rank"]), Whole(row["qk_rope_dim"]), Whole(row["qk_nope_dim"]), Whole(row["v_head_dim"])),
        Window = Decimal(row["swa_layer_frac"]) is { } share and > 0 ? new SlidingWindow(Whole(row["swa_window"]), share) : null,
        Experts = Whole(row["experts"]) == 0 ? null : new ExpertMixture(
            Whole(row["moe_layers"]), Whole(row["experts"]), Whole(row["topk"]), Whole(row["moe_intermediate"]), Whole(row["shared_intermediate"])),
    });

    public static IReadOnlyDictionary<string, string> NativePrecisions() => SeedFiles.CsvSnapshot("bench/models.csv").ToDictionary(row => row["key"], row => row["native_precision"]);

    public static IReadOnlyDictionary<string, Gpu> Gpus() => SeedFiles.CsvSnapshot("bench/gpus.csv").ToDictionary(row => row["key"], row => new Gpu(
        row["key"], row["name"], row["vendor"], Decimal(row["memory_gb"])!.Value, Decimal(row["mem_bw_gbs"])!.Value, Decimal(row["bf16_dense_tflops"]),
        Decimal(row["fp8_dense_tflops"]), Decimal(row["tdp_w"]), Source)
    {
        Int8Tops = Decimal(row["int8_dense_tops"]),
        Fp4Tflops = Decimal(row["fp4_dense_tflops"]),
        LinkGbPerSecond = Decimal(row["gpu_link_gbs_per_dir"]),
        LinkType = row["link_type"],
        UsableMemoryGib = row["key"] is "L40" or "L40S" or "A40" ? 45 : null,
    });

    /// <summary>The reference fit, whose values the golden figures were made with.</summary>
    public static CapacityParameters Parameters()
    {
        var value = JsonSerializer.Deserialize<Dictionary<string, double>>(SeedFiles.Snapshot("bench/params.json"))!;
        EngineTimes Times(string hostKey, string key) => new(value[hostKey], value[$"ta_{key}"], value[$"tc_{key}"]);
        return new CapacityParameters
        {
            BandwidthShare = value["eta_bw"],
            ComputeShare = value["c0"],
            ComputeSlope = value["cs"],
            LayerSeconds = value["t_layer"],
            ModernSoftware = value["era"],
            ExpertLayerSeconds = value["t_moe"],
            LatentLayerSeconds = value["t_mla"],
            ExpertCompute = value["moe_c"],
            Dequantization = value["dq"],
            LinkLatencySeconds = value["a_link"],
            PcieLatencySeconds = 90e-6,
            LinkShare = value["eta_link"],
            PcieShare = value["eta_pcie"],
            HostSeconds = value["h"],
            Amd = new VendorFactors(value["amd"], value["amd_c"], value["amd_l"]),
            Amd2024 = new VendorFactors(value["amd"], value["amdo_c"], value["amdo_l"]),
            Gaudi = new VendorFactors(1, 1, 1.51),
            // What the reference has no value for, at the value that changes nothing.
            FixedTimeSlope = 0,
            ExpertComputeSlope = 0,
            ExpertYearlyFactor = 1,
            Int8Compute = 1,
            AdmissionShare = 1,
            BurstTail = 1,
            TtftPerPrefill = value["tb"],
            TensorRtLlm = Times("hs_trt", "trt"),
            Vllm = Times("hs_vllm", "vllm"),
            Vllm2024 = Times("hs_vold", "vllm"),
            Sglang = Times("hs_sgl", "sgl"),
            OptimumHabana = new EngineTimes(5e-6, value["ta_vllm"], value["tc_vllm"]),
        };
    }

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static int Whole(string text) => text.Length == 0 ? 0 : (int)Number(text);

    private static decimal? Decimal(string text) => text.Length == 0 ? null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
