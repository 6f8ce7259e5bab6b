using System.Security.Cryptography;
using System.Text;

namespace Planner.Data.Stores;

/// <summary>What a version stores by value, letter by letter as it is stored.</summary>
/// <param name="Document">The scenario document, JSON.</param>
/// <param name="Snapshot">The catalog rows that it used, JSON.</param>
/// <param name="Result">What the engine answered, JSON.</param>
/// <param name="EngineVersion">The engine that answered.</param>
public sealed record StoredText(string Document, string Snapshot, string Result, string EngineVersion)
{
    /// <summary>The version's digest, which whoever signs a report signs: SHA-256 of the four texts in UTF-8 with one line feed between any two, 64 digits in lower case.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Document, Snapshot, Result, EngineVersion))));
}
