using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;
using Planner.Data.Audits;
using Planner.Data.Entities;

namespace Planner.Web.Accounts;

/// <summary>How a try to sign in ended. A refusal does not say why.</summary>
public enum SignInOutcome
{
    Done,
    CodeAsked,
    Refused,
}

/// <summary>Signing in with a password, with a code, and for the first time.</summary>
public sealed class SignIns(UserManager<UserRow> users, SignInManager<UserRow> signIn, AccountStore accounts, AuditLog audit, CurrentReach reach, SetupCode setup, SignInGates gates, RefusedTries refused)
{
    // Of the same cost as any stored one, so that the time of an answer does not tell whether there is such a name.
    private static readonly string Decoy = new PasswordHasher<UserRow>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>Tries a password.</summary>
    public async Task<SignInOutcome> PasswordAsync(string? name, string? password)
    {
        var clean = Names.Clean(name);
        using var _ = await gates.EnterAsync(clean ?? "");
        var user = clean is null ? null : await users.FindByNameAsync(clean);
        if (user is not { ClosedUtc: null, PasswordHash: not null } || await users.IsLockedOutAsync(user))
        {
            users.PasswordHasher.VerifyHashedPassword(user!, Decoy, password ?? "");
            return await NotedAsync(SignInOutcome.Refused, user, Language.Stored(() => AccountTexts.MeansPassword));
        }

        var result = await signIn.PasswordSignInAsync(user, password ?? "", isPersistent: false, lockoutOnFailure: true);
        return await NotedAsync(
            result.Succeeded ? SignInOutcome.Done : result.RequiresTwoFactor ? SignInOutcome.CodeAsked : SignInOutcome.Refused, user, Language.Stored(() => AccountTexts.MeansPassword));
    }

