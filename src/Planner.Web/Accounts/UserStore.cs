using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Planner.Data.Accounts;
using Planner.Data.Entities;

namespace Planner.Web.Accounts;

/// <summary>Our users as ASP.NET Core Identity asks for them: one row each. Claims, logins and roles of Identity's own are not used.</summary>
public sealed class UserStore(AccountStore accounts, IDataProtectionProvider protection, IPasswordHasher<UserRow> hasher, IOptions<IdentityOptions> identity, TimeProvider time)
    : IUserPasswordStore<UserRow>, IUserSecurityStampStore<UserRow>, IUserLockoutStore<UserRow>, IUserTwoFactorStore<UserRow>, IUserAuthenticatorKeyStore<UserRow>, IUserTwoFactorRecoveryCodeStore<UserRow>
{
    private readonly IDataProtector _protector = protection.CreateProtector("Planner.AuthenticatorKey");

    public async Task<IdentityResult> CreateAsync(UserRow user, CancellationToken cancellationToken) =>
        await accounts.AddAsync(user, cancellationToken) == AccountOutcome.Done ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.Name));

    public async Task<IdentityResult> UpdateAsync(UserRow user, CancellationToken cancellationToken) =>
        await accounts.UpdateAsync(user, cancellationToken) ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());

    public Task<IdentityResult> DeleteAsync(UserRow user, CancellationToken cancellationToken) => throw new NotSupportedException("Accounts are shut, never deleted: what they did names them.");

    public Task<UserRow?> FindByIdAsync(string userId, CancellationToken cancellationToken) => long.TryParse(userId, out var id) ? accounts.FindAsync(id, cancellationToken) : Task.FromResult<UserRow?>(null);

    public Task<UserRow?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => accounts.FindAsync(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public Task<string?> GetUserNameAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(UserRow user, string? userName, CancellationToken cancellationToken) => Done(user.Name = userName!);

    public Task<string?> GetNormalizedUserNameAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedName);

    public Task SetNormalizedUserNameAsync(UserRow user, string? normalizedName, CancellationToken cancellationToken) => Done(user.NormalizedName = normalizedName!);

    public Task SetPasswordHashAsync(UserRow user, string? passwordHash, CancellationToken cancellationToken) => Done(user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(UserRow user, string stamp, CancellationToken cancellationToken) => Done(user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(UserRow user, CancellationToken cancellationToken)
    {
        // A lock much longer than any is was set by a clock that was ahead, and must not keep the user out until that time comes. Twice as long allows for clocks of nodes that differ.
        var furthest = time.GetUtcNow() + (2 * identity.Value.Lockout.DefaultLockoutTimeSpan);
        return Task.FromResult<DateTimeOffset?>(user.LockedUntilUtc is { } until && until <= furthest ? until : null);
    }

    public Task SetLockoutEndDateAsync(UserRow user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        accounts.LockAsync(user.Id, user.LockedUntilUtc = lockoutEnd?.UtcDateTime, cancellationToken);

    public async Task<int> IncrementAccessFailedCountAsync(UserRow user, CancellationToken cancellationToken) =>
        user.FailedTries = await accounts.CountFailedTryAsync(user.Id, cancellationToken);

    public Task ResetAccessFailedCountAsync(UserRow user, CancellationToken cancellationToken)
    {
        user.FailedTries = 0;
        return accounts.ForgetFailedTriesAsync(user.Id, cancellationToken);
    }

    public Task<int> GetAccessFailedCountAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.FailedTries);

    public Task<bool> GetLockoutEnabledAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(UserRow user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(UserRow user, bool enabled, CancellationToken cancellationToken) => Done(user.AsksForCode = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(user.AsksForCode);

    public Task SetAuthenticatorKeyAsync(UserRow user, string key, CancellationToken cancellationToken) => Done(user.AuthenticatorKey = _protector.Protect(key));

    public Task<string?> GetAuthenticatorKeyAsync(UserRow user, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(user.AuthenticatorKey is { } key ? _protector.Unprotect(key) : null);
        }
        catch (CryptographicException)
        {
            // The folder of keys was lost: no code of the app is right then. Recovery codes still are, and an Admin takes the second factor off.
            return Task.FromResult<string?>(null);
        }
    }

    public Task ReplaceCodesAsync(UserRow user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Done(user.RecoveryCodes = string.Join(' ', recoveryCodes.Select(code => hasher.HashPassword(user, Clean(code)))));

    public async Task<bool> RedeemCodeAsync(UserRow user, string code, CancellationToken cancellationToken)
    {
        var clean = Clean(code);
        var codes = Codes(user).ToList();
        // The first ones were stored by SHA-256, and still count.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clean)));
        var at = codes.FindIndex(stored => stored == hash || hasher.VerifyHashedPassword(user, stored, clean) != PasswordVerificationResult.Failed);
        if (at < 0)
            return false;
        codes.RemoveAt(at);
        user.RecoveryCodes = string.Join(' ', codes);
        return await accounts.UpdateAsync(user, cancellationToken);
    }

    public Task<int> CountCodesAsync(UserRow user, CancellationToken cancellationToken) => Task.FromResult(Codes(user).Length);

    public void Dispose()
    {
    }

    private static string[] Codes(UserRow user) => user.RecoveryCodes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Clean(string code) => code.Trim().ToUpperInvariant();

    private static Task Done<T>(T _) => Task.CompletedTask;
}
