using System.Text.Json;
using System.Text.Json.Serialization;

namespace Planner.Domain.Scenarios;

/// <summary>A part of the scenario document. It keeps the members that this version does not know, so that opening and saving loses nothing.</summary>
public abstract record DocumentNode
{
    /// <summary>Members that this version does not know, by name; null where there are none. They take no part in any figure.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
