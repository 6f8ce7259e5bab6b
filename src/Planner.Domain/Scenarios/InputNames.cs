using System.Globalization;
using System.Text.RegularExpressions;

namespace Planner.Domain.Scenarios;

/// <summary>Paths of the document in words.</summary>
public static partial class InputNames
{
    /// <summary>An input's name: "Workload: input tokens", "GPT-4o: price, input USD per M".</summary>
    public static string Of(Scenario scenario, string path)
    {
        var steps = path.Split('.');
        var part = Option().Match(steps[0]) is { Success: true } found && int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) is var index && index < scenario.Options.Count
            ? scenario.Options[index].Name
            : Capital(Words(steps[0]));
        return steps.Length == 1 ? part : $"{part}: {string.Join(", ", steps.Skip(1).Select(Words))}";
    }

    /// <summary>A member's name: "inputUsdPerM" is "input USD per M", "extras[1]" is "extras 2".</summary>
    public static string Words(string member)
    {
        var name = Place().Replace(member, "");
        var places = Place().Matches(member).Select(place => $" {int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) + 1}");
        return (MemberTexts.ResourceManager.GetString(name, CultureInfo.CurrentUICulture) ?? Spelled(name)) + string.Concat(places);
    }

    /// <summary>The name of a member as it is spelled, for those that the format does not have.</summary>
    private static string Spelled(string member)
    {
        var words = Hump().Replace(member, match => " " + match.Value.ToLowerInvariant());
        return Unit().Replace(words, unit => unit.Value == "usd" ? "USD" : "M");
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    [GeneratedRegex(@"^options\[(\d{1,4})\]$")]
    private static partial Regex Option();

    [GeneratedRegex(@"\[(\d{1,4})\]")]
    private static partial Regex Place();

    [GeneratedRegex(@"\busd\b|(?<=\bper )m\b")]
    private static partial Regex Unit();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Hump();
}
