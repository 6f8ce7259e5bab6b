using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Tests.Web.Accounts;
using Planner.Web.Accounts;

namespace Planner.Tests.Data.PostgreSql;

/// <summary>A database with its first Admin, for apps with accounts.</summary>
internal static class NodeAccounts
{
    internal const string Admin = "ada";

    /// <summary>Settings of such an app.</summary>
    internal static Dictionary<string, string> Settings => new() { ["Feeds__Enabled"] = "false", ["Accounts__Enabled"] = "true", ["Alerts__WebhookUrl"] = "", ["ASPNETCORE_ENVIRONMENT"] = "Production" };

    /// <summary>Prepares the database as the app does, and adds the Admin, whose password is <see cref="AccountsHost.Password"/>.</summary>
    /// <returns>A token of the Admin.</returns>
    internal static async Task<string> PrepareAsync(DatabaseSettings database, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddLogging().AddPlannerData(database).BuildServiceProvider();
        await services.GetRequiredService<DatabaseStartup>().PrepareAsync(cancellationToken);
        var (accounts, user) = (services.GetRequiredService<AccountStore>(), new UserRow { Name = Admin, NormalizedName = Names.Normalize(Admin), SecurityStamp = Guid.NewGuid().ToString("N") });
        user.PasswordHash = new PasswordHasher<UserRow>().HashPassword(user, AccountsHost.Password);
        await accounts.AddAsync(user, cancellationToken);
        await accounts.SetRoleAsync(user.Id, WorkspaceRow.FirstId, Role.Admin, cancellationToken);
        return (await services.GetRequiredService<ApiTokenStore>().CreateAsync(user.Id, WorkspaceRow.FirstId, "nodes", Role.Admin, cancellationToken: cancellationToken)).Token;
    }
}
