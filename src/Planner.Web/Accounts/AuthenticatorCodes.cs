using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Web.Accounts;

/// <summary>Codes of authenticator apps (RFC 6238, six digits, steps of 30 s). Unlike Identity's own provider it takes each once, and asks for a code where the key cannot be read.</summary>
internal sealed class AuthenticatorCodes(AccountStore accounts, TimeProvider time) : IUserTwoFactorTokenProvider<UserRow>
{
    private const int StepSeconds = 30;
    private const int Codes = 1_000_000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // Identity leaves the second factor out where no provider has one to offer: a key that was lost must not open the account.
    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<UserRow> manager, UserRow user) => Task.FromResult(true);

    /// <summary>Nothing: the app on the user's device makes them.</summary>
    public Task<string> GenerateAsync(string purpose, UserManager<UserRow> manager, UserRow user) => Task.FromResult("");

    /// <summary>True for the code of now, or of a step before or after, that was not used yet.</summary>
    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<UserRow> manager, UserRow user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        if (await manager.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
            return false;
        var (secret, now) = (Bytes(key), time.GetUtcNow().ToUnixTimeSeconds() / StepSeconds);
        for (var step = now - 1; step <= now + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeOf(secret, step)), Encoding.UTF8.GetBytes(token)))
                return await accounts.TakeCodeStepAsync(user.Id, step);
        }

        return false;
    }

    private static string CodeOf(byte[] secret, long step)
    {
        var counter = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // What authenticator apps do.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue) % Codes).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Base32 of RFC 4648, five bits a letter.</summary>
    private static byte[] Bytes(string key)
    {
        var bytes = new List<byte>();
        var (bits, count) = (0, 0);
        foreach (var letter in key.TrimEnd('='))
        {
            bits = ((bits << 5) | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xFFF;
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
        }

        return [.. bytes];
    }
}