    /// <summary>Tries the code of the authenticator app, or a recovery code, after the password.</summary>
    public async Task<SignInOutcome> CodeAsync(string? code)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { ClosedUtc: null } begun)
            return SignInOutcome.Refused;
        using var _ = await gates.EnterAsync(begun.Name);
        // Read at one's turn, as below.
        if (await accounts.FindAsync(begun.Id) is not { ClosedUtc: null } user)
            return SignInOutcome.Refused;
        var clean = new string([.. (code ?? "").Where(char.IsLetterOrDigit)]).ToUpperInvariant();
        var result = clean.Length == 6 && clean.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(clean, isPersistent: false, rememberClient: false)
            : await RecoverAsync(user, clean.Length == 10 ? $"{clean[..5]}-{clean[5..]}" : clean);
        return await NotedAsync(result.Succeeded ? SignInOutcome.Done : SignInOutcome.Refused, user, Language.Stored(() => AccountTexts.MeansCode));
    }

    /// <summary>Identity neither counts wrong recovery codes nor asks whether the name is locked.</summary>
    private async Task<SignInResult> RecoverAsync(UserRow user, string code)
    {
        if (await users.IsLockedOutAsync(user))
            return SignInResult.LockedOut;
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
            await users.AccessFailedAsync(user);
        return result;
    }

    /// <summary>Asks who is signed in for the present password. A wrong one counts as it does at signing in.</summary>
    public async Task<bool> IsPresentAsync(UserRow user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        using var _ = await gates.EnterAsync(user.Name);
        // Read at one's turn: while others had theirs, the name may have been locked.
        if (await accounts.FindAsync(user.Id) is { ClosedUtc: null } now && (await signIn.CheckPasswordSignInAsync(now, password ?? "", lockoutOnFailure: true)).Succeeded)
            return true;
        await refused.NoteAsync(AccountStore.SubjectOf(user.Id), user.Name);
        return false;
    }

    /// <summary>Makes the first Admin and signs in.</summary>
    /// <returns>What is wrong, in sentences; empty where nothing is.</returns>
    public async Task<IReadOnlyList<string>> SetUpAsync(string? code, string? name, string? password)
    {
        if (await accounts.IsSetUpAsync())
            return [AccountTexts.SetupOver];
        if (!setup.Take(code))
        {
            await refused.NoteAsync("users", Language.Stored(() => AccountTexts.AuditSetupCode));
            return [AccountTexts.SetupCodeWrong];
        }

        using var _ = reach.Enter(reach.Value with { By = new Actor(null, Names.Clean(name) ?? "", Language.Stored(() => AccountTexts.MeansSetupCode)) });
        UserRow? user = null;
        IReadOnlyList<string> problems;
        try
        {
            (user, problems) = await AddAsync(name, password, WorkspaceRow.FirstId, Role.Admin);
        }
        finally
        {
            if (user is null)
                setup.Return();
        }

        if (user is null)
            return problems;
        await signIn.SignInAsync(user, isPersistent: false);
        return [];
    }

    /// <summary>Adds a user with a password, and as a member of a workspace.</summary>
    public async Task<(UserRow? User, IReadOnlyList<string> Problems)> AddAsync(string? name, string? password, long workspaceId, Role role)
    {
        if (Names.Clean(name) is not { } clean)
            return (null, [AccountTexts.NameForm.With(AccountStore.MaxNameLength)]);
        if (!Names.IsPlain(clean))
            return (null, [AccountTexts.NamePlain]);
        var user = new UserRow { Name = clean, NormalizedName = Names.Normalize(clean), SecurityStamp = "" };
        user.Memberships.Add(new MemberRow { WorkspaceId = workspaceId, Role = role });
        var result = await users.CreateAsync(user, password ?? "");
        return result.Succeeded ? (user, []) : (null, Sentences(result));
    }

    /// <summary>Gives a user another password, as an Admin does.</summary>
    /// <returns>What is wrong, in sentences; empty where nothing is.</returns>
    public async Task<IReadOnlyList<string>> ResetAsync(UserRow user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } refused)
                return Sentences(refused);
        }

        return await accounts.ResetPasswordAsync(user.Id, users.PasswordHasher.HashPassword(user, password!)) switch
        {
            AccountOutcome.Done => [],
            AccountOutcome.Proxied => [AccountTexts.UserProxied],
            _ => [AccountTexts.UserUnknown],
        };
    }

    /// <summary>Notes how a try ended. What was typed as a name that nobody has may be a password, so it is not kept.</summary>
    private async Task<SignInOutcome> NotedAsync(SignInOutcome outcome, UserRow? user, string means)
    {
        var subject = user is null ? "users" : AccountStore.SubjectOf(user.Id);
        var detail = user is null ? Language.Stored(() => AccountTexts.AuditUnknownName) : user.Name;
        if (outcome == SignInOutcome.Done)
            await audit.NoteAsync(AuditActions.SignedIn, subject, detail, new Actor(user!.Id, user.Name, means));
        else if (outcome == SignInOutcome.Refused)
            await refused.NoteAsync(subject, detail);
        return outcome;
    }

    /// <summary>What Identity refused, in sentences of our own where there are some.</summary>
    public static IReadOnlyList<string> Sentences(IdentityResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return
        [
            .. result.Errors.Select(error => error.Code switch
            {
                nameof(IdentityErrorDescriber.PasswordTooShort) => AccountTexts.PasswordShort.With(AccountsServices.PasswordLength),
                nameof(IdentityErrorDescriber.PasswordMismatch) => AccountTexts.PasswordWrong,
                nameof(IdentityErrorDescriber.ConcurrencyFailure) => AccountTexts.UserChanged,
                nameof(IdentityErrorDescriber.DuplicateUserName) => AccountTexts.NameTaken,
                _ => error.Description,
            }),
        ];
    }
}

/// <summary>Lets the tries for a name come one after the other, so that many at once do not get past the count of wrong ones. Thread-safe.</summary>
public sealed class SignInGates : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the turn; disposing of the returned ends it.</summary>
    public async Task<IDisposable> EnterAsync(string name)
    {
        var gate = _gates[(uint)Names.Normalize(name).GetHashCode(StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync();
        return new Turn(gate);
    }

    public void Dispose() => Array.ForEach(_gates, gate => gate.Dispose());

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}

/// <summary>A password is not the name of its user, and no book.</summary>
internal sealed class PasswordRules : IPasswordValidator<UserRow>
{
    public Task<IdentityResult> ValidateAsync(UserManager<UserRow> manager, UserRow user, string? password) =>
        Task.FromResult(
            string.Equals(password?.Trim(), user.Name, StringComparison.OrdinalIgnoreCase) ? Failed("PasswordIsName", AccountTexts.PasswordIsName)
            : password?.Length > AccountsServices.LongestPassword ? Failed("PasswordTooLong", AccountTexts.PasswordLong.With(AccountsServices.LongestPassword))
            : IdentityResult.Success);

    private static IdentityResult Failed(string code, string sentence) => IdentityResult.Failed(new IdentityError { Code = code, Description = sentence });
}
