using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public class RouteTests(PlannerHost single)
{
    [Fact]
    public void Every_endpoint_names_a_policy_or_says_that_it_is_open()
    {
        var silent = Endpoints(single).Where(endpoint => !AuthorizationMatrix.IsFile(endpoint) && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && !endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(asked => asked.Policy is not null));

        Assert.Empty(silent.Select(AuthorizationMatrix.KeyOf));
    }

    [Fact]
    public async Task No_endpoint_is_missing_from_the_matrix_and_none_of_the_matrix_is_gone()
    {
        await using var host = new AccountsHost();

        var found = Endpoints(host).Where(endpoint => !AuthorizationMatrix.IsFile(endpoint)).Select(AuthorizationMatrix.KeyOf).Distinct().ToList();

        var known = AuthorizationMatrix.Rows.Select(row => row.Key).ToList();
        Assert.Equal("", string.Join('\n', found.Except(known)));
        Assert.Equal("", string.Join('\n', known.Except(found)));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(PlannerHost host)
    {
        host.CreateClient().Dispose();
        return host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
    }
}
