using Planner.Domain.Capacity;
using Planner.Tests.Data.Seed;
using Xunit;
using static Planner.Tests.Domain.Capacity.ReferenceData;

namespace Planner.Tests.Domain.Capacity;

public sealed class GoldenTests
{
    [Fact]
    public void Every_figure_of_the_reference_implementation_is_met_to_a_millionth()
    {
        var (models, gpus, native, fit) = (Models(), Gpus(), NativePrecisions(), Parameters());
        var rows = SeedFiles.CsvSnapshot("bench/golden.csv");

        Assert.Equal(120, rows.Count);
        Assert.All(rows, row =>
        {
            var spec = new ReplicaSpec(
                models[row["model"]], WeightPrecisions.Parse(row["precision"])!.Value, row["kv"] == "fp8" ? 1 : 2, gpus[row["gpu"]],
                new Layout(Whole(row["tp"]), Whole(row["pp"]), Whole(row["dp"])),
                row["engine_class"] switch { "trt" => EngineTiming.TensorRtLlm, "sgl" => EngineTiming.Sglang, _ => EngineTiming.Vllm })
            {
                MaxSequences = Whole(row["max_seqs"]),
                IsNativePrecision = native[row["model"]] == row["precision"],
            };
            var replica = new ReplicaModel(spec, fit);
            var concurrency = Number(row["concurrency"]);
            var load = new ReplicaLoad(Number(row["isl"]), Number(row["osl"]), concurrency == 0 ? double.PositiveInfinity : concurrency);
            var performance = replica.At(load);

            // The file gives gibibytes and seconds to six or nine decimals, so small values are as coarse as that.
            Near(row["weights_gib_per_gpu"], replica.ResidentBytes / (1 << 30), 5e-7);
            Near(row["kv_bytes_per_token_per_gpu"], replica.KvBytesPerToken, 0);
            Near(row["capacity_seqs"], replica.CapacitySequences(load), 5e-7);
            Near(row["batch"], performance.Batch, 5e-7);
            Near(row["prefill1_s"], performance.PrefillSeconds, 5e-10);
            Near(row["output_tok_s"], performance.OutputTokensPerSecond, 5e-7);
            Near(row["itl_s"], performance.ItlSeconds, 5e-10);
            Near(row["ttft_s"], performance.TtftSeconds, 5e-10);
        });
    }

    private static void Near(string expected, double actual, double rounding) =>
        Assert.InRange(Math.Abs(actual - Number(expected)), 0, (1e-6 * Math.Abs(Number(expected))) + rounding);
}
