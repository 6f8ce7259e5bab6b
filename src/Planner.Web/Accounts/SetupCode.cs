using System.Security.Cryptography;
using System.Text;

namespace Planner.Web.Accounts;

/// <summary>The code that lets whoever sees the console make the first Admin. It is in this process's memory only, and one at a time uses it. Thread-safe.</summary>
public sealed class SetupCode
{
    private const int Length = 32;
    private readonly string _code = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", Length);
    private int _used;

    /// <summary>The code, 160 bits, in groups of four.</summary>
    internal string Text => string.Join('-', _code.Chunk(4).Select(part => new string(part)));

    /// <summary>Uses the code up where it is right.</summary>
    public bool Take(string? typed)
    {
        var clean = new string([.. (typed ?? "").Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(clean), Encoding.ASCII.GetBytes(_code)) && Interlocked.Exchange(ref _used, 1) == 0;
    }

    /// <summary>Gives the code back where the Admin could not be made.</summary>
    public void Return() => Interlocked.Exchange(ref _used, 0);
}
