using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Web.Accounts;

namespace Planner.Web.Components.Accounts;

/// <summary>Members of the workspace, for its Admins; users and workspaces, for those who look after the installation.</summary>
public sealed partial class PeoplePage : AccountsPage
{
    private const string Closed = "closed";

    private IReadOnlyList<UserSummary> _users = [];
    private IReadOnlyList<StandingToken> _tokens = [];
    private IReadOnlyList<WorkspaceRow> _workspaces = [];

    [Inject]
    public required AccountStore Accounts { get; init; }

    [Inject]
    public required ApiTokenStore Tokens { get; init; }

    [Inject]
    public required SignIns SignIns { get; init; }

    [Inject]
    public required UserManager<UserRow> Users { get; init; }

    [SupplyParameterFromForm(FormName = "member")]
    public PersonForm? Member { get; set; }

    [SupplyParameterFromForm(FormName = "user")]
    public PersonForm? NewUser { get; set; }

    [SupplyParameterFromForm(FormName = "reset")]
    public PersonForm? Reset { get; set; }

    [SupplyParameterFromForm(FormName = "workspace")]
    public PersonForm? NewWorkspace { get; set; }

    [SupplyParameterFromForm(FormName = "rename")]
    public PersonForm? Rename { get; set; }

    private bool IsKeeper => User.IsInRole(Policies.Keeper);

    /// <summary>Of the workspace that is looked at; who looks after the installation need not be.</summary>
    private bool IsAdmin => User.IsInRole(nameof(Role.Admin));

    private long WorkspaceId => Callers.WorkspaceIdOf(User)!.Value;

    private IEnumerable<UserSummary> Members => _users.Where(user => user.Memberships.Any(membership => membership.WorkspaceId == WorkspaceId));

    protected override async Task LoadAsync()
    {
        _users = await Accounts.UsersAsync();
        _tokens = IsKeeper ? await Tokens.StandingAsync() : [];
        _workspaces = IsKeeper ? await Accounts.WorkspacesAsync() : [];
    }

    private Role RoleOf(UserSummary user) => user.Memberships.First(membership => membership.WorkspaceId == WorkspaceId).Role;

    private async Task AddMemberAsync()
    {
        if (!IsAdmin)
            return;
        if (Names.Clean(Member?.Name) is not { } name || await Accounts.FindAsync(Names.Normalize(name)) is not { } user)
            Faults = [AccountTexts.UserUnknown];
        else if (Enum.IsDefined(Member!.Role))
            await SetRoleAsync(user.Id, Member.Role);
    }

    private Task SetRoleAsync(long userId, Role? role) => IsAdmin
        ? EndAsync(Accounts.SetRoleAsync(userId, WorkspaceId, role), role is { } given ? AccountsTexts.RoleDone.With(given) : AccountsTexts.RemoveDone)
        : Task.CompletedTask;

    /// <summary>Does what the button said: sent twice, or by two at once, it is the same as once.</summary>
    private Task SetClosedAsync(UserSummary user) => IsKeeper && bool.TryParse(Http.Request.Form[Closed], out var closed)
        ? EndAsync(Accounts.SetClosedAsync(user.Id, closed), closed ? AccountsTexts.ShutDone : AccountsTexts.OpenDone)
        : Task.CompletedTask;

    private async Task AddUserAsync()
    {
        if (!IsKeeper || NewUser is not { } form || !Enum.IsDefined(form.Role))
            return;
        var (user, problems) = await SignIns.AddAsync(form.Name, form.Password, WorkspaceId, form.Role);
        Faults = problems;
        if (user is not null)
            await EndAsync(Task.FromResult(AccountOutcome.Done), AccountsTexts.AddDone.With(user.Name));
    }

    private async Task ResetAsync()
    {
        if (!IsKeeper || Names.Clean(Reset?.Name) is not { } name || await Users.FindByNameAsync(name) is not { } user)
        {
            Faults = [AccountTexts.UserUnknown];
            return;
        }

        Faults = await SignIns.ResetAsync(user, Reset?.Password ?? "");
        if (Faults.Count > 0)
            return;
        await EndAsync(Task.FromResult(AccountOutcome.Done), AccountsTexts.PasswordDone.With(user.Name));
    }

    private async Task RevokeAsync(StandingToken standing)
    {
        if (IsKeeper && await Tokens.RevokeAsync(standing.UserId, standing.Token.Id))
            Done = AccountsTexts.RevokeDoneOf.With(standing.Token.Name, standing.UserName);
        await LoadAsync();
    }

    private async Task AddWorkspaceAsync()
    {
        if (!IsKeeper || Callers.IdOf(User) is not { } id)
            return;
        if (Names.Clean(NewWorkspace?.Name) is not { } name)
            Faults = [AccountTexts.NameForm.With(AccountStore.MaxNameLength)];
        else
            await EndAsync(Accounts.AddWorkspaceAsync(name, id), AccountsTexts.AddDone.With(name));
    }

    /// <summary>A workspace whose last Admin left or was shut would otherwise have nobody who lets anybody in.</summary>
    private bool MayJoin(WorkspaceRow workspace) =>
        Callers.IdOf(User) is { } id && !_users.Any(user => user.Id == id && user.Memberships.Any(membership => membership.WorkspaceId == workspace.Id && membership.Role == Role.Admin));

    private Task JoinAsync(WorkspaceRow workspace) => IsKeeper && Callers.IdOf(User) is { } id
        ? EndAsync(Accounts.SetRoleAsync(id, workspace.Id, Role.Admin), AccountsTexts.JoinDone.With(workspace.Name))
        : Task.CompletedTask;

    private async Task RenameAsync()
    {
        if (!IsAdmin)
            return;
        if (Names.Clean(Rename?.Name) is not { } name)
            Faults = [AccountTexts.NameForm.With(AccountStore.MaxNameLength)];
        else
            await EndAsync(Accounts.RenameWorkspaceAsync(WorkspaceId, name), AccountsTexts.RenameDone);
    }

    private async Task EndAsync(Task<AccountOutcome> work, string done)
    {
        var outcome = await work;
        (Done, Faults) = outcome switch
        {
            AccountOutcome.Done => (done, Faults),
            AccountOutcome.NameTaken => (null, [AccountTexts.NameTaken]),
            AccountOutcome.LastAdmin => (null, [AccountTexts.LastAdmin]),
            _ => (null, [AccountTexts.UserUnknown]),
        };
        await LoadAsync();
    }

    public sealed class PersonForm
    {
        public string? Name { get; set; }

        public string? Password { get; set; }

        public Role Role { get; set; } = Role.Viewer;
    }
}
