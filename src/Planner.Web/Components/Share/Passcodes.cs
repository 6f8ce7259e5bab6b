using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Stores;
using Planner.Web.Accounts;
using Planner.Web.Security;

namespace Planner.Web.Components.Share;

/// <summary>Passcodes of links, and what says that a reader has given the right one. Safe to share.</summary>
public sealed class Passcodes(ShareLinkStore links, ShareFailures failures, SignInGates gates, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 6;

    /// <summary>Most characters.</summary>
    public const int MaxLength = 100;

    /// <summary>The cookie that keeps a grant, for the pages of its link only.</summary>
    public const string Cookie = "planner-share";

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly PasswordHasher<ShareTarget> Hasher = new();

    private readonly IDataProtector _protector = protection.CreateProtector("Planner.ShareGrant");

    /// <summary>What is wrong with a new passcode, as a sentence; null where nothing is.</summary>
    public static string? FaultOf(string passcode)
    {
        ArgumentNullException.ThrowIfNull(passcode);
        return passcode.Length is < MinLength or > MaxLength || string.IsNullOrWhiteSpace(passcode) ? Texts.LinkPasscodeForm.With(MinLength, MaxLength) : null;
    }

    /// <summary>What is wrong with a new link's end, as a sentence; null where nothing is.</summary>
    public string? FaultOfEnd(DateTime? expiresUtc) => expiresUtc <= clock.GetUtcNow().UtcDateTime ? Texts.LinkEndPast : null;

    /// <summary>The passcode as it is stored.</summary>
    public static string Hash(string passcode) => Hasher.HashPassword(null!, passcode);

    /// <summary>Tries a passcode.</summary>
    /// <param name="target">What the link opens.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A grant; null where it is wrong, or too many were.</returns>
    public async Task<string?> TryAsync(ShareTarget target, string? typed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Terms.PasscodeHash is not { } hash)
            return Grant(target);
        // One after the other, so that many at once do not get past the count of wrong ones.
        using var turn = await gates.EnterAsync($"link {target.LinkId}");
        if (failures.IsShut(target.LinkId))
            return null;
        if (typed is { Length: <= MaxLength } && Hasher.VerifyHashedPassword(target, hash, typed) != PasswordVerificationResult.Failed)
            return Grant(target);
        failures.CountWrongPasscode(target.LinkId);
        await links.NoteRefusalAsync(target, cancellationToken);
        return null;
    }

    /// <summary>Says for twelve hours that its bearer may read what a link opens.</summary>
    public string Grant(ShareTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{Of(target)} {(clock.GetUtcNow() + Life).ToUnixTimeSeconds()}"));
    }

    /// <summary>True where a grant is for this link and still holds.</summary>
    public bool IsGranted(ShareTarget target, string? grant)
    {
        ArgumentNullException.ThrowIfNull(target);
        try
        {
            return grant is not null && _protector.Unprotect(grant).Split(' ') is [var id, var hash, var end] && $"{id} {hash}" == Of(target)
                // Not longer than it was given for, whatever the clock said then.
                && long.Parse(end, CultureInfo.InvariantCulture) - clock.GetUtcNow().ToUnixTimeSeconds() is > 0 and var left && left <= Life.TotalSeconds;
        }
        catch (CryptographicException)
        {
            // Not of this app, or of keys that are gone.
            return false;
        }
    }

    // With the hash, since a database that was set back gives ids again.
    private static string Of(ShareTarget target) => string.Create(CultureInfo.InvariantCulture, $"{target.LinkId} {target.Terms.PasscodeHash}");
}
