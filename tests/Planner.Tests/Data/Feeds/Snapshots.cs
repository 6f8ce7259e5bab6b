using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Files as the feeds served them, kept beside the repository.</summary>
internal static class Snapshots
{
    internal static byte[] LiteLlm(string date) => Read("litellm", $"model_prices_{date}.json");

    /// <summary>A file below the feeds' folder; the test is skipped where it is missing.</summary>
    internal static byte[] Read(params ReadOnlySpan<string> path)
    {
        var file = Find(path);
        Assert.SkipWhen(file is null, $"The snapshot {path[^1]} is not here: ../shared/data/feeds/{path[0]} is missing.");
        return file!;
    }

    /// <summary>A file below the feeds' folder; null where it is missing.</summary>
    internal static byte[]? Find(params ReadOnlySpan<string> path)
    {
        var file = Path.Combine([Folder, .. path]);
        return File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    /// <summary>The feeds' folder, whether it exists or not.</summary>
    internal static string Folder { get; } = Path.Combine(Repository.Root ?? ".", "..", "shared", "data", "feeds");
}
