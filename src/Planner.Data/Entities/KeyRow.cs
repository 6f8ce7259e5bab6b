namespace Planner.Data.Entities;

/// <summary>A key that signs sessions and encrypts secrets, where the nodes of a server share them; beside a file they are in a folder.</summary>
public sealed class KeyRow
{
    public long Id { get; set; }

    /// <summary>As the framework writes it.</summary>
    public required string Xml { get; set; }
}
