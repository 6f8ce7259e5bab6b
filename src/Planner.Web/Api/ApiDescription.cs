using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Planner.Data.Accounts;
using Planner.Web.Accounts;

namespace Planner.Web.Api;

/// <summary>What the OpenAPI document says beyond what the endpoints themselves do.</summary>
internal static class ApiDescription
{
    private const string Bearer = "token";

    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["search"] = "Words that must all occur, at most 200 characters.",
        ["sort"] = "Column to sort by; an unknown one is answered with those there are.",
        ["descending"] = "Falling order; false by default.",
        ["skip"] = "Entries to leave out at the front; 0 by default.",
        ["take"] = "Entries to give, 1 to 500; 50 by default.",
        ["seller"] = "Sellers to list; may be repeated.",
        ["cloud"] = "Clouds to list; may be repeated.",
        ["gpu"] = "GPUs to list; may be repeated.",
        ["feed"] = "Runs of this feed only.",
        ["mode"] = "What is sold, such as chat or embedding.",
        ["includeRetired"] = "Retired rows too; false by default.",
        ["onlyUserPrices"] = "Only rows whose prices are your own; false by default.",
        ["scenario"] = "A stored scenario whose measured inputs are to be set; a new scenario by default.",
        ["price"] = "Price sheets that a new scenario compares, by key; may be repeated. By default those that seller and model of the logs name.",
        ["zone"] = "IANA time zone of the hours of the week; UTC by default.",
        ["language"] = "Language of the texts, en or de; with a country, such as de-AT, figures are written as there. English by default.",
        ["name"] = "Name of the copy; the name with (copy) by default.",
    };

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Planner",
                Version = "v1",
                Description = "Is it cheaper to pay an LLM API, to self-host, or to mix? Scenarios in, compared options out. "
                    + "Faults are problem documents (RFC 9457) whose errors name the path of each field.",
            };
            // The app is where it was asked; an address written down here would be wrong after the next start.
            document.Servers = [new OpenApiServer { Url = "/" }];
            if (context.ApplicationServices.GetRequiredService<AccountsOptions>().Enabled)
                AskForToken(document);
            // Described as plain numbers and flags below.
            foreach (var name in document.Components?.Schemas?.Keys.Where(name => name.StartsWith("QueryValueOf", StringComparison.Ordinal)).ToList() ?? [])
                document.Components!.Schemas!.Remove(name);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var described in context.Description.ParameterDescriptions)
            {
                if (operation.Parameters?.FirstOrDefault(parameter => parameter.Name == described.Name) is not OpenApiParameter parameter)
                    continue;
                if (TypeOf(described) is { } type)
                    parameter.Schema = new OpenApiSchema { Type = type };
                parameter.Description ??= Meanings.GetValueOrDefault(described.Name);
            }

            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IfMatchMetadata>().Any())
                AddHeader(operation, "If-Match", "The ETag of the version that was edited.");
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IdempotencyMetadata>().Any())
                AddHeader(operation, IdempotencyKeys.Header, "Repeating the request with the same key within 24 hours gives the first answer again instead of doing it twice.");
            return Task.CompletedTask;
        });
    }

    private static void AskForToken(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = $"A token that was made on the page /account; it begins with {ApiTokenStore.Prefix}.",
        });
        (document.Security ??= []).Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] });
    }

    /// <summary>The framework takes a type that parses itself for a string.</summary>
    private static JsonSchemaType? TypeOf(ApiParameterDescription described) => described.ParameterDescriptor?.ParameterType is not { } type ? null
        : type == typeof(QueryValue<int>) || type == typeof(QueryValue<int>?) ? JsonSchemaType.Integer
        : type == typeof(QueryValue<bool>) || type == typeof(QueryValue<bool>?) ? JsonSchemaType.Boolean
        : null;

    private static void AddHeader(OpenApiOperation operation, string name, string meaning) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = meaning,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });
}
