using System.Text.RegularExpressions;
using Planner.Web.Reports;
using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>docs/configuration.md names every setting that the code reads, and none that it does not.</summary>
public sealed partial class ConfigurationPageTests
{
    // Named as the framework reads them, not by our code.
    private static readonly string[] OfTheFramework = ["AllowedHosts", "Urls", "Kestrel:Endpoints:{name}:Url"];

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));

    private static readonly IReadOnlyList<string> Sources =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static string Root => Repository.Root!;

    private static IReadOnlyList<string> Documented => [.. Row().Matches(Page).Select(match => match.Groups["name"].Value)];

    [Fact]
    public void Every_setting_that_is_read_is_on_the_page()
    {
        var read = Sources.SelectMany(source => Whole().Matches(source)).Select(match => Placeholder().Replace(match.Groups["name"].Value, "{}")).Distinct().ToList();
        Assert.Contains("Database:Path", read);
        var named = Documented.Select(name => Placeholder().Replace(name, "{}")).ToHashSet();
        Assert.DoesNotContain(read, name => !named.Contains(name) && !named.Any(other => other.StartsWith(name + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_member_of_a_section_that_is_read_is_on_the_page()
    {
        var members = Sources.SelectMany(source => Member().Matches(source)).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.Contains("KeepDays", members);
        Assert.DoesNotContain(members, member => !Documented.Any(name => $"{name}:".Contains($":{member}:", StringComparison.Ordinal)));
        Assert.Empty(typeof(PdfOptions).GetProperties().Select(property => $"Pdf:{property.Name}").Except(Documented));
    }

    [Fact]
    public void Every_setting_on_the_page_is_read()
    {
        var members = Sources.SelectMany(source => Member().Matches(source).Concat(Whole().Matches(source))).Select(match => Last(match.Groups["name"].Value))
            .Concat(typeof(PdfOptions).GetProperties().Select(property => property.Name)).ToHashSet();
        Assert.DoesNotContain(Documented.Except(OfTheFramework), name => !members.Contains(Last(name)));
    }

    [Fact]
    public void Every_row_says_how_the_environment_names_it() => Assert.All(
        Row().Matches(Page), row => Assert.Contains($"`{row.Groups["name"].Value.Replace(":", "__", StringComparison.Ordinal)}`", row.Value, StringComparison.Ordinal));

    private static string Last(string name) => Placeholder().Replace(name.Split(':')[^1], "{}");

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>A whole name, as a literal; those of sections alone are none.</summary>
    [GeneratedRegex("\"(?<name>(Accounts|Actuals|Alerts|Api|Backups|Database|Feeds|Pages|Pdf|Reports|Secrets|Usage)(:([A-Z][A-Za-z]+|\\{[a-zA-Z.]+\\}))+)\"")]
    private static partial Regex Whole();

    /// <summary>A member of a section.</summary>
    [GeneratedRegex("section(\\.GetSection\\(|\\[)\"(?<name>[A-Z][A-Za-z:]+)\"")]
    private static partial Regex Member();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
