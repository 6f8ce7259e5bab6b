using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Stores;
using Xunit;

namespace Planner.BrowserTests;

/// <summary>The app with accounts: an Admin, an Editor and a Viewer.</summary>
public sealed class AccountsApp : RunningApp
{
    private const string Password = "correct horse battery";
    private readonly Dictionary<string, string> _sessions = [];

    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Accounts:Enabled"] = "true", ["Accounts:RevalidateSeconds"] = "1" };

    /// <summary>A stored scenario.</summary>
    public string ScenarioId { get; private set; } = "";

    internal AccountStore Accounts => Services.GetRequiredService<AccountStore>();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var role in Enum.GetValues<Role>().Reverse())
            await AddAsync(role.ToString(), role);
        using var _ = Services.GetRequiredService<CurrentReach>().AsProgram();
        ScenarioId = await StoreAsync("high-volume-chat");
    }

    public async Task<long> AddAsync(string name, Role role)
    {
        var user = new UserRow { Name = name, NormalizedName = name.ToUpperInvariant(), SecurityStamp = Guid.NewGuid().ToString("N") };
        user.PasswordHash = new PasswordHasher<UserRow>().HashPassword(user, Password);
        await Accounts.AddAsync(user);
        await Accounts.SetRoleAsync(user.Id, WorkspaceRow.FirstId, role);
        return user.Id;
    }

    /// <summary>A page of a signed-in user, open at a path; the caller closes its context.</summary>
    public async Task<IPage> SignedInAsync(string name, string path) => await OpenAsync(path, new() { StorageState = await SessionOfAsync(name) });

    /// <summary>The cookies of a signed-in user, as the browser keeps them. Each signs in once: an address has few tries a minute.</summary>
    public async Task<string> SessionOfAsync(string name)
    {
        if (_sessions.TryGetValue(name, out var known))
            return known;
        var page = await NewPageAsync();
        await GoAsync(page, "/sign-in");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await StandsAtAsync(page, "^[^/]+//[^/]+/$");
        var session = _sessions[name] = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return session;
    }
}

/// <summary>What tests without a browser cannot see: circuits, which no request passes through.</summary>
public sealed class AccountsTests(AccountsApp app) : IClassFixture<AccountsApp>
{
    /// <summary>Pages that are there with accounts alone, and those that offer a Viewer less.</summary>
    public static TheoryData<string?, string> Looks() =>
        [.. PageLooks.All.Where(look => look.WithAccounts).SelectMany(look => look.Addresses.Select(address => (look.Who, address))), ("Viewer", "/scenarios"), ("Viewer", "/prices"), ("Viewer", "/feeds")];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_is_clean_in_both_themes_and_sizes(string? who, string path) =>
        await AccessibilityTests.IsCleanAsync(app, path, who is null ? null : await app.SessionOfAsync(who));

    [Fact]
    public async Task Account_is_shut_only_after_the_question_that_names_it()
    {
        var id = await app.AddAsync("Shortlived", Role.Viewer);
        var page = await app.SignedInAsync("Admin", "/people");
        var ask = page.GetByRole(AriaRole.Button, new() { Name = "Shut the account of Shortlived" });
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Shut the account of Shortlived?" });

        await ask.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(question).ToBeHiddenAsync();
        Assert.Null((await app.Accounts.FindAsync(id))!.ClosedUtc);

        await ask.ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Shut", Exact = true }).ClickAsync();
        await page.GetByText("The account is shut").WaitForAsync();
        Assert.NotNull((await app.Accounts.FindAsync(id))!.ClosedUtc);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Viewer_is_offered_no_save_and_a_forced_one_is_refused()
    {
        var page = await app.SignedInAsync("Viewer", $"/scenarios/{app.ScenarioId}");
        var save = page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });
        await page.GetByLabel("Requests per month").FillAsync("5000000");
        await page.GetByLabel("Requests per month").BlurAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true })).ToBeEnabledAsync();
        await Assertions.Expect(save).ToBeDisabledAsync();
        await Assertions.Expect(page.GetByText("You are a Viewer of this workspace")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Share" })).ToHaveCountAsync(0);

        await save.EvaluateAsync("button => button.disabled = false");
        await save.ClickAsync();

        await Assertions.Expect(page.GetByText("Your role does not allow this change.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("This page failed")).ToBeHiddenAsync();
        using var _ = app.Services.GetRequiredService<CurrentReach>().AsProgram();
        Assert.Equal(1, await app.Services.GetRequiredService<ScenarioStore>().CurrentVersionAsync(app.ScenarioId));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Editor_saves_through_the_circuit()
    {
        var page = await app.SignedInAsync("Editor", "/examples/high-volume-chat");
        await page.GetByLabel("Requests per month").FillAsync("5000000");
        await page.GetByLabel("Requests per month").BlurAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByText("Saved as v1.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Address_of_another_workspace_of_one_s_own_leads_there_by_one_click()
    {
        var id = await app.AddAsync("Between", Role.Viewer);
        await app.Accounts.AddWorkspaceAsync("Second", id);
        var page = await app.SignedInAsync("Between", "/");
        await page.Locator(".account > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Second" }).ClickAsync();
        await Assertions.Expect(page.Locator(".account .workspace")).ToHaveTextAsync("Second");

        await app.GoAsync(page, $"/scenarios/{app.ScenarioId}?view=capacity");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open it in Default" }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("Requests per month")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".account .workspace")).ToHaveTextAsync("Default");
        await RunningApp.StandsAtAsync(page, $"/scenarios/{app.ScenarioId}\\?view=capacity$");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Circuit_of_nobody_leads_nowhere()
    {
        var page = await app.OpenAsync("/not-found");

        await page.EvaluateAsync("() => Blazor.navigateTo('/scenarios')");

        // By the circuit or, where it has no router yet, by a request.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^(You may not open this page|Sign in)$") })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Open_page_closes_when_its_user_loses_the_role()
    {
        var id = await app.AddAsync("Leaver", Role.Editor);
        var page = await app.SignedInAsync("Leaver", "/scenarios");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Scenarios" })).ToBeVisibleAsync();

        await app.Accounts.SetRoleAsync(id, WorkspaceRow.FirstId, null);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You may not open this page" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("scenarios/{0}/report.pdf")]
    [InlineData("scenarios/{0}/report.pdf?paper=letter&preparedBy=Zo%C3%AB%20O%27Neil%20(CFO)%2C%20%22A%26B%22")]
    [InlineData("portfolio/report.pdf?with={0}@1&paper=a4")]
    public async Task Report_is_printed_for_a_Viewer_by_a_browser_without_the_session(string report)
    {
        var page = await app.SignedInAsync("Viewer", "/account");

        var pdf = await page.APIRequest.GetAsync(new Uri(app.Address, "/api/v1/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, report, app.ScenarioId)).ToString(), new() { Timeout = 60_000 });

        Assert.Equal((200, "application/pdf"), (pdf.Status, pdf.Headers["content-type"]));
        await page.Context.CloseAsync();
    }
}
