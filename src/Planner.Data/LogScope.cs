namespace Planner.Data;

/// <summary>What lines of the log are about, by ids: members of their own in JSON, and <c>RunId: 5</c> in text.</summary>
public sealed class LogScope : List<KeyValuePair<string, object>>
{
    public LogScope(params (string Name, object Id)[] ids) => AddRange((ids ?? []).Select(id => KeyValuePair.Create(id.Name, id.Id)));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this.Select(id => $"{id.Key}: {id.Value}"));
}
