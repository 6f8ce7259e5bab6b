using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Web.Accounts;
using Planner.Web.Jobs;
using Xunit;

namespace Planner.Tests.Web.Accounts;

/// <summary>News of a job come to open pages in the flow of the job, which reaches everything.</summary>
public sealed class OwnReachTests
{
    [Fact]
    public async Task Whoever_listens_to_a_check_of_all_scenarios_reaches_nothing_by_it()
    {
        await using var host = new AccountsHost();
        var (watch, reach) = (host.Services.GetRequiredService<DecisionWatch>(), host.Services.GetRequiredService<CurrentReach>());
        var heard = new List<Reach>();
        watch.Ended += _ => heard.Add(reach.Value);

        using (reach.AsProgram())
            await watch.CheckAsync(null, TestContext.Current.CancellationToken);

        Assert.Contains(Reach.Nothing, heard);
        Assert.DoesNotContain(heard, found => found.IsUnbounded);
    }

    [Fact]
    public async Task Circuit_does_what_comes_from_outside_with_the_reach_of_its_own_user()
    {
        var reach = new CurrentReach();
        var caller = new Caller(7, "bob", "stamp", new Membership(2, "Other", Role.Viewer), [new Membership(2, "Other", Role.Viewer)]);
        var own = new OwnReach(reach, new Known(Callers.Principal(caller, SchemeNames.Proxy)));
        Reach? within = null;

        using (reach.AsProgram())
        {
            await own.RunAsync(() =>
            {
                within = reach.Value;
                return Task.CompletedTask;
            });
            Assert.True(reach.Value.IsUnbounded);
        }

        Assert.Equal((2L, Role.Viewer, false), (within!.WorkspaceId, within.Role, within.IsUnbounded));
        Assert.NotEqual(WorkspaceRow.FirstId, within.WorkspaceId);
    }

    private sealed class Known(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}
