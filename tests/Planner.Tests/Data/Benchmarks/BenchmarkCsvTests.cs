using System.Text;
using Planner.Data.Benchmarks;
using Planner.Domain.Capacity;
using Planner.Tests.Data.Seed;
using Xunit;

namespace Planner.Tests.Data.Benchmarks;

public class BenchmarkCsvTests
{
    private const string Head = "model,precision,kv_precision,engine,gpu,tp,pp,dp,input_len,output_len,concurrency,request_rate,output_tok_s,total_tok_s,ttft_ms,itl_ms,date,source";

    [Fact]
    public void All_columns_are_read()
    {
        var reading = Read($"{Head}\nllama-3.1-8b,fp8,fp8,vllm,L40S,1,1,1,1000,200,16,,640,3840,180.5,22,2026-11-03,\"lab, night run\"\n");

        var run = Assert.Single(reading.Runs);
        Assert.Equal((null, BenchmarkTools.Csv), (reading.Refusal, reading.Tool));
        Assert.Equal(new BenchmarkPoint(1_000, 200, 16, null, 640, 0.1805, 0.022), run.Point);
        Assert.Equal(
            new DeploymentWords
            {
                Model = "llama-3.1-8b",
                Precision = "fp8",
                KvPrecision = "fp8",
                Engine = "vllm",
                Gpu = "L40S",
                TensorParallel = 1,
                PipelineParallel = 1,
                DataParallel = 1,
            },
            run.Words);
        Assert.Equal((2, new DateOnly(2026, 11, 3), "lab, night run"), (run.Row, run.TakenOn, run.Note));
    }

    [Theory]
    [InlineData("input_len,output_len,output_tok_s\n1000,200,640")]
    [InlineData("input_len;output_len;output_tok_s\r\n1000;200;640\r\n")]
    [InlineData("input_len\toutput_len\toutput_tok_s\n1000\t200\t640")]
    [InlineData("\uFEFFsep=;\nInput_Len ; OUTPUT_LEN; output_tok_s; gpu price\n1000; 200; 640; 3\n\n")]
    public void Three_columns_are_enough_in_any_usual_dialect(string text)
    {
        Assert.Equal(new BenchmarkPoint(1_000, 200, null, null, 640, null, null), Assert.Single(Read(text).Runs).Point);
    }

    [Fact]
    public void Generated_tokens_are_their_part_of_all_tokens()
    {
        Assert.Equal(640, Assert.Single(Read("input_len,output_len,total_tok_s\n1000,200,3840").Runs).Point.OutputTokensPerSecond, 9);
    }

    [Fact]
    public void The_columns_name_says_the_unit()
    {
        var run = Assert.Single(Read("input_len,output_len,output_tok_s,ttft_s,tpot_ms\n1000,200,640,0.18,22").Runs);

        Assert.Equal((0.18, 0.022), (run.Point.TtftSeconds, run.Point.ItlSeconds));
    }

    [Fact]
    public void Two_units_must_agree()
    {
        var reading = Read("input_len,output_len,output_tok_s,ttft_ms,ttft_s\n1000,200,640,180,0.18\n1000,200,640,180,180\n1000,200,640,,0.2");

        Assert.Equal([0.18, 0.2], reading.Runs.Select(run => run.Point.TtftSeconds));
        Assert.Equal(new RowFault(3, "ttft_s", BenchmarkTexts.TimesDiffer), Assert.Single(reading.Faults));
    }

    [Theory]
    [InlineData("1000,200,NaN", "output_tok_s")]
    [InlineData("1000,200,-3", "output_tok_s")]
    [InlineData("1000,200,", "output_tok_s")]
    [InlineData("0,200,640", "input_len")]
    [InlineData("1000,0,640", "output_len")]
    [InlineData("1k,200,640", "input_len")]
    [InlineData("1000,200,\"1,234.5\"", "output_tok_s")]
    [InlineData("1000,200", "")]
    [InlineData("1000,200,640,7", "")]
    public void A_line_that_cannot_be_is_named_and_the_others_are_read(string line, string field)
    {
        var reading = Read($"input_len,output_len,output_tok_s\n{line}\n1000,200,640");

        var fault = Assert.Single(reading.Faults);
        Assert.Equal((2, field), (fault.Row, fault.Field));
        Assert.Equal(3, Assert.Single(reading.Runs).Row);
    }

    [Theory]
    [InlineData("kind", "static_batch")]
    [InlineData("replicas", "2")]
    [InlineData("date", "03.11.2026")]
    public void What_was_not_one_replica_serving_is_left_out(string column, string value)
    {
        var fault = Assert.Single(Read($"input_len,output_len,output_tok_s,{column}\n1000,200,640,{value}").Faults);
        Assert.Equal((2, column), (fault.Row, fault.Field));
    }

    [Theory]
    [InlineData("input_len,concurrency\n1,2", "output_len, output_tok_s")]
    [InlineData("input_len,output_len,output_tok_s,GPU,gpu\n1,2,3,4,5", "gpu")]
    [InlineData("input_len,output_len,output_tok_s\n\"1000,200,640\n1000,200,640", "line 2")]
    public void A_table_that_cannot_be_read_is_refused_with_the_reason(string text, string named)
    {
        var reading = Read(text);

        Assert.Contains(named, reading.Refusal, StringComparison.Ordinal);
        Assert.Empty(reading.Runs);
    }

    [Fact]
    public void A_table_of_something_else_is_no_benchmark()
    {
        Assert.Equal(BenchmarkTexts.UnknownTool, Read("name,price\nx,3").Refusal);
    }

    [Fact]
    public void The_published_calibration_rows_read_but_for_static_batches()
    {
        var reading = Read(SeedFiles.Snapshot("bench/calibration.csv"));

        Assert.Null(reading.Refusal);
        Assert.Equal((2_007, 2_609), (reading.Runs.Count, reading.Faults.Count));
        Assert.All(reading.Faults, fault => Assert.Equal("kind", fault.Field));
        Assert.Equal(188, reading.Runs.Count(run => run.Point.RequestsPerSecond is not null));
    }

    private static BenchmarkReading Read(string text) => BenchmarkFiles.Read(Encoding.UTF8.GetBytes(text));
}
