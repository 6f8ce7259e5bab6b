using System.Text.Json.Nodes;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Tests.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Comparisons;

/// <summary>Comparisons and portfolios hold what their reader's workspace has, and nothing else.</summary>
public sealed class WorkspaceTests : IAsyncLifetime
{
    private readonly AccountsHost _host = new();
    private string _own = "";
    private string _foreign = "";

    public async ValueTask InitializeAsync()
    {
        var ada = await _host.AddUserAsync("ada", Role.Admin, proxied: true);
        var other = await _host.AddWorkspaceAsync("Other", ada);
        await _host.AddUserAsync("bob", Role.Viewer, proxied: true);
        (_own, _foreign) = (await _host.StoreAsync(WorkspaceRow.FirstId), await _host.StoreAsync(other));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Scenario_of_another_workspace_is_as_unknown_as_none()
    {
        using var bob = _host.Proxied("bob");

        foreach (var path in new[] { "compare", "portfolio" })
        {
            var refused = JsonNode.Parse(await (await bob.GetAsync($"/api/v1/{path}?with={_foreign}@1")).Content.ReadAsStringAsync())!;
            Assert.Equal($"There is no scenario {_foreign}. It may have been deleted.", (string)refused["errors"]![0]!["message"]!);
            Assert.DoesNotContain("$7,500", await bob.GetStringAsync($"/{path}?with={_foreign}"), StringComparison.Ordinal);
        }

        var all = JsonNode.Parse(await bob.GetStringAsync("/api/v1/portfolio"))!["totals"]!["items"]!.AsArray();
        Assert.Equal(_own, (string)Assert.Single(all)!["id"]!);
    }

    [Fact]
    public async Task File_of_a_portfolio_is_noted_as_an_export()
    {
        using var ada = _host.Proxied("ada");
        await ada.GetStringAsync($"/api/v1/portfolio/report.csv?with={_own}");

        Assert.Contains("/api/v1/portfolio/report.csv", await ada.GetStringAsync("/api/v1/audit"), StringComparison.Ordinal);
    }
}
