using Microsoft.Extensions.Configuration;
using Npgsql;
using Planner.Data;
using Xunit;

namespace Planner.Tests.Data;

/// <summary>What the section <c>Database</c> of the configuration leads to.</summary>
public class DatabaseSettingsTests
{
    [Fact]
    public void Nothing_configured_is_the_file_and_so_is_SQLite_in_any_case()
    {
        foreach (var provider in new[] { null, "", "Sqlite", "sqlite", " SQLite " })
        {
            var settings = From(("Provider", provider));
            Assert.Equal((DatabaseProvider.Sqlite, Path.GetFullPath("some.db")), (settings.Provider, settings.Name));
        }
    }

    [Theory]
    [InlineData("mysql", "Host=a;Database=b", """Database:Provider is "mysql": it is Sqlite or PostgreSql.""")]
    [InlineData("PostgreSql", null, "Database:ConnectionString must name")]
    [InlineData("PostgreSql", "Host=a", "Database:ConnectionString must name")]
    [InlineData("PostgreSql", "Database=b", "Database:ConnectionString must name")]
    [InlineData("PostgreSql", "Host=a;Database=b;Colour=secret-9", "Database:ConnectionString cannot be read")]
    [InlineData("PostgreSql", "Host=a;Port=secret-9", "Database:ConnectionString cannot be read")]
    public void What_names_no_database_is_refused_with_the_setting_that_is_wrong_and_no_value_of_the_connection(string provider, string? connection, string message)
    {
        var refused = Assert.Throws<DatabaseRefusedException>(() => From(("Provider", provider), ("ConnectionString", connection)));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Password_is_in_the_connection_alone_and_in_nothing_that_is_shown()
    {
        var settings = From(("Provider", "postgresql"), ("ConnectionString", "Host=db.example;Port=6000;Database=planner;Username=planner;Password=secret-9"));

        Assert.Equal("secret-9", new NpgsqlConnectionStringBuilder(settings.ConnectionString).Password);
        Assert.Equal(("db.example:6000/planner", "db.example:6000/planner"), (settings.Name, settings.ToString()));
    }

    private static DatabaseSettings From(params (string Key, string? Value)[] settings) => DatabaseSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Database:" + setting.Key, setting.Value))).Build(), "some.db");
}
