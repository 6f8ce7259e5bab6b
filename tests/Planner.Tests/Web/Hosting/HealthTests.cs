using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Web.Api;
using Planner.Web.Commands;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>What the app tells those who watch it.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly SocketHost _app = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Live_looks_at_nothing()
    {
        var (status, answer) = await AskAsync("/health/live");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (status, answer.Status));
        Assert.Empty(answer.Checks);
    }

    [Fact]
    public async Task Ready_looks_at_the_database_and_the_feeds()
    {
        var (status, answer) = await AskAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["database", "feeds"], answer.Checks.Select(check => check.Name).Order());
        Assert.Equal("Healthy", answer.Checks.Single(check => check.Name == "database").Status);
    }

    [Fact]
    public async Task Database_that_another_one_writes_for_long_degrades_it()
    {
        await using var other = new SqliteConnection($"Data Source={Path.Combine(_app.Folder, "planner.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var writes = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var (status, answer) = await AskAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "Degraded"), (status, answer.Status));
    }

    [Fact]
    public async Task Migrations_that_are_not_done_make_it_unhealthy_and_no_path_is_told()
    {
        await using (var context = await _app.Services.GetRequiredService<IDbContextFactory<PlannerDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await context.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT MAX(MigrationId) FROM __EFMigrationsHistory)", TestContext.Current.CancellationToken);

        var (status, answer) = await AskAsync("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (status, answer.Status));
        Assert.DoesNotContain(answer.Checks, check => check.Reason?.Contains(_app.Folder, StringComparison.Ordinal) == true);
        Assert.Equal(ExitCodes.Failed, (await CommandAsync(_app.Address)).Code);
    }

    [Fact]
    public async Task Command_tells_how_the_running_app_fares()
    {
        var (code, output) = await CommandAsync(_app.Address);
        Assert.Equal(ExitCodes.Done, code);
        Assert.StartsWith("Healthy", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_fails_where_nobody_answers()
    {
        var (code, output) = await CommandAsync(new Uri("http://127.0.0.1:9/"));
        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("No Planner answers", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_takes_addresses_alone()
    {
        using var output = new StringWriter();
        Assert.Equal(ExitCodes.Usage, await CommandLine.RunAsync(["health", "--url", "here"], output, output, TestContext.Current.CancellationToken));
        Assert.Contains("--url", output.ToString(), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, HealthAnswer Answer)> AskAsync(string path)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(_app.Address, path), TestContext.Current.CancellationToken);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<HealthAnswer>(TestContext.Current.CancellationToken))!);
    }

    private static async Task<(int Code, string Output)> CommandAsync(Uri address)
    {
        using var output = new StringWriter();
        var code = await CommandLine.RunAsync(["health", "--url", address.AbsoluteUri], output, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
