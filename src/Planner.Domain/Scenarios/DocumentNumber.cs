using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace Planner.Domain.Scenarios;

/// <summary>A number of a document, to be read and to be set in place. Only for a <see cref="ScenarioCopy"/>: documents themselves never change.</summary>
internal sealed class DocumentNumber
{
    /// <summary>Members whose numbers name something instead of measuring it, and those that no figure depends on.</summary>
    private static readonly string[] Names = ["exchange", "evidence", "ranges", "hours", "offHours", "minimumQualityTier"];

    private readonly object _parent;
    private readonly JsonPropertyInfo? _member;
    private readonly int _place;

    private DocumentNumber(object parent, JsonPropertyInfo? member, int place, Type type) =>
        (_parent, _member, _place, IsWhole) = (parent, member, place, (Nullable.GetUnderlyingType(type) ?? type) == typeof(int));

    /// <summary>True where it has no decimals.</summary>
    public bool IsWhole { get; }

    /// <summary>The number; null where the document leaves it out.</summary>
    public decimal? Value => _member is null ? Decimal(((IList)_parent)[_place]) : Decimal(_member.Get!(_parent));

    /// <summary>The number at a path; null where there is none, or none that measures anything. It may be left out, but what it belongs to must be there.</summary>
    public static DocumentNumber? At(Scenario scenario, string path)
    {
        if (DocumentSteps.Of(path) is not { } steps || steps.Exists(step => Names.Contains(step)))
            return null;
        object? node = scenario;
        for (var i = 0; node is not null; i++)
        {
            var isLast = i == steps.Count - 1;
            if (steps[i][0] == '[')
            {
                if (node is not IList list || !int.TryParse(steps[i].AsSpan(1, steps[i].Length - 2), out var place) || place >= list.Count)
                    return null;
                if (isLast)
                    return list[place] is decimal or int ? new DocumentNumber(list, null, place, list[place]!.GetType()) : null;
                node = list[place];
                continue;
            }

            var members = ScenarioJson.Options.GetTypeInfo(node.GetType()) is { Kind: JsonTypeInfoKind.Object } info ? info.Properties : [];
            if (members.FirstOrDefault(member => member.Name == steps[i] && member is { Get: not null, Set: not null, IsExtensionData: false }) is not { } found)
                return null;
            if (isLast)
                return (Nullable.GetUnderlyingType(found.PropertyType) ?? found.PropertyType) is var type && (type == typeof(decimal) || type == typeof(int)) ? new DocumentNumber(node, found, 0, type) : null;
            node = found.Get!(node);
        }

        return null;
    }

    /// <summary>Sets it; a whole one must be given as one.</summary>
    public void Set(decimal? value)
    {
        object? boxed = value;
        if (IsWhole)
            boxed = (int?)value;
        if (_member is null)
            ((IList)_parent)[_place] = boxed;
        else
            _member.Set!(_parent, boxed);
    }

    private static decimal? Decimal(object? value) => value switch
    {
        decimal number => number,
        int number => number,
        _ => null,
    };
}
