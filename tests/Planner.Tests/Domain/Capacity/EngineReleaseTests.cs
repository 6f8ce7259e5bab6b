using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Domain.Capacity;

public sealed class EngineReleaseTests
{
    [Theory]
    [InlineData("vllm", "0.11.0", 2025, EngineTiming.Vllm, false)]
    [InlineData("vllm", "v0.19.0", 2026, EngineTiming.Vllm, false)]
    [InlineData("vllm", "0.7.2", 2025, EngineTiming.Vllm, true)]
    [InlineData("vllm", "0.6.6", 2025, EngineTiming.Vllm2024, true)]
    [InlineData("vllm", "~0.4-0.5 (2024)", 2024, EngineTiming.Vllm2024, true)]
    [InlineData("vllm", "", 2026, EngineTiming.Vllm, false)]
    [InlineData("vllm", "nightly-5b8c30d62b754b57", 2026, EngineTiming.Vllm, false)]
    [InlineData("vllm", "MLPerf v4.1", 2024, EngineTiming.Vllm, false)]
    [InlineData("trtllm", "1.2.0rc6.post3", 2026, EngineTiming.TensorRtLlm, false)]
    [InlineData("trtllm", "0.11.0", 2024, EngineTiming.TensorRtLlm, true)]
    [InlineData("TRTLLM-static", "~0.9 (2024)", 2024, EngineTiming.TensorRtLlm, true)]
    [InlineData("sglang", "v0.5.4.post2", 2025, EngineTiming.Sglang, false)]
    [InlineData("tgi", "2.3", 2024, EngineTiming.Vllm2024, true)]
    [InlineData("optimum-habana", "1.20", 2025, EngineTiming.OptimumHabana, false)]
    [InlineData("llama.cpp", "2024", 2024, EngineTiming.LlamaCpp, true)]
    public void A_release_is_known_by_name_and_version(string engine, string version, int year, EngineTiming timing, bool of2024)
    {
        var release = EngineRelease.Of(engine, version, year)!.Value;

        Assert.Equal((timing, of2024), (release.Timing, release.Software2024));
    }

    [Fact]
    public void An_engine_without_times_is_not_guessed() => Assert.Null(EngineRelease.Of("mystery", "1.0", 2026));
}
