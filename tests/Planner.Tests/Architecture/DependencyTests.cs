using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace Planner.Tests.Architecture;

/// <summary>docs/dependencies.md names every package with its version and a licence that may be used.</summary>
public class DependencyTests
{
    private static readonly string[] Permitted = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "MS-PL OR Apache-2.0"];

    private static readonly string[] PermittedInTests = [.. Permitted, "MPL-2.0"];

    // Packages that bring their licence as a file; it was read.
    private static readonly Dictionary<string, string> ReadByHand = new() { ["CommandLineParser"] = "MIT", ["Microsoft.DotNet.PlatformAbstractions"] = "MIT" };

    private static readonly string[] Product = ["Planner.Domain", "Planner.Data", "Planner.Web"];

    [Fact]
    public void Every_package_of_NuGet_is_listed_with_a_permitted_licence()
    {
        var found = Packages();
        Assert.Contains(found, package => package.Name == "Radzen.Blazor" && package.IsProduct);
        var rows = Rows();

        Assert.Equal("", string.Join('\n', found.Select(package => $"| {package.Name} | {package.Version} | {package.Licence} | {(package.IsProduct ? "product" : "tests, tools")} |").Except(rows)));
        Assert.All(found, package => Assert.Contains(package.Licence, package.IsProduct ? Permitted : PermittedInTests));
    }

    [Fact]
    public void Every_package_of_npm_is_listed_with_a_permitted_licence()
    {
        var packages = new[] { "src/Planner.Web/Client/package-lock.json", "build/duckdb/package-lock.json" }
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root!, file)))!["packages"]!.AsObject())
            .Where(package => package.Key.Length > 0 && !package.Key.Contains("/@esbuild/", StringComparison.Ordinal)).ToList();
        Assert.Contains(packages, package => package.Key.EndsWith("/apexcharts", StringComparison.Ordinal));

        var missing = packages.Select(package => $"| {package.Key[(package.Key.LastIndexOf("node_modules/", StringComparison.Ordinal) + 13)..]} | {package.Value!["version"]} | {package.Value["license"]} | {(package.Value["dev"] is null ? "product" : "build")} |").Except(Rows());

        Assert.Equal("", string.Join('\n', missing));
        Assert.All(packages, package => Assert.Contains((string?)package.Value!["license"], Permitted));
    }

    private static string[] Rows() => File.ReadAllLines(Path.Combine(Repository.Root!, "docs/dependencies.md"));

    /// <summary>What the projects that were restored resolve to, whatever brought it.</summary>
    private static List<(string Name, string Version, string Licence, bool IsProduct)> Packages()
    {
        var found = new Dictionary<string, (string Name, string Version, string Licence, bool IsProduct)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root!, "artifacts/obj"), "project.assets.json", SearchOption.AllDirectories))
        {
            var assets = JsonNode.Parse(File.ReadAllText(file))!;
            var isProduct = Product.Contains(Path.GetFileName(Path.GetDirectoryName(file)));
            foreach (var (key, library) in assets["libraries"]!.AsObject().Where(library => (string?)library.Value!["type"] == "package"))
            {
                if (found.TryGetValue(key, out var known))
                {
                    found[key] = known with { IsProduct = known.IsProduct || isProduct };
                    continue;
                }

                var folder = assets["packageFolders"]!.AsObject().Select(folder => Path.Combine(folder.Key, (string)library!["path"]!)).First(Directory.Exists);
                var specification = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single());
                var licence = specification.Descendants().FirstOrDefault(element => element.Name.LocalName == "license")?.Value ?? "not stated";
                if (ReadByHand.TryGetValue(key.Split('/')[0], out var read))
                    licence = read;
                found[key] = (key.Split('/')[0], key.Split('/')[1], licence, isProduct);
            }
        }

        return [.. found.Values];
    }
}
