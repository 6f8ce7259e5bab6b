using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Tests.Web.Reports;
using Planner.Web.Accounts;

namespace Planner.Tests.Web.Accounts;

/// <summary>The app with accounts and a trusted proxy at 10.1.0.0/16, everything that it logs kept.</summary>
public sealed class AccountsHost : PlannerHost
{
    /// <summary>Where a request pretends to come from; a test server has no addresses.</summary>
    public const string PeerHeader = "X-Test-Peer";

    public const string UserHeader = "X-Forwarded-User";

    public const string Proxy = "10.1.2.3";

    public const string Password = "correct horse battery";

    private int _browsers;

    public LogKeeper Log { get; } = new();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["Accounts:Enabled"] = "true",
        ["Accounts:Proxy:Header"] = UserHeader,
        ["Accounts:Proxy:Addresses"] = "10.1.0.0/16",
        ["Pdf:BrowserPath"] = "/no-browser",
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
    };

    internal AccountStore Accounts => Services.GetRequiredService<AccountStore>();

    /// <summary>Adds a user with a password, or one of the proxy's.</summary>
    internal async Task<long> AddUserAsync(string name, Role? role, long workspaceId = WorkspaceRow.FirstId, bool proxied = false)
    {
        var user = new UserRow { Name = name, NormalizedName = Names.Normalize(name), IsProxied = proxied, SecurityStamp = Guid.NewGuid().ToString("N") };
        user.PasswordHash = proxied ? null : new PasswordHasher<UserRow>().HashPassword(user, Password);
        await Accounts.AddAsync(user);
        if (role is { } given)
        {
            await Accounts.SetRoleAsync(user.Id, workspaceId, given);
        }

        return user.Id;
    }

    /// <summary>Adds a workspace.</summary>
    internal async Task<long> AddWorkspaceAsync(string name, long adminId)
    {
        await Accounts.AddWorkspaceAsync(name, adminId);
        return (await Accounts.WorkspacesAsync()).Single(row => row.Name == name).Id;
    }

    /// <summary>Stores a worked example in a workspace.</summary>
    internal async Task<string> StoreAsync(long workspaceId)
    {
        using var _ = Services.GetRequiredService<CurrentReach>().Enter(new Reach(workspaceId, Role.Editor));
        var scenario = Services.GetRequiredService<ExampleStore>().Find("high-volume-chat")!.Scenario;
        var snapshot = await Services.GetRequiredService<CatalogStore>().SnapshotAsync(scenario);
        return (await Services.GetRequiredService<ScenarioStore>().CreateAsync(scenario, snapshot, Engine.Evaluate(scenario, snapshot))).Id;
    }

    /// <summary>A browser that follows no redirects.</summary>
    internal HttpClient Browser(string? peer = null)
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        // Each from an address of its own, so that one does not use up the tries of another.
        client.DefaultRequestHeaders.Add(PeerHeader, peer ?? $"192.0.2.{Interlocked.Increment(ref _browsers)}");
        return client;
    }

    /// <summary>A browser behind the proxy.</summary>
    internal HttpClient Proxied(string user, string peer = Proxy)
    {
        var client = Browser(peer);
        client.DefaultRequestHeaders.Add(UserHeader, user);
        return client;
    }

    /// <summary>A program with a token.</summary>
    internal HttpClient Program(string token)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Fills in a form of a page and sends it.</summary>
    internal static async Task<HttpResponseMessage> SendFormAsync(HttpClient browser, string page, string form, params (string Name, string Value)[] fields)
    {
        var html = await browser.GetStringAsync(page);
        var token = Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        List<KeyValuePair<string, string>> sent = [new("__RequestVerificationToken", token), new("_handler", form), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))];
        return await browser.PostAsync(page, new FormUrlEncodedContent(sent));
    }

    internal static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string password = Password) =>
        SendFormAsync(browser, "/sign-in", "sign-in", ("Form.Name", name), ("Form.Password", password));

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, Peers>());
    }

    private sealed class Peers : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                if (IPAddress.TryParse(context.Request.Headers[PeerHeader], out var peer))
                    context.Connection.RemoteIpAddress = peer;
                return rest(context);
            });
            next(app);
        };
    }
}
