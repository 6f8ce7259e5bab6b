using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Web.Accounts;

namespace Planner.Web.Components.Accounts;

/// <summary>The own account, for members of no workspace too: a page in a .razor file would ask to be one (_Imports).</summary>
[Route("/account")]
[Authorize(Policies.SignedIn)]
[ExcludeFromInteractiveRouting]
public sealed class AccountRoute : AccountsPage
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenComponent<AccountPage>(0);
        builder.CloseComponent();
    }
}

/// <summary>Password, second factor, sessions, tokens.</summary>
public sealed partial class AccountPage : AccountsPage
{
    private const int RecoveryCodes = 10;
    private static readonly TimeSpan TicketLife = TimeSpan.FromHours(1);

    private UserRow? _user;
    private int _left;
    private string? _key;
    private string? _uri;
    private string? _ticket;
    private IReadOnlyList<string>? _codes;

    [Inject]
    public required UserManager<UserRow> Users { get; init; }

    [Inject]
    public required SignInManager<UserRow> SignIn { get; init; }

    [Inject]
    public required SignIns SignIns { get; init; }

    [Inject]
    public required SessionStore Sessions { get; init; }

    [Inject]
    public required IDataProtectionProvider Protection { get; init; }

    [SupplyParameterFromForm(FormName = "password")]
    public PasswordForm? Password { get; set; }

    [SupplyParameterFromForm(FormName = "factor-off")]
    public PresentForm? Off { get; set; }

    [SupplyParameterFromForm(FormName = "factor-key")]
    public PresentForm? Begin { get; set; }

    [SupplyParameterFromForm(FormName = "factor-on")]
    public OnForm? On { get; set; }

    private ITimeLimitedDataProtector Tickets => Protection.CreateProtector("Planner.AuthenticatorSetUp").ToTimeLimitedDataProtector();

    protected override async Task LoadAsync()
    {
        _user = await Users.FindByIdAsync(Callers.IdOf(User)!.Value.ToString(CultureInfo.InvariantCulture));
        _left = _user is null ? 0 : await Users.CountRecoveryCodesAsync(_user);
        // The form that was sent is found only where the page shows it.
        if (_user is { PasswordHash: not null, AuthenticatorKey: not null, AsksForCode: false } user && HasBegun(user))
            await ShowKeyAsync(user);
    }

    private async Task ChangePasswordAsync()
    {
        if (_user is not { PasswordHash: not null } user)
            return;
        if (Password?.New != Password?.Again)
        {
            Faults = [AccountTexts.PasswordsDiffer];
            return;
        }

        if (!await IsPresentAsync(user, Password?.Present))
            return;
        var result = await Users.ChangePasswordAsync(user, Password?.Present ?? "", Password?.New ?? "");
        Faults = SignIns.Sentences(result);
        if (!result.Succeeded)
            return;
        await StayAsync(user);
        Done = AccountsTexts.PasswordChanged;
    }

    private async Task MakeKeyAsync()
    {
        if (_user is not { PasswordHash: not null, AsksForCode: false } user || !await IsPresentAsync(user, Begin?.Password))
            return;
        if (Refused(await Users.ResetAuthenticatorKeyAsync(user)))
            return;
        await StayAsync(user);
        await ShowKeyAsync(user);
    }

    private async Task PutFactorOnAsync()
    {
        if (_user is not { PasswordHash: not null, AsksForCode: false } user)
            return;
        var code = new string([.. (On?.Code ?? "").Where(char.IsAsciiDigit)]);
        if (!await Users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            Faults = [AccountTexts.CodeFailed];
            await ShowKeyAsync(user);
            return;
        }

        // The codes first: a change of the account in between must not leave the second factor without them.
        if (await Users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) is not { } codes)
        {
            Faults = [AccountTexts.UserChanged];
            return;
        }

        if (Refused(await Users.SetTwoFactorEnabledAsync(user, true)))
            return;
        (_key, _codes) = (null, [.. codes]);
        _left = _codes.Count;
        await StayAsync(user);
        Done = AccountsTexts.FactorOnDone;
    }

    private async Task TakeFactorOffAsync()
    {
        if (_user is not { AsksForCode: true } user || !await IsPresentAsync(user, Off?.Password))
            return;
        user.AuthenticatorKey = null;
        if (Refused(await Users.SetTwoFactorEnabledAsync(user, false)))
            return;
        await StayAsync(user);
        Done = AccountsTexts.FactorOffDone;
    }

    private async Task EndSessionsAsync()
    {
        if (_user is not { } user)
            return;
        await Sessions.EndAllAsync(user.Id);
        AccountEndpoints.ForgetDrafts(Http.Response);
        await SignIn.SignOutAsync();
        Navigation.NavigateTo("/sign-in");
    }

    /// <summary>The stamp changed: this session goes on, as old as it is, and the others end.</summary>
    private Task StayAsync(UserRow user) =>
        SignIn.SignInWithClaimsAsync(user, isPersistent: false, Callers.SessionOf(User) is { } session ? [Callers.SessionClaim(session)] : []);

    private async Task<bool> IsPresentAsync(UserRow user, string? password)
    {
        var present = await SignIns.IsPresentAsync(user, password);
        Faults = present ? [] : [AccountTexts.PasswordWrong];
        return present;
    }

    private bool Refused(IdentityResult result)
    {
        Faults = SignIns.Sentences(result);
        return !result.Succeeded;
    }

    private async Task ShowKeyAsync(UserRow user)
    {
        _ticket = Tickets.Protect(TicketOf(user), TicketLife);
        var key = await Users.GetAuthenticatorKeyAsync(user) ?? "";
        _key = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
        _uri = $"otpauth://totp/Planner:{UrlEncoder.Default.Encode(user.Name)}?secret={key}&issuer=Planner&digits=6";
    }

    /// <summary>Whether the password was given when this form was made: the key that it shows lives on without it.</summary>
    private bool HasBegun(UserRow user)
    {
        try
        {
            return On?.Ticket is { Length: > 0 } ticket && Tickets.Unprotect(ticket) == TicketOf(user);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string TicketOf(UserRow user) => $"{user.Id} {user.SecurityStamp}";

    public sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? New { get; set; }

        public string? Again { get; set; }
    }

    public sealed class PresentForm
    {
        public string? Password { get; set; }
    }

    public sealed class OnForm
    {
        public string? Code { get; set; }

        public string? Ticket { get; set; }
    }
}
