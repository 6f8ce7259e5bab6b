using System.Text.Json;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Web.Reports;

/// <summary>A version by value as JSON.</summary>
public static class VersionRecord
{
    /// <summary>Writes it. What is stored stands in it letter by letter, so that the digest can be computed from the file alone.</summary>
    public static byte[] Write(StoredScenario stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Text is not { } text)
            return JsonSerializer.SerializeToUtf8Bytes(stored, ScenarioJson.Options);
        using var members = JsonSerializer.SerializeToDocument(stored, ScenarioJson.Options);
        using var file = new MemoryStream();
        using (var writer = new Utf8JsonWriter(file))
        {
            writer.WriteStartObject();
            foreach (var member in members.RootElement.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                writer.WriteRawValue(member.Name switch
                {
                    "scenario" => text.Document,
                    "snapshot" => text.Snapshot,
                    "result" => text.Result,
                    _ => member.Value.GetRawText(),
                });
            }

            writer.WriteEndObject();
        }

        return file.ToArray();
    }
}
