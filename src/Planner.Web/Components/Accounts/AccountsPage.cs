using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Planner.Web.Accounts;

namespace Planner.Web.Components.Accounts;

/// <summary>A page of accounts: made for each request, without a circuit, so that it can set cookies. Where there are no accounts there is no such page (<see cref="AccountsServices.UseAccess"/>).</summary>
public abstract class AccountsPage : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What went wrong, in sentences.</summary>
    protected IReadOnlyList<string> Faults { get; set; } = [];

    /// <summary>What was done, as a sentence; null for nothing.</summary>
    protected string? Done { get; set; }

    /// <summary>What a password has to be, as a sentence.</summary>
    protected static string PasswordHint => AccountTexts.PasswordForm.With(AccountsServices.PasswordLength, AccountsServices.LongestPassword);

    protected ClaimsPrincipal User => Http.User;

    protected override Task OnInitializedAsync() => LoadAsync();

    /// <summary>Loads what the page shows.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>An address of this app to go on to: another one would let a link lead whoever signs in to a foreign site.</summary>
    internal static string Local(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}
