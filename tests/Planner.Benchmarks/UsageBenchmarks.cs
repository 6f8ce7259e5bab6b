using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Usage;
using Planner.Data.Usage.DuckDb;
using Planner.Domain.Usage;

namespace Planner.Benchmarks;

/// <summary>A log of requests taken in, against the very statements of it run by DuckDB alone.</summary>
internal sealed class UsageBenchmarks : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("planner-usage-").FullName;
    private readonly ServiceProvider _services;
    private readonly UsageOptions _options;
    private readonly string _log;

    /// <param name="rows">Requests of the log, at least 1.</param>
    public UsageBenchmarks(int rows)
    {
        _options = new UsageOptions { Folder = Directory.CreateDirectory(Path.Combine(_folder, "usage")).FullName };
        _services = new ServiceCollection().AddLogging().AddPlannerData(Path.Combine(_folder, "planner.db")).AddUsage(_options).BuildServiceProvider();
        _services.GetRequiredService<DatabaseStartup>().PrepareAsync().GetAwaiter().GetResult();
        _log = Path.Combine(_folder, "log.csv");
        WriteLog(_log, rows);
    }

    /// <summary>Length of the log, bytes.</summary>
    public long Bytes => new FileInfo(_log).Length;

    /// <summary>Takes the log into a new measured workload, from the stored upload to the stored profile.</summary>
    /// <returns>Milliseconds, and what was measured.</returns>
    public async Task<(double Milliseconds, UsageProfile Profile)> ImportAsync()
    {
        var importer = _services.GetRequiredService<UsageImporter>();
        var store = _services.GetRequiredService<UsageStore>();
        var set = await store.AddAsync("Log");
        await using var content = File.OpenRead(_log);
        using var file = await importer.StoreAsync("log.csv", content);
        var watch = Stopwatch.StartNew();
        var known = await importer.RecogniseAsync(file);
        var outcome = await importer.ImportAsync(set, file, known.FormatId, known.Mapping);
        var milliseconds = watch.Elapsed.TotalMilliseconds;
        var profile = ((UsageOutcome.Imported)outcome).Profile;
        await store.DeleteAsync(set);
        return (milliseconds, profile);
    }

    /// <summary>Runs the statements of an import of the log in one session of DuckDB with the same settings, and nothing else.</summary>
    /// <returns>Milliseconds, and what was measured.</returns>
    public async Task<(double Milliseconds, UsageProfile Profile)> EngineAloneAsync()
    {
        var rows = Path.Combine(_options.Folder, "alone.parquet");
        File.Delete(rows);
        await using var content = File.OpenRead(_log);
        using var file = await UsageFile.StoreAsync("log.csv", content, _options, null, CancellationToken.None);
        var watch = Stopwatch.StartNew();
        using (var session = DuckDbSession.Open(new DuckDbSettings([file.Path], _options.Folder, _options.Limits.MemoryMb)))
        {
            var table = file.Open(session);
            var format = UsageFormats.Of(table);
            var mapping = format.MappingOf(table);
            foreach (var macro in UsageSelect.SetupOf(mapping))
                session.Run(macro);
            session.Run($"COPY ({UsageSelect.Of(format.RowsOf(table, mapping), mapping, TimeProvider.System.GetUtcNow())} LIMIT {_options.Limits.MaxRows + 1}) TO {Sql.Text(rows)} (FORMAT parquet)");
            session.Run($"SELECT fault::BIGINT, count(*), count(DISTINCT id) FROM read_parquet({Sql.Text(rows)}) GROUP BY fault");
        }

        using var usage = ParquetUsage.Open([rows], _options);
        var profile = (await UsageQueries.ProfileAsync(usage, null, CancellationToken.None))!;
        return (watch.Elapsed.TotalMilliseconds, profile);
    }

    /// <summary>Runs the plainest question of an analyst, requests and tokens by hour of week, straight on the file.</summary>
    /// <returns>Milliseconds.</returns>
    public double HourOfWeekAlone()
    {
        var watch = Stopwatch.StartNew();
        using var session = DuckDbSession.Open(new DuckDbSettings([_log], _options.Folder, _options.Limits.MemoryMb));
        session.Run($"SELECT dayofweek(startTime), hour(startTime), count(*), sum(prompt_tokens), sum(completion_tokens) FROM read_csv({Sql.Text(_log)}) GROUP BY ALL");
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Measures in turns, so that a busy moment of the machine meets both.</summary>
    /// <param name="rounds">Rounds, at least 1.</param>
    /// <returns>Median milliseconds of an import, and of the engine alone.</returns>
    public async Task<(double Import, double Alone)> MeasureAsync(int rounds)
    {
        var (imports, alone) = (new List<double>(), new List<double>());
        await EngineAloneAsync();
        for (var round = 0; round < rounds; round++)
        {
            imports.Add((await ImportAsync()).Milliseconds);
            alone.Add((await EngineAloneAsync()).Milliseconds);
        }

        return (Median(imports), Median(alone));
    }

    /// <summary>Prints what an import of a log takes.</summary>
    /// <param name="rows">Requests of the log, at least 1.</param>
    public static async Task<int> PrintAsync(int rows)
    {
        using var usage = new UsageBenchmarks(rows);
        var (import, alone) = await usage.MeasureAsync(3);
        var same = (await usage.ImportAsync()).Profile.Totals == (await usage.EngineAloneAsync()).Profile.Totals;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows, {usage.Bytes / 1e6:N0} MB: import {import:N0} ms, the same statements alone {alone:N0} ms, ratio {import / alone:0.00}; requests and tokens by hour of week straight on the file {usage.HourOfWeekAlone():N0} ms; same totals: {same}; most memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} MB"));
        return same ? 0 : 1;
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Ninety days of requests with lognormal lengths, as LiteLLM writes them.</summary>
    private static void WriteLog(string path, int rows)
    {
        var random = new Random(1);
        var start = new DateTime(2026, 5, 4, 0, 0, 0, DateTimeKind.Utc);
        string[] models = ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5"];
        using var log = new StreamWriter(path, append: false, Encoding.UTF8, bufferSize: 1 << 20);
        log.Write("request_id,startTime,endTime,model,custom_llm_provider,prompt_tokens,completion_tokens,spend,status\n");
        for (var row = 0; row < rows; row++)
        {
            var at = start.AddSeconds(90.0 * 86_400 * row / rows);
            var (input, output) = ((int)Math.Exp(6.5 + Normal()), (int)Math.Exp(5 + (0.8 * Normal())));
            log.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{random.NextInt64():x16}{row:x8},{at:yyyy-MM-dd HH:mm:ss.fff},{at.AddMilliseconds(300 + (output * 20)):yyyy-MM-dd HH:mm:ss.fff},{models[row % 7 % 3]},openai,{input},{output},{(input * 2.5e-6m) + (output * 1e-5m)},success\n"));
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
