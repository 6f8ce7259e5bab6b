using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Planner.Web.Api;

/// <summary>What the OpenAPI document says beyond what the endpoints themselves do.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Planner",
                Version = "v1",
                Description = "Is it cheaper to pay an LLM API, to self-host, or to mix? Scenarios in, compared options out. Faults are problem documents (RFC 9457) "
                    + "whose errors name the path of each field.",
            };
            // The app is where it was asked; an address written down here would be wrong after the next start.
            document.Servers = [new OpenApiServer { Url = "/" }];
            // Described as plain numbers and flags below.
            foreach (var name in document.Components?.Schemas?.Keys.Where(name => name.StartsWith("QueryValueOf", StringComparison.Ordinal)).ToList() ?? [])
                document.Components!.Schemas!.Remove(name);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            foreach (var described in context.Description.ParameterDescriptions)
            {
                if (TypeOf(described) is { } type && operation.Parameters?.FirstOrDefault(parameter => parameter.Name == described.Name) is OpenApiParameter parameter)
                    parameter.Schema = new OpenApiSchema { Type = type };
            }

            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IfMatchMetadata>().Any())
                AddIfMatch(operation);
            return Task.CompletedTask;
        });
    }

    /// <summary>The framework takes a type that parses itself for a string.</summary>
    private static JsonSchemaType? TypeOf(ApiParameterDescription described) => described.ParameterDescriptor?.ParameterType is not { } type ? null
        : type == typeof(QueryValue<int>) || type == typeof(QueryValue<int>?) ? JsonSchemaType.Integer
        : type == typeof(QueryValue<bool>) || type == typeof(QueryValue<bool>?) ? JsonSchemaType.Boolean
        : null;

    private static void AddIfMatch(OpenApiOperation operation) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = "If-Match",
        In = ParameterLocation.Header,
        Description = "The ETag of the version that was edited.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });
}
