using System.Text;
using Planner.Data.Benchmarks;
using Xunit;

namespace Planner.Tests.Data.Benchmarks;

public class BenchmarkFilesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("{ \"half\": ")]
    [InlineData("{} trailing")]
    [InlineData("[1, 2, 3]")]
    [InlineData("{\"results\": [{\"tokens_per_second\": 3}]}")]
    [InlineData("{\"benchmarks\": []}")]
    [InlineData("{\"benchmarks\": [1, [2], {}]}")]
    [InlineData("{\"backend\": \"sglang\", \"request_throughput\": 3, \"total_input_tokens\": 5}")]
    [InlineData("just words")]
    public void What_no_known_tool_wrote_is_refused_with_a_sentence(string text)
    {
        var reading = BenchmarkFiles.Read(Encoding.UTF8.GetBytes(text));

        Assert.False(string.IsNullOrWhiteSpace(reading.Refusal));
        Assert.Equal(("", 0, 0), (reading.Tool, reading.Runs.Count, reading.Faults.Count));
    }

    [Fact]
    public void The_refusal_of_another_tools_file_names_the_tools_that_are_read()
    {
        var refusal = BenchmarkFiles.Read("{\"results\": []}"u8.ToArray()).Refusal;

        Assert.All(["vllm bench serve", "GuideLLM", "CSV"], tool => Assert.Contains(tool, refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Assert.Equal(BenchmarkTexts.NotUtf8, BenchmarkFiles.Read(new byte[] { 0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFE }).Refusal);

    [Fact]
    public void Depth_and_number_of_values_are_limited()
    {
        Assert.NotNull(BenchmarkFiles.Read(Encoding.UTF8.GetBytes(new string('[', 10_000))).Refusal);
        Assert.NotNull(BenchmarkFiles.Read(Encoding.UTF8.GetBytes($"{{{string.Join(',', Enumerable.Range(0, 60_000).Select(i => $"\"k{i}\":1"))}}}")).Refusal);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_not_read_to_its_end()
    {
        await using var endless = new EndlessStream();

        var file = await BenchmarkFiles.ReadAsync(endless);

        Assert.Contains("64 MiB", file.Reading.Refusal, StringComparison.Ordinal);
        Assert.InRange(endless.Given, BenchmarkFiles.MaxBytes, BenchmarkFiles.MaxBytes + 1_000_000);
    }

    [Fact]
    public async Task The_content_has_one_hash()
    {
        using var content = new MemoryStream("input_len,output_len,output_tok_s\n1,2,3"u8.ToArray());

        var file = await BenchmarkFiles.ReadAsync(content);

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content.ToArray())), file.Sha256);
        Assert.Single(file.Reading.Runs);
    }

    /// <summary>Every prefix and many small changes of a sound file are read or refused, never a crash, and no figure that cannot be gets through.</summary>
    [Fact]
    public void Broken_files_never_crash_the_readers()
    {
        var random = new Random(20261121);
        foreach (var sound in new[] { VllmRunsTests.Run(), $"[{VllmRunsTests.Run()},{VllmRunsTests.Run(("x", "NaN"))}]", "input_len,output_len,output_tok_s,ttft_ms\n1000,200,640,5\n\"a\",2,3,4\n" })
        {
            var bytes = Encoding.UTF8.GetBytes(sound);
            for (var i = 0; i < 2_000; i++)
            {
                var changed = bytes[..random.Next(1, bytes.Length + 1)];
                for (var edit = 0; edit < i % 4; edit++)
                    changed[random.Next(changed.Length)] = (byte)random.Next(32, 127);
                var reading = BenchmarkFiles.Read(changed);
                Assert.All(reading.Runs, run => Assert.True(run.Point is { InputTokens: > 0, OutputTokens: > 0, OutputTokensPerSecond: > 0 and < 1e9 }));
            }
        }
    }

    private sealed class EndlessStream : Stream
    {
        internal long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
