using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Tests.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Api;

public class OpenApiTests(PlannerHost host)
{
    [Fact]
    public async Task Document_lists_every_route_of_the_api_with_a_summary()
    {
        var document = await DocumentAsync();
        var listed = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key} {path.Key}")).Order().ToList();
        var routes = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true)
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD")
                .Select(method => $"{method.ToLowerInvariant()} {Plain(endpoint.RoutePattern)}"));

        Assert.Equal(routes.Distinct().Order(), listed);
        Assert.True(listed.Count >= 25, "The API has shrunk.");
        foreach (var operation in document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()))
        {
            Assert.NotEmpty((string)operation.Value!["summary"]!);
            Assert.NotEmpty((string)operation.Value["operationId"]!);
        }
    }

    [Fact]
    public async Task Refusals_are_declared_as_problem_documents()
    {
        var save = (await DocumentAsync())["paths"]!["/api/v1/scenarios/{id}"]!["put"]!;
        foreach (var status in new[] { "400", "404", "412", "413", "415", "428" })
            Assert.NotNull(save["responses"]![status]!["content"]!["application/problem+json"]);
        Assert.Contains("If-Match", save["parameters"]!.AsArray().Select(parameter => (string)parameter!["name"]!));
    }

    [Fact]
    public async Task Query_numbers_are_described_as_numbers()
    {
        var parameters = (await DocumentAsync())["paths"]!["/api/v1/catalog/prices"]!["get"]!["parameters"]!.AsArray();
        Assert.Equal("integer", (string)parameters.Single(parameter => (string)parameter!["name"]! == "take")!["schema"]!["type"]!);
    }

    [Fact]
    public async Task Tokens_are_asked_for_where_there_are_accounts()
    {
        Assert.Null((await DocumentAsync())["security"]);
        await using var accounts = new AccountsHost();
        await accounts.AddUserAsync("ada", Role.Viewer);
        using var browser = accounts.Browser();
        await AccountsHost.SignInAsync(browser, "ada");

        var document = JsonNode.Parse(await browser.GetStringAsync("/openapi/v1.json"))!;

        var asked = document["security"]!.AsArray().Single()!.AsObject().Single().Key;
        var scheme = document["components"]!["securitySchemes"]![asked]!;
        Assert.Equal(("http", "bearer"), ((string)scheme["type"]!, (string)scheme["scheme"]!));
    }

    private static string Plain(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Plain))));

    private static string Plain(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    };

    private async Task<JsonNode> DocumentAsync()
    {
        using var client = host.CreateClient();
        return JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
    }
}
