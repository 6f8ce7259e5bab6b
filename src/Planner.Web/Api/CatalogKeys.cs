namespace Planner.Web.Api;

/// <summary>
/// Keys in addresses. They may hold slashes, such as <c>together_ai:meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo</c>; an escaped slash stays escaped in a
/// path, and this makes a plain one alike, so that a key is one segment either way.
/// </summary>
public static class CatalogKeys
{
    private const string EscapedSlash = "%2F";

    private static readonly string[] Lists =
        [.. new[] { "prices", "instances", "models", "gpus", "engines" }.Select(list => $"{ApiPaths.Root}/catalog/{list}/")];
    private static readonly string[] Actions = ["/history", "/quotes", "/restore", "/override"];

    /// <summary>The key that a route value stands for.</summary>
    public static string Read(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Replace(EscapedSlash, "/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The address of a row.</summary>
    public static string Address(string list, string key) => $"{ApiPaths.Root}/catalog/{list}/{Uri.EscapeDataString(key)}";

    /// <summary>Makes the key of an address one segment, before routes are matched.</summary>
    public static IApplicationBuilder UseCatalogKeys(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var path = context.Request.Path.Value ?? "";
        if (Lists.FirstOrDefault(list => path.StartsWith(list, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            var rest = path[found.Length..];
            var action = Actions.FirstOrDefault(action => rest.EndsWith(action, StringComparison.OrdinalIgnoreCase)) ?? "";
            var key = rest[..^action.Length].Replace(EscapedSlash, "/", StringComparison.OrdinalIgnoreCase);
            // Routing decodes a segment once more after the server did, and leaves an escaped slash once more.
            key = key.Replace("%", "%25", StringComparison.Ordinal).Replace("/", EscapedSlash, StringComparison.Ordinal);
            context.Request.Path = path[..found.Length] + key + action;
        }

        return next(context);
    });
}
