using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Planner.Tests.Domain;
using Xunit;

namespace Planner.Tests.Architecture;

/// <summary>The files of texts: German says all that English says, with the same places.</summary>
public sealed partial class LanguagesTests
{
    /// <summary>Read by programs, by whoever runs the server or writes against the API, and in logs: English only.</summary>
    private static readonly string[] EnglishOnly = ["Planner.Web/Api/", "Planner.Web/Commands/", "Planner.Web/Hosting/", "Planner.Web/Security/"];

    /// <summary>Words that are the same in both languages.</summary>
    private static readonly HashSet<string> SameInBoth = new(StringComparer.OrdinalIgnoreCase)
    {
        "API", "Batch", "Break-even", "Browser", "Budget", "Chat", "Cloud", "Clouds", "Code", "Colocation", "Completion", "Decode", "Dense", "Embedding", "Embeddings", "Engine", "Engines", "Fallback", "Feed", "Feeds", "Gateway", "GB", "GPU", "GPUs", "h", "in",
        "Input", "KV", "Link", "Live", "Log", "M", "min", "Mix", "ms", "Name", "Option", "Output", "P10", "P50", "P90", "PDF", "Plan", "Planner", "Portfolio", "Prefill", "PUE", "Region", "Replica", "Responses", "s", "Serving", "Spot", "Status", "System",
        "Text", "Token", "USD", "v", "vCPUs", "Version",
    };

    /// <summary>Entries that are only ever stored need no German: whoever causes them, they are English.</summary>
    private static readonly string[] Stored = ["Audit", "Means"];

    public static TheoryData<string> Files() => [.. English().Select(file => Path.GetRelativePath(Source, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Files))]
    public void German_says_all_that_English_says_with_the_same_places(string file)
    {
        var german = Path.Combine(Source, Path.ChangeExtension(file, ".de.resx"));
        if (EnglishOnly.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
        {
            Assert.False(File.Exists(german), $"{file} is English only.");
            return;
        }

        Assert.True(File.Exists(german), $"{file} has no German beside it.");
        var (texts, others) = (Read(Path.Combine(Source, file)), Read(german));
        Assert.DoesNotContain(texts.Keys.Except(others.Keys), name => !Stored.Any(kind => name.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Empty(others.Keys.Except(texts.Keys));
        var faults = texts.Where(text => others.ContainsKey(text.Key)).Select(text => FaultOf(text.Key, text.Value, others[text.Key])).OfType<string>().ToList();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public void No_file_of_German_stands_alone() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(Source, "*.de.resx", SearchOption.AllDirectories), file => !File.Exists(file.Replace(".de.resx", ".resx", StringComparison.Ordinal)));

    [Fact]
    public void The_assemblies_bring_their_German_along()
    {
        Assert.Equal("Hier wird ein Wert gebraucht.", Speaking.German(() => Planner.Domain.Texts.Required));
        Assert.Equal("Die Datenbank antwortet nicht.", Speaking.German(() => Planner.Data.Usage.UsageTexts.DatabaseSilent));
        Assert.Equal("gerade eben", Speaking.German(() => Planner.Web.Texts.AgeNow));
        Assert.Equal("just now", Speaking.English(() => Planner.Web.Texts.AgeNow));
    }

    private static string? FaultOf(string name, string english, string german)
    {
        if (!Places(english).SetEquals(Places(german)))
            return $"{name}: other places: {english} | {german}";
        if (IsFormat(english) && !IsFormat(german))
            return $"{name}: cannot be filled: {german}";
        if (char.IsWhiteSpace(english.FirstOrDefault()) != char.IsWhiteSpace(german.FirstOrDefault()) || char.IsWhiteSpace(english.LastOrDefault()) != char.IsWhiteSpace(german.LastOrDefault()))
            return $"{name}: begins or ends with a blank in one language only";
        return english == german && Word().Matches(Place().Replace(english, "")).Any(word => !SameInBoth.Contains(word.Value)) ? $"{name}: not translated: {english}" : null;
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text.Replace("{{", "", StringComparison.Ordinal)).Select(place => place.Groups[1].Value)];

    private static bool IsFormat(string text)
    {
        try
        {
            _ = CompositeFormat.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static Dictionary<string, string> Read(string file) => XDocument.Load(file).Root!.Elements("data").ToDictionary(entry => (string)entry.Attribute("name")!, entry => (string)entry.Element("value")!);

    private static string Source => Path.Combine(Repository.Root ?? throw new InvalidOperationException("These tests need the checkout."), "src");

    private static IEnumerable<string> English() => Directory.EnumerateFiles(Source, "*.resx", SearchOption.AllDirectories).Where(file => !file.EndsWith(".de.resx", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(\d+)[^{}]*\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\p{L}[\p{L}\d-]*")]
    private static partial Regex Word();
}
