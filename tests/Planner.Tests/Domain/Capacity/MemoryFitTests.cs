using Planner.Domain.Capacity;
using Xunit;
using static Planner.Tests.Domain.Capacity.Facts;

namespace Planner.Tests.Domain.Capacity;

public sealed class MemoryFitTests
{
    /// <summary>What vLLM itself wrote at its start: version 0.19 (capacity notes), its pull request 12569 and its issue 13061.</summary>
    public static TheoryData<string, WeightPrecision, string, int, double, double> Reported => new()
    {
        { "llama-8b", WeightPrecision.Bf16, "4090", 1, 0.90, 41_408 },
        { "llama-70b", WeightPrecision.Int8, "h100", 1, 0.98, 22_096 },
        { "qwen-14b", WeightPrecision.Bf16, "4090", 2, 0.98, 81_536 },
    };

    [Theory]
    [MemberData(nameof(Reported))]
    public void Kv_cache_is_never_said_to_be_larger_than_vllm_found_it(string model, WeightPrecision precision, string gpu, int tensor, double utilization, double tokens)
    {
        var spec = Replica(
            model switch { "llama-8b" => Llama8B, "llama-70b" => Llama70B, _ => Qwen14B }, gpu == "4090" ? Rtx4090 : H100, precision, tensor, utilization);

        var fit = MemoryFit.Of(spec, Model(spec), new ReplicaLoad(1000, 100));

        // On the safe side, yet not so far that it would be of no use; on the nearly full H100 a gibibyte is a third of the cache.
        Assert.InRange(fit.KvTokens, tokens * 0.4, tokens);
    }

    [Fact]
    public void Quick_figures_of_kv_bytes_are_met()
    {
        Assert.Equal(320 * 1024, ModelMath.KvBytesPerToken(Llama70B, 2));
        Assert.Equal(160 * 1024, ModelMath.KvBytesPerToken(Llama70B, 1));
        Assert.Equal(128 * 1024, ModelMath.KvBytesPerToken(Llama8B, 2));
        Assert.Equal(68.6, ModelMath.KvBytesPerToken(DeepSeekR1, 2) / 1024, 1);
    }

    [Fact]
    public void Latent_cache_is_kept_whole_on_every_gpu_while_grouped_heads_are_shared_out()
    {
        Assert.Equal(Model(Replica(DeepSeekR1, H100, WeightPrecision.Fp8)).KvBytesPerToken, Model(Replica(DeepSeekR1, H100, WeightPrecision.Fp8, 8)).KvBytesPerToken);
        Assert.Equal(40 * 1024, Model(Replica(Llama70B, H100, tensor: 8)).KvBytesPerToken);
        // Eight KV heads cannot be cut into sixteen.
        Assert.Equal(40 * 1024, Model(Replica(Llama70B, H100, tensor: 16)).KvBytesPerToken);
    }

    [Fact]
    public void A_70b_in_fp8_on_one_h100_fits_and_is_of_little_use()
    {
        var one = Model(Replica(Llama70B, H100, WeightPrecision.Fp8));
        var two = Model(Replica(Llama70B, H100, WeightPrecision.Fp8, 2));
        var load = new ReplicaLoad(1000, 500);

        Assert.Equal(7, Math.Floor(one.CapacitySequences(load)));
        Assert.True(two.At(load).OutputTokensPerSecond > 8 * one.At(load).OutputTokensPerSecond);
    }

    [Fact]
    public void A_405b_never_fits_on_one_gpu()
    {
        foreach (var precision in Enum.GetValues<WeightPrecision>())
        {
            var spec = Replica(Llama405B, H100, precision, 1, 0.95);
            var fit = MemoryFit.Of(spec, Model(spec), new ReplicaLoad(100, 10));

            Assert.False(fit.Fits);
            Assert.Equal(0, Model(spec).At(new ReplicaLoad(100, 10)).OutputTokensPerSecond);
        }
    }

    [Fact]
    public void Paging_gives_four_times_the_sequences_where_the_longest_is_four_times_the_mean()
    {
        // 40,960 tokens: ten slots of 4,096 each, or blocks of 16 for sequences of 1,000 tokens (and half a block of waste).
        var fit = new MemoryFit(80, 80, 0, 0, 1, 40_960, 40);

        Assert.Equal(10, fit.ContiguousSequences(4096));
        Assert.Equal(40, fit.PagedSequences(1000));
    }

    [Fact]
    public void Windows_and_shared_prefixes_leave_room_for_more_sequences()
    {
        var whole = Model(Replica(GptOss20B with { Window = null }, H100, WeightPrecision.MxFp4));
        var windowed = Model(Replica(GptOss20B, H100, WeightPrecision.MxFp4));
        var load = new ReplicaLoad(8000, 500);

        // Half of the layers keep 128 tokens instead of 8,500.
        Assert.Equal(8500 / ((8500 + 128) / 2.0), windowed.CapacitySequences(load) / whole.CapacitySequences(load), 9);
        Assert.True(whole.CapacitySequences(load with { PrefixHitShare = 0.5 }) > 1.8 * whole.CapacitySequences(load));
    }

    [Fact]
    public void A_gpu_without_its_peak_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => Model(Replica(Llama8B, H100 with { Bf16Tflops = null })));

        Assert.Contains("H100-SXM", error.Message, StringComparison.Ordinal);
    }
}
