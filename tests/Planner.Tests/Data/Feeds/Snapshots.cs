using Xunit;

namespace Planner.Tests.Data.Feeds;

/// <summary>Files as the feeds served them, kept beside the repository.</summary>
internal static class Snapshots
{
    internal static byte[] LiteLlm(string date)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Planner.sln")))
            root = root.Parent;
        var file = Path.Combine(root?.FullName ?? ".", "..", "shared", "data", "feeds", "litellm", $"model_prices_{date}.json");
        if (!File.Exists(file))
            Assert.Skip($"The snapshot of {date} is not here: ../shared/data/feeds/litellm is missing.");
        return File.ReadAllBytes(file);
    }
}
