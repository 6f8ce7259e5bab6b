using System.Text;
using Microsoft.Extensions.Configuration;
using Planner.Data.Usage;
using Planner.Domain.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>Measurements of the same requests in several ways, and their comparison.</summary>
internal static class Profiles
{
    /// <summary>The databases of a configuration.</summary>
    internal static UsageDatabases Configured(TestDatabase database, params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>($"Usage:Databases:{setting.Key}", setting.Value))).Build();
        return new UsageDatabases(configuration, database.Get<UsageStore>(), database.Time);
    }

    /// <summary>Measures all that a database holds of the year before.</summary>
    internal static async Task<UsageMeasurement> MeasureAsync(TestDatabase database, UsageDatabases databases, string name = "logs", DateTime? from = null, DateTime? to = null)
    {
        var set = await database.Get<UsageStore>().AddAsync("Logs", name);
        return await databases.MeasureAsync(set, from ?? database.Time.Now.UtcDateTime.AddDays(-300), to);
    }

    internal static string Refusal(UsageMeasurement measurement) => Assert.Single(Assert.IsType<UsageMeasurement.Refused>(measurement).Problems).Message;

    /// <summary>What DuckDB counts in a file of the requests.</summary>
    internal static async Task<UsageProfile> OfFileAsync(TestDatabase database, IEnumerable<LoggedRequest> requests)
    {
        var set = await database.Get<UsageStore>().AddAsync("File");
        var importer = database.Get<UsageImporter>();
        var csv = string.Join('\n', requests.Select(request => request.ToCsv()).Prepend(LoggedRequest.CsvHead)) + "\n";
        using var file = await importer.StoreAsync("log.csv", new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        var known = await importer.RecogniseAsync(file);
        var outcome = await importer.ImportAsync(set, file, known.FormatId, known.Mapping with { CacheRead = "cache_read", CacheWrite = ["cache_write"] });
        return Assert.IsType<UsageOutcome.Imported>(outcome).Profile;
    }

    /// <summary>Compares two profiles member by member; only what is divided may differ in its last digits.</summary>
    internal static void AssertSame(UsageProfile expected, UsageProfile actual)
    {
        Assert.Equal((expected.FromUtc, expected.ToUtc, expected.Resolution), (actual.FromUtc, actual.ToUtc, actual.Resolution));
        Assert.Equal(expected.Hours, actual.Hours);
        Assert.Equal(expected.Days, actual.Days);
        Assert.Equal(expected.Ttft, actual.Ttft);
        Assert.Equal(expected.Duration, actual.Duration);
        AssertSame(expected.InputLengths!, actual.InputLengths!);
        AssertSame(expected.OutputLengths!, actual.OutputLengths!);
    }

    private static void AssertSame(LengthDistribution expected, LengthDistribution actual)
    {
        Assert.Equal(expected.Bins, actual.Bins);
        Assert.Equal(expected.Mean, actual.Mean, expected.Mean * 1e-12);
        Assert.Equal(expected.Cv, actual.Cv, 1e-9);
        Assert.Equal(expected with { Bins = [], Mean = 0, Cv = 0 }, actual with { Bins = [], Mean = 0, Cv = 0 });
    }
}
