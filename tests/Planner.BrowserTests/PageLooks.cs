namespace Planner.BrowserTests;

/// <summary>How each page is looked at: every route has an entry, and a route with several faces one for each.</summary>
internal static class PageLooks
{
    /// <summary>Who looks at pages that are there with accounts alone.</summary>
    private const string Admin = "Admin";

    /// <summary>Routes as their pages write them, with addresses to open. <c>{id}</c> is a stored scenario.</summary>
    internal static readonly PageLook[] All =
    [
        new("/", "/"),
        new("/scenarios", "/scenarios"),
        new("/scenarios/new", "/scenarios/new", "/scenarios/new?answers=task%3Dchat%26budget%3D5000"),
        new("/scenarios/guide", "/scenarios/guide", "/scenarios/guide?step=2", "/scenarios/guide?step=3", "/scenarios/guide?step=4"),
        new("/glossary", "/glossary"),
        new("/examples/{ExampleId}", "/examples/high-volume-chat", "/examples/high-volume-chat?tour=1", "/examples/spot-mix", "/examples/support-assistant?map=apiPrice", "/examples/support-assistant?axis=instancePrice&view=capacity",
            "/examples/support-assistant?view=load", "/examples/support-assistant?view=horizon", "/examples/support-assistant?view=risk", "/examples/support-assistant?view=levers", "/examples/support-assistant?view=plans",
            "/examples/support-assistant?view=checks", "/examples/support-assistant?view=advice", "/examples/support-assistant?view=deploy", "/examples/support-assistant?view=sources"),
        new("/scenarios/{Id}", "/scenarios/{id}", "/scenarios/nosuch"),
        new("/scenarios/{Id}/actuals", "/scenarios/{id}/actuals"),
        new("/scenarios/{Id}/versions", "/scenarios/{id}/versions"),
        new("/scenarios/{Id}/schedules", "/scenarios/{id}/schedules"),
        new("/report/{ScenarioId}", "/report/{id}"),
        new("/compare", "/compare", "/compare?with={id}&with={id}:self&with=nosuch"),
        new("/portfolio", "/portfolio?with={id}:self"),
        new("/portfolio/report", "/portfolio/report?with={id}:self"),
        new("/usage", "/usage"),
        new("/usage/{Id:long}", "/usage/1"),
        new("/prices", "/prices", "/prices?q=nosuchmodel"),
        new("/instances", "/instances"),
        new("/models", "/models"),
        new("/measurements", "/measurements"),
        new("/feeds", "/feeds"),
        new("/feeds/quarantine", "/feeds/quarantine"),
        new("/feeds/lists", "/feeds/lists"),
        new("/feeds/runs/{Id:long}", "/feeds/runs/1"),
        new("/alerts", "/alerts"),
        new("/audit", "/audit"),
        new("/system", "/system"),
        new("/method", "/method"),
        new("/method/accuracy", "/method/accuracy"),
        new("/s/{Token}", "/s/nosuch"),
        new("/s/{Token}/passcode", "/s/nosuch/passcode"),
        new("/fault", "/fault"),
        new("/full", "/full"),
        new("/not-found", "/not-found", "/nosuch"),
        new("/sign-in", "/sign-in") { WithAccounts = true },
        new("/sign-in/code", "/sign-in/code") { WithAccounts = true },
        new("/setup", "/setup") { WithAccounts = true },
        new("/account", "/account") { WithAccounts = true, Who = Admin },
        new("/people", "/people") { WithAccounts = true, Who = Admin },
        new("/no-access", "/no-access") { WithAccounts = true, Who = "Viewer" },
    ];
}

/// <summary>A route and the addresses at which it is looked at.</summary>
internal sealed record PageLook(string Route, params string[] Addresses)
{
    /// <summary>Only of an app with accounts.</summary>
    internal bool WithAccounts { get; init; }

    /// <summary>Who has signed in; null for nobody.</summary>
    internal string? Who { get; init; }
}
