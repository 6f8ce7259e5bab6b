using Microsoft.EntityFrameworkCore;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Actuals;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Data.Usage;
using Planner.Domain.Catalogs;
using Xunit;

namespace Planner.Tests.Data.Accounts;

/// <summary>The last line: whatever a page or an endpoint forgets to ask.</summary>
public sealed class ReachTests : IAsyncLifetime
{
    private static readonly Reach EditorOfFirst = new(WorkspaceRow.FirstId, Role.Editor);
    private static readonly Reach ViewerOfFirst = new(WorkspaceRow.FirstId, Role.Viewer);
    private static readonly Reach EditorOfOther = new(2, Role.Editor);

    private TestDatabase _database = null!;
    private string _scenario = "";

    private CurrentReach Reach => _database.Get<CurrentReach>();

    private ScenarioStore Scenarios => _database.Get<ScenarioStore>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PreparedAsync();
        Reach.Close();
        using var _ = Reach.Enter(EditorOfFirst);
        _scenario = (await Scenarios.CreateAsync(TestDatabase.ScenarioOf("Secret"), CatalogSnapshot.Empty, TestDatabase.ResultOf("s"))).Id;
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Call_that_nobody_gave_a_reach_to_sees_nothing_and_changes_nothing()
    {
        Assert.Null(await Scenarios.GetAsync(_scenario));
        Assert.Empty(await Scenarios.IdsAsync());
        await Assert.ThrowsAsync<AccessRefusedException>(() => Scenarios.CreateAsync(TestDatabase.ScenarioOf("New"), CatalogSnapshot.Empty, TestDatabase.ResultOf("s")));
    }

    [Fact]
    public async Task Row_belongs_to_the_workspace_of_who_stored_it()
    {
        using (Reach.Enter(EditorOfOther))
            await Scenarios.CreateAsync(TestDatabase.ScenarioOf("Theirs"), CatalogSnapshot.Empty, TestDatabase.ResultOf("s"));

        using (Reach.Enter(ViewerOfFirst))
            Assert.Equal(["Secret"], (await Scenarios.ListAsync()).Items.Select(item => item.Name));
        using (Reach.Enter(EditorOfOther))
            Assert.Equal(["Theirs"], (await Scenarios.ListAsync()).Items.Select(item => item.Name));
    }

    [Fact]
    public async Task Nothing_of_a_scenario_is_there_for_another_workspace()
    {
        long link;
        using (Reach.Enter(EditorOfFirst))
            link = (await _database.Get<ShareLinkStore>().CreateAsync(_scenario, 1))!.Id;

        using var _ = Reach.Enter(EditorOfOther);
        Assert.Null(await Scenarios.GetAsync(_scenario));
        Assert.Null(await Scenarios.CurrentVersionAsync(_scenario));
        Assert.Empty((await Scenarios.VersionsAsync(_scenario)).Items);
        Assert.Null(await Scenarios.DuplicateAsync(_scenario));
        Assert.IsType<SaveOutcome.NotFound>(await Scenarios.SaveAsync(_scenario, 1, TestDatabase.ScenarioOf("Mine"), CatalogSnapshot.Empty, TestDatabase.ResultOf("s")));
        Assert.IsType<SaveOutcome.NotFound>(await Scenarios.DeleteAsync(_scenario, 1));
        Assert.IsType<SaveOutcome.NotFound>(await Scenarios.UndeleteAsync(_scenario));
        Assert.Empty(await _database.Get<ShareLinkStore>().ListAsync(_scenario));
        Assert.Null(await _database.Get<ShareLinkStore>().CreateAsync(_scenario, null));
        Assert.False(await _database.Get<ShareLinkStore>().RevokeAsync(_scenario, link));
    }

    [Fact]
    public async Task Measured_workload_of_another_workspace_is_not_there()
    {
        long set;
        using (Reach.Enter(EditorOfFirst))
            set = await _database.Get<UsageStore>().AddAsync("Log");

        using var _ = Reach.Enter(EditorOfOther);
        Assert.Null(await _database.Get<UsageStore>().FindAsync(set));
        Assert.Empty(await _database.Get<UsageStore>().ListAsync());
        Assert.False(await _database.Get<UsageStore>().DeleteAsync(set));
    }

