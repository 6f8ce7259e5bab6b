using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Files as the feeds served them, kept beside the repository.</summary>
internal static class Snapshots
{
    internal static byte[] LiteLlm(string date) => Read("litellm", $"model_prices_{date}.json");

    /// <summary>A file below the feeds' folder.</summary>
    internal static byte[] Read(params ReadOnlySpan<string> path)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Planner.sln")))
            root = root.Parent;
        var file = Path.Combine([root?.FullName ?? ".", "..", "shared", "data", "feeds", .. path]);
        if (!File.Exists(file))
            Assert.Skip($"The snapshot {path[^1]} is not here: ../shared/data/feeds/{path[0]} is missing.");
        return File.ReadAllBytes(file);
    }
}
