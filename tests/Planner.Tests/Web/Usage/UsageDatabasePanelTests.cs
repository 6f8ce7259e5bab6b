using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Usage;
using Planner.Tests.Data;
using Planner.Tests.Data.Usage.Databases;
using Planner.Web.Components.Shared;
using Planner.Web.Components.Usage;
using Xunit;

namespace Planner.Tests.Web.Usage;

/// <summary>The card that has a database count, with a real PostgreSQL behind it.</summary>
[Collection(nameof(PostgresTests))]
public sealed class UsageDatabasePanelTests(PostgresServer server)
{
    private const string Logs = """
        CREATE TABLE "LiteLLM_SpendLogs" ("startTime" TIMESTAMP(3) NOT NULL, "model" TEXT, "spend" DOUBLE PRECISION, "prompt_tokens" INTEGER, "completion_tokens" INTEGER);
        INSERT INTO "LiteLLM_SpendLogs" VALUES ('2026-11-02 08:00:00', 'gpt-4o', 0.25, 1000, 100), ('2026-11-03 08:00:00', 'gpt-4o', 0.5, 2000, 200), ('2026-11-03 09:00:00', 'gpt-4o', 0, -1, 0);
        """;

    [Fact]
    public async Task A_database_is_checked_measured_and_measured_again()
    {
        using var database = await TestDatabase.PreparedAsync();
        var databases = Profiles.Configured(database, ("gateway:Kind", "LiteLlmPostgres"), ("gateway:ConnectionString", server.ConnectionString(await LogsAsync())));
        var measured = new List<long>();
        var (renderer, toasts) = Renderer(database, databases);
        Assert.DoesNotContain("experimental", await RenderAsync(renderer, measured), StringComparison.Ordinal);

        await renderer.ClickAsync("class", "button");
        Assert.Contains("gateway answers, and LiteLLM&#x27;s spend logs in PostgreSQL can be read.", await renderer.HtmlAsync(), StringComparison.Ordinal);

        await renderer.SubmitAsync("class", "ask");
        var id = Assert.Single(measured);
        var set = (await database.Get<UsageStore>().FindAsync(id))!;
        // A request with fewer than no tokens is left out.
        Assert.Equal(("gateway", "gateway", 3000L), (set.Name, set.Database, set.Profile!.Totals.InputTokens));
        Assert.Equal("gateway counted 2026-11-02 to 2026-11-03. 1 request left out: impossible times or counts.", Assert.Single(toasts.Shown).Text);

        var (again, _) = Renderer(database, databases);
        await RenderAsync(again, measured, set);
        await again.ChangeAsync("type", "date", "2026-11-03");
        await again.SubmitAsync("class", "ask");
        Assert.Equal([id, id], measured);
        Assert.Equal(2000, (await database.Get<UsageStore>().FindAsync(id))!.Profile!.Totals.InputTokens);
    }

    [Fact]
    public async Task What_is_refused_is_said_and_leaves_nothing_behind()
    {
        using var database = await TestDatabase.PreparedAsync();
        var databases = Profiles.Configured(database, ("gateway:Kind", "LiteLlmPostgres"), ("gateway:ConnectionString", server.ConnectionString(password: "wrong")), ("older:Kind", "HeliconeClickHouse"));
        var (renderer, _) = Renderer(database, databases);
        await RenderAsync(renderer, []);

        await renderer.ClickAsync("class", "button");
        Assert.Contains(Planner.Data.Usage.UsageTexts.DatabaseLoginRefused, await renderer.HtmlAsync(), StringComparison.Ordinal);
        await renderer.ChangeAsync("type", "date", "2027-01-01");
        await renderer.SubmitAsync("class", "ask");
        Assert.Contains(Planner.Data.Usage.UsageTexts.DatabaseTimeEmpty, await renderer.HtmlAsync(), StringComparison.Ordinal);
        await renderer.ChangeAsync("type", "date", "");
        await renderer.SubmitAsync("class", "ask");
        Assert.Contains("Choose a day.", await renderer.HtmlAsync(), StringComparison.Ordinal);
        Assert.Empty(await database.Get<UsageStore>().ListAsync());
    }

    private static (TestRenderer Renderer, Toasts Toasts) Renderer(TestDatabase database, UsageDatabases databases)
    {
        var toasts = new Toasts(database.Time);
        return (TestRenderer.Create(services => services.AddSingleton<TimeProvider>(database.Time).AddSingleton(databases).AddSingleton(toasts)), toasts);
    }

    private Task<string> RenderAsync(TestRenderer renderer, List<long> measured, UsageSet? set = null) =>
        renderer.RenderAsync<UsageDatabasePanel>((nameof(UsageDatabasePanel.Set), set), (nameof(UsageDatabasePanel.OnMeasured), EventCallback.Factory.Create<long>(this, measured.Add)));

    private async Task<string> LogsAsync()
    {
        var name = $"logs_{Guid.NewGuid():N}";
        await server.ExecuteAsync($"CREATE DATABASE {name}");
        await server.ExecuteAsync(Logs, name);
        return name;
    }
}