    [Fact]
    public async Task Watched_fleet_of_another_workspace_is_not_there()
    {
        await using (var own = Opened(EditorOfFirst))
        {
            own.Add(Fleet());
            await own.SaveChangesAsync();
            Assert.Equal(1, await own.FleetTargets.CountAsync());
        }

        await using var other = Opened(EditorOfOther);
        Assert.Equal(0, await other.FleetTargets.CountAsync());
        using var _ = Reach.Enter(EditorOfOther);
        Assert.Empty(await _database.Get<FleetStore>().ListAsync(_scenario));
    }

    [Fact]
    public async Task Viewer_reads_and_every_way_to_change_is_refused()
    {
        using var _ = Reach.Enter(ViewerOfFirst);

        Assert.NotNull(await Scenarios.GetAsync(_scenario));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Scenarios.SaveAsync(_scenario, 1, TestDatabase.ScenarioOf("Mine"), CatalogSnapshot.Empty, TestDatabase.ResultOf("s")));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Scenarios.DeleteAsync(_scenario, 1));
        await Assert.ThrowsAsync<AccessRefusedException>(() => Scenarios.DuplicateAsync(_scenario));
        await Assert.ThrowsAsync<AccessRefusedException>(() => _database.Get<ShareLinkStore>().CreateAsync(_scenario, 1));
        await Assert.ThrowsAsync<AccessRefusedException>(() => _database.Get<UsageStore>().AddAsync("Log"));
        Assert.Equal("Secret", (await Scenarios.GetAsync(_scenario))!.Scenario.Name);
    }

    [Fact]
    public async Task What_all_workspaces_share_is_changed_by_its_keepers_only()
    {
        await using (var context = Opened(new Reach(2, Role.Admin)))
        {
            context.Add(new PriceListRow { Id = "a", Name = "A", MappingJson = "{}" });
            await Assert.ThrowsAsync<AccessRefusedException>(() => context.SaveChangesAsync());
            await Assert.ThrowsAsync<AccessRefusedException>(() => context.PriceLists.ExecuteDeleteAsync());
            await Assert.ThrowsAsync<AccessRefusedException>(() => context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.Name, "x")));
        }

        await using var kept = Opened(new Reach(2, Role.Admin, IsKeeper: true));
        await kept.PriceLists.ExecuteDeleteAsync();
    }

    [Fact]
    public async Task Reach_flows_into_what_a_call_starts_and_ends_with_it()
    {
        using (Reach.Enter(ViewerOfFirst))
            Assert.NotNull(await Task.Run(() => Scenarios.GetAsync(_scenario)));

        Assert.Equal(Planner.Data.Accounts.Reach.Nothing, Reach.Value);
    }

    [Fact]
    public async Task Share_link_opens_without_an_account_and_counts_its_views()
    {
        NewShareLink link;
        using (Reach.Enter(EditorOfFirst))
            link = (await _database.Get<ShareLinkStore>().CreateAsync(_scenario, 1))!;

        Assert.Equal(_scenario, (await _database.Get<ShareLinkStore>().ResolveAsync(link.Token))!.ScenarioId);
        await _database.Get<ShareLinkStore>().CountViewAsync(link.Id);
        using var _ = Reach.Enter(EditorOfFirst);
        Assert.Equal(1, (await _database.Get<ShareLinkStore>().ListAsync(_scenario))[0].ViewCount);
    }

    private FleetTargetRow Fleet() => new() { ScenarioId = _scenario, OptionId = "self", Name = "Fleet", Kind = "engines", AddressesJson = "[]", IntervalMinutes = 1 };

    private PlannerDbContext Opened(Reach reach)
    {
        using var _ = Reach.Enter(reach);
        return _database.Open();
    }
}
