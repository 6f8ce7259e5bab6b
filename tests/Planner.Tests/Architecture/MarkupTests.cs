using System.Text.RegularExpressions;
using Xunit;

namespace Planner.Tests.Architecture;

/// <summary>Text becomes markup in one place, which shows a document of the product; everywhere else the renderer and the DOM escape it.</summary>
public partial class MarkupTests
{
    [Fact]
    public void Markup_is_made_of_text_for_the_method_page_only() =>
        Assert.Equal(["src/Planner.Web/Components/Method/MethodPage.razor"], Where("src/Planner.Web", MadeOfText(), ".razor", ".cs"));

    [Fact]
    public void No_script_makes_markup_or_code_of_text() => Assert.Empty(Where("src/Planner.Web/Client", MarkupOrCode(), ".ts"));

    [Fact]
    public void No_page_has_an_inline_script_or_handler() => Assert.Empty(Where("src/Planner.Web", Inline(), ".razor"));

    private static IEnumerable<string> Where(string folder, Regex pattern, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root!, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root!, file).Replace('\\', '/'))
            .Where(file => endings.Contains(Path.GetExtension(file)) && !file.Contains("/node_modules/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => pattern.IsMatch(File.ReadAllText(Path.Combine(Repository.Root!, file)))).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\bMarkupString\b|AddMarkupContent")]
    private static partial Regex MadeOfText();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|createContextualFragment")]
    private static partial Regex MarkupOrCode();

    [GeneratedRegex(@"<script(?![^>]*\ssrc=)|\son(click|load|error|change|input|submit|focus|blur|key[a-z]+|mouse[a-z]+|pointer[a-z]+|toggle)=""[^@""]")]
    private static partial Regex Inline();
}
