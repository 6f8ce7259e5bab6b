using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Entities;
using Planner.Data.Feeds;

namespace Planner.Benchmarks;

/// <summary>A price file of LiteLLM's form and size read, judged, compared and stored, on a database of its own.</summary>
/// <remarks>The file is made: 2,984 models, 1.4 MB, with the fields that the real one has.</remarks>
internal sealed class FeedBenchmarks : IDisposable
{
    private const int Models = 2_984;

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-bench-").FullName;
    private readonly ServiceProvider _services;
    private readonly FeedImporter _importer;

    public FeedBenchmarks()
    {
        _services = new ServiceCollection().AddLogging().AddPlannerData(Path.Combine(_folder, "planner.db")).AddPriceFeeds(new ConfigurationBuilder().Build()).BuildServiceProvider();
        _services.GetRequiredService<DatabaseStartup>().PrepareAsync().GetAwaiter().GetResult();
        _importer = _services.GetRequiredService<FeedImporter>();
    }

    /// <summary>Milliseconds of a run: of a file in which every tenth price differs from the file before, or of the same file again.</summary>
    public double Run(int edition)
    {
        using var file = new MemoryStream(File(edition));
        var run = _importer.ImportAsync(PriceFeeds.LiteLlm, file, FeedRunTriggers.Upload).GetAwaiter().GetResult();
        return run.Status is FeedRunStatuses.Published or FeedRunStatuses.Unchanged ? run.DurationMs : throw new InvalidOperationException($"{run.Status}: {run.Reason}");
    }

    public void Dispose()
    {
        _services.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] File(int edition)
    {
        var text = new StringBuilder("{\n");
        for (var i = 0; i < Models; i++)
        {
            var micro = 0.1 + (i % 97) + (i % 10 == 0 ? edition * 0.01 : 0);
            text.Append(CultureInfo.InvariantCulture, $"  \"vendor{i % 122}/model-{i}\": {{ \"litellm_provider\": \"vendor{i % 122}\", \"mode\": \"chat\", \"max_input_tokens\": 128000, \"max_output_tokens\": 16384, ");
            text.Append(CultureInfo.InvariantCulture, $"\"input_cost_per_token\": {micro:0.00}e-06, \"output_cost_per_token\": {4 * micro:0.00}e-06, \"cache_read_input_token_cost\": {micro / 10:0.000}e-06, ");
            text.Append("\"supports_function_calling\": true, \"supports_vision\": true, \"supports_response_schema\": true, \"supports_prompt_caching\": true, \"supports_system_messages\": true, ");
            text.Append(CultureInfo.InvariantCulture, $"\"source\": \"https://vendor{i % 122}.example/pricing\" }}{(i + 1 < Models ? "," : "")}\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("}\n").ToString());
    }
}
