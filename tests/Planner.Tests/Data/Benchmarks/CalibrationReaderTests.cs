using System.Text;
using Planner.Data.Benchmarks;
using Planner.Data.Seed;
using Planner.Domain.Capacity;
using Xunit;

namespace Planner.Tests.Data.Benchmarks;

public sealed class CalibrationReaderTests
{
    private const string Head =
        "source_repo,source_path,source_date,engine,engine_version,model,precision,kv_precision,gpu,gpu_count,input_len,output_len,concurrency,request_rate,total_tok_s,output_tok_s,ttft_ms,itl_ms,notes,kind,tp,pp,dp,ep,replicas,max_seqs,n_requests,source,grp\n";

    [Fact]
    public void A_row_becomes_a_run()
    {
        var row = Assert.Single(Read("r,p,2026-04-22,vllm,0.19.0,minimax-m2.5,fp8,fp8,B200-SXM,4,922,922,256,,21275.1,10637.55,388.04,23.67,\"a, b\",concurrency,1,1,4,4,1,,,inferencex,g").Rows);

        Assert.Equal(("minimax-m2.5", "B200-SXM", "vllm", "inferencex", "minimax"), (row.Model, row.Gpu, row.Engine, row.Source, row.Family));
        Assert.Equal(new Layout(1, 1, 4), row.Spec.Layout);
        Assert.Equal((1.0, EngineTiming.Vllm, false, 1024), (row.Spec.KvBytes, row.Spec.Engine, row.Spec.Software2024, row.Spec.MaxSequences));
        Assert.Equal((256.0, 10637.55, 0.38804, 0.02367), (row.Load.Concurrency, row.OutputTokensPerSecond, row.TtftSeconds, row.ItlSeconds));
        Assert.Equal(new DateOnly(2026, 4, 22), row.Date);
        Assert.Equal(2026.29, row.Spec.SoftwareYear, 0.01);
        Assert.False(row.IsBurst || row.IsStaticBatch || row.LayoutIsUnknown);
    }

    [Fact]
    public void Requests_that_start_together_are_a_burst_of_that_many()
    {
        var row = Assert.Single(Read("r,p,2025-10,vllm,v0.11.0,qwen3-32b,bf16,bf16,H100-SXM,1,217.4,201.4,,,,1131.55,,,ShareGPT variable lengths,saturated,1,1,1,1,1,,1000,gpustack,g").Rows);

        Assert.True(row.IsBurst && row.HasMixedLengths);
        Assert.Equal(1000, row.Load.Concurrency);
    }

    [Fact]
    public void A_layout_that_nobody_states_is_the_best_one()
    {
        var row = Assert.Single(Read("r,p,2024-08,vllm,MLPerf v4.1,llama2-70b,fp8,fp8,MI300X,8,294,294,,,,23514.8,,,,saturated,auto,1,1,,,4096,,mlperf,g").Rows);
        var fit = Calibration.Shipped.Parameters;
        double At(int tensor) => (row with { LayoutIsUnknown = false, Replicas = 8 / tensor, Spec = row.Spec with { Layout = new Layout(tensor) } }).Predict(fit).OutputTokensPerSecond;

        Assert.True(row.LayoutIsUnknown);
        Assert.Equal(new[] { At(1), At(2), At(4), At(8) }.Max(), row.Predict(fit).OutputTokensPerSecond);
    }

    [Fact]
    public void A_total_rate_is_split_by_lengths()
    {
        var row = Assert.Single(Read("r,p,2025-10,vllm,0.11.0,qwen3-32b,bf16,,H100-SXM,1,300,100,8,,400,,,,,concurrency,1,,,,,,,s,g").Rows);

        Assert.Equal(100, row.OutputTokensPerSecond);
    }

    [Theory]
    [InlineData("nobody-9b,bf16,bf16,H100-SXM,1,100,100,8,,,50,,", "unknown model: nobody-9b")]
    [InlineData("bge-m3,bf16,bf16,H100-SXM,1,100,100,8,,,50,,", "an encoder, which generates no tokens: bge-m3")]
    [InlineData("qwen3-32b,bf16,bf16,Abacus,1,100,100,8,,,50,,", "unknown GPU: Abacus")]
    [InlineData("qwen3-32b,fp2,bf16,H100-SXM,1,100,100,8,,,50,,", "unknown precision: fp2")]
    [InlineData("qwen3-32b,bf16,fp3,H100-SXM,1,100,100,8,,,50,,", "unknown precision: fp3")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1,100,100,8,,,NaN,,", "not a number in the allowed range: output_tok_s")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1,100,100,8,,,,,", "not a number in the allowed range: output_tok_s")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1,-5,100,8,,,50,,", "not a number in the allowed range: input_len")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1,100,0.4,8,,,50,,", "not a number in the allowed range: output_len")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1,100,100,Infinity,,,50,,", "not a number in the allowed range: concurrency")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1.5,100,100,8,,,50,,", "not a number in the allowed range: gpu_count")]
    [InlineData("qwen3-32b,bf16,bf16,H100-SXM,1,100,100,8,,,50,-1,", "not a number in the allowed range: ttft_ms")]
    public void A_row_that_cannot_be_compared_is_counted_by_its_reason(string middle, string reason)
    {
        var reading = Read($"r,p,2026-01-01,vllm,0.19.0,{middle},,concurrency,1,1,1,1,1,,,s,g");

        Assert.Empty(reading.Rows);
        Assert.Equal(new KeyValuePair<string, int>(reason, 1), Assert.Single(reading.Skipped));
    }

    [Fact]
    public void An_unknown_engine_is_counted() =>
        Assert.Equal(2, Read(string.Join('\n', Enumerable.Repeat("r,p,2026-01-01,mystery,1,qwen3-32b,bf16,bf16,H100-SXM,1,100,100,8,,,50,,,,concurrency,1,1,1,1,1,,,s,g", 2))).Skipped["unknown engine: mystery"]);

    [Fact]
    public void Missing_columns_are_named()
    {
        var reading = CalibrationReader.Read(Encoding.UTF8.GetBytes(Head.Replace(",gpu,", ",", StringComparison.Ordinal).Replace(",tp,", ",", StringComparison.Ordinal)), ShippedFacts.Models(), ShippedFacts.Gpus());

        Assert.Equal("These columns are missing from the first line: gpu, tp.", reading.Refusal);
    }

    private static CalibrationReading Read(string lines) => CalibrationReader.Read(Encoding.UTF8.GetBytes(Head + lines + "\n"), ShippedFacts.Models(), ShippedFacts.Gpus());
}
