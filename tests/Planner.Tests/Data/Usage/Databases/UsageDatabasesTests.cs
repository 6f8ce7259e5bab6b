using Planner.Data.Usage;
using Xunit;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>What the configuration may say of databases of logs.</summary>
public sealed class UsageDatabasesTests
{
    [Fact]
    public async Task Databases_are_listed_by_name_with_what_is_wrong_with_them()
    {
        using var database = await TestDatabase.PreparedAsync();
        var databases = Profiles.Configured(
            database, ("c:Kind", "MySql"), ("b:Kind", "HeliconeClickHouse"), ("b:Url", "https://logs.example/"), ("a:Kind", "LiteLlmPostgres"), ("d:Kind", "LiteLlmPostgres"),
            ("d:ConnectionString", "Host=x"), ("d:TimeoutSeconds", "0"), ("e:Kind", "LangfuseClickHouse"), ("e:Url", "http://me:secret@logs.example/"), ("f:Kind", "7"));
        Assert.Equal(
            [
                ("a", UsageTexts.DatabaseNoConnectionString, false), ("b", null, true), ("c", string.Format(null, UsageTexts.DatabaseKindUnknown, "MySql", "LiteLlmPostgres, LangfuseClickHouse, HeliconeClickHouse"), false),
                ("d", string.Format(null, UsageTexts.DatabaseTimeoutBad, 3600), false), ("e", UsageTexts.DatabaseUrlBad, true),
                ("f", string.Format(null, UsageTexts.DatabaseKindUnknown, "7", "LiteLlmPostgres, LangfuseClickHouse, HeliconeClickHouse"), false),
            ],
            databases.All.Select((UsageDatabase known) => (known.Name, known.Fault, known.IsExperimental)));
        Assert.Equal(UsageTexts.DatabaseUrlBad, await databases.CheckAsync("e"));
        Assert.Equal(string.Format(null, UsageTexts.DatabaseNotConfigured, "none"), await databases.CheckAsync("none"));
    }
}
