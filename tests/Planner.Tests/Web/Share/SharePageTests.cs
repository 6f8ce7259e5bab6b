using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Domain.Planning;
using Planner.Tests.Data;
using Planner.Tests.Domain.Scenarios;
using Planner.Web.Accounts;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Share;
using Planner.Web.Components.Shared;
using Planner.Web.Security;
using Xunit;

namespace Planner.Tests.Web.Share;

/// <summary>The shared page in its circuit: what it offers, and what it does not.</summary>
public sealed class SharePageTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private readonly EphemeralDataProtectionProvider _protection = new();
    private string _id = "";

    private ShareLinkStore Links => _database.Get<ShareLinkStore>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.PreparedAsync();
        var (scenario, catalog) = (Documents.HighVolumeChat, Documents.Catalog);
        var scenarios = _database.Get<ScenarioStore>();
        _id = (await scenarios.CreateAsync(scenario, catalog, Engine.Evaluate(scenario, catalog))).Id;
        await scenarios.CreateAsync(scenario with { Name = "Somebody else's secret" }, catalog, Engine.Evaluate(scenario, catalog));
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Grip_shows_the_reader_s_own_answer_marked_as_such_and_the_way_back()
    {
        var link = (await Links.CreateAsync(_id, 1))!;
        using var page = await OpenAsync(link.Token);
        Assert.DoesNotContain("<input", await page.HtmlAsync(), StringComparison.Ordinal);

        await AskForGripsAsync(page);
        var panel = page.Find<WhatIfPanel>();
        await page.Dispatcher.InvokeAsync(() => panel.OnMove.InvokeAsync(("workload.requestsPerMonth", -50)));
        var tried = await page.HtmlAsync();

        Assert.Contains("Your what-if, not the shared figures.", tried, StringComparison.Ordinal);
        Assert.Contains("shared: 10,000,000 requests", tried, StringComparison.Ordinal);
        Assert.Contains("$750.00", tried, StringComparison.Ordinal);
        Assert.DoesNotContain("$7,500.00", tried, StringComparison.Ordinal);

        await page.Dispatcher.InvokeAsync(() => panel.OnReset.InvokeAsync());
        var back = await page.HtmlAsync();
        Assert.DoesNotContain("Your what-if", back, StringComparison.Ordinal);
        Assert.Contains("$7,500.00", back, StringComparison.Ordinal);
        Assert.Equal(1, (await _database.Get<ScenarioStore>().GetAsync(_id))!.CurrentVersion);
        Assert.Equal(10_000_000, (await _database.Get<ScenarioStore>().GetAsync(_id))!.Scenario.Workload.RequestsPerMonth);
    }

    [Fact]
    public async Task Grips_put_back_by_hand_show_the_shared_figures_and_say_so_at_once()
    {
        var link = (await Links.CreateAsync(_id, 1))!;
        using var page = await OpenAsync(link.Token);
        await AskForGripsAsync(page);
        var panel = page.Find<WhatIfPanel>();
        await page.Dispatcher.InvokeAsync(() => panel.OnMove.InvokeAsync(("workload.requestsPerMonth", -50)));

        // Both at once: the second does not wait for the answer to the first.
        var (away, back) = await page.Dispatcher.InvokeAsync(() => (panel.OnMove.InvokeAsync(("workload.requestsPerMonth", 50)), panel.OnMove.InvokeAsync(("workload.requestsPerMonth", 0))));
        var html = await page.HtmlAsync();
        Assert.DoesNotContain("Your what-if", html, StringComparison.Ordinal);
        Assert.Contains("$7,500.00", html, StringComparison.Ordinal);

        await Task.WhenAll(away, back);
        html = await page.HtmlAsync();
        Assert.Contains("These are the shared figures", html, StringComparison.Ordinal);
        Assert.Contains("$7,500.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_whose_maker_switched_it_off_offers_no_grips()
    {
        var link = (await Links.CreateAsync(_id, 1, new ShareTerms(AllowsWhatIf: false)))!;
        using var page = await OpenAsync(link.Token);

        Assert.Empty(page.All<WhatIfPanel>());
        Assert.Contains("$7,500.00", await page.HtmlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_has_no_part_that_edits_or_tells_of_another_scenario()
    {
        var link = (await Links.CreateAsync(_id, 1))!;
        using var page = await OpenAsync(link.Token);
        await AskForGripsAsync(page);

        var own = page.All<IComponent>().Select(component => component.GetType()).Where(type => type.Namespace!.StartsWith("Planner.Web", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Contains(typeof(AnswerView), own);
        string[] parts = [typeof(AnswerView).Namespace!, typeof(SharePage).Namespace!, "Planner.Web.Components.Charts", typeof(Icon).Namespace!, "Planner.Web.Components.Layout"];
        Assert.Empty(own.Where(type => !parts.Contains(type.Namespace)).Select(type => type.FullName));
        Assert.DoesNotContain(typeof(ShareDialog), own);
        var view = page.Find<AnswerView>();
        Assert.Null(view.Fix);
        Assert.Null(view.Plans);
        Assert.Null(view.Advice);
        Assert.False(view.OnPick.HasDelegate || view.OnFix.HasDelegate || view.OnBuy.HasDelegate || view.OnAxes.HasDelegate);
        var html = await page.HtmlAsync();
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<input(?! id=\"what-if-)", html);
        Assert.DoesNotMatch("href=\"/", html);
    }

    [Fact]
    public async Task Circuit_without_what_its_request_was_granted_shows_nothing()
    {
        var link = (await Links.CreateAsync(_id, 1))!;
        using var page = await OpenAsync(link.Token, inRequest: false);

        var html = await page.HtmlAsync();

        Assert.Contains("This page has to be loaded again", html, StringComparison.Ordinal);
        Assert.DoesNotContain("High-volume", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_that_ends_while_the_page_is_open_answers_no_further_figures()
    {
        var link = (await Links.CreateAsync(_id, 1, new ShareTerms(_database.Time.Now.UtcDateTime.AddHours(1))))!;
        using var page = await OpenAsync(link.Token);
        await AskForGripsAsync(page);
        _database.Time.Now += TimeSpan.FromHours(1);

        await page.Dispatcher.InvokeAsync(() => page.Find<WhatIfPanel>().OnMove.InvokeAsync(("workload.requestsPerMonth", -50)));

        var html = await page.HtmlAsync();
        Assert.Contains("This link does not work", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$750.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_ends_with_what_the_reader_was_granted()
    {
        var link = (await Links.CreateAsync(_id, 1, new ShareTerms(PasscodeHash: Passcodes.Hash("open sesame"))))!;
        var target = (await Links.ResolveAsync(link.Token))!;
        using ShareFailures failures = new();
        using SignInGates gates = new();
        using var page = await OpenAsync(link.Token, cookie: new Passcodes(Links, failures, gates, _protection, _database.Time).Grant(target));
        await AskForGripsAsync(page);
        _database.Time.Now += TimeSpan.FromHours(12);

        await page.Dispatcher.InvokeAsync(() => page.Find<WhatIfPanel>().OnMove.InvokeAsync(("workload.requestsPerMonth", -50)));

        var html = await page.HtmlAsync();
        Assert.Contains("This page has to be loaded again", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$750.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_of_a_revoked_link_does_not_go_on_under_another()
    {
        var (first, second) = ((await Links.CreateAsync(_id, 1))!, (await Links.CreateAsync(_id, 1))!);
        using var page = await OpenAsync(first.Token);
        await AskForGripsAsync(page);
        await Links.RevokeAsync(_id, first.Id);
        var shown = page.Find<SharePage>();
        await page.Dispatcher.InvokeAsync(() => shown.SetParametersAsync(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(SharePage.Token)] = second.Token })));

        await page.Dispatcher.InvokeAsync(() => page.Find<WhatIfPanel>().OnMove.InvokeAsync(("workload.requestsPerMonth", -50)));

        var html = await page.HtmlAsync();
        Assert.Contains("This link does not work", html, StringComparison.Ordinal);
        Assert.DoesNotContain("$750.00", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_of_links_wait_for_their_turn_and_whoever_leaves_gives_it_up()
    {
        using var scenarios = new SharedScenarios(_database.Get<ScenarioStore>(), _database.Get<CurrentReach>(), _database.Time);
        using var release = new ManualResetEventSlim();
        var turns = Math.Max(1, Environment.ProcessorCount / 2);
        var held = Enumerable.Range(0, turns).Select(_ => scenarios.WorkAsync(_ => release.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)).ToList();
        using var left = new CancellationTokenSource();
        var began = false;

        var gone = scenarios.WorkAsync(_ => began = true, left.Token);
        var waiting = scenarios.WorkAsync(_ => "answer", TestContext.Current.CancellationToken);
        Assert.False(gone.IsCompleted || waiting.IsCompleted);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        release.Set();

        Assert.Equal("answer", await waiting);
        Assert.All(await Task.WhenAll(held), Assert.True);
        Assert.False(began);
    }

    private static Task AskForGripsAsync(TestRenderer page) => page.ClickAsync("aria-controls", "what-if-grips");

    private async Task<TestRenderer> OpenAsync(string token, bool inRequest = true, string? cookie = null)
    {
        var page = TestRenderer.Create(services => services
            .AddSingleton<TimeProvider>(_database.Time).AddSingleton(Links).AddSingleton(_database.Get<ScenarioStore>()).AddSingleton(_database.Get<CurrentReach>())
            .AddSingleton<SharedScenarios>().AddSingleton<Passcodes>().AddSingleton<ShareFailures>().AddSingleton<SignInGates>().AddSingleton<IDataProtectionProvider>(_protection));
        RenderFragment content = builder =>
        {
            builder.OpenComponent<SharePage>(0);
            builder.AddComponentParameter(1, nameof(SharePage.Token), token);
            builder.CloseComponent();
        };
        HttpContext? request = inRequest ? new DefaultHttpContext { Request = { Method = "GET" }, RequestServices = new ServiceCollection().AddSingleton<ShareFailures>().BuildServiceProvider() } : null;
        if (cookie is not null)
            request!.Request.Headers.Cookie = $"{Passcodes.Cookie}={cookie}";
        await page.RenderAsync<CascadingValue<HttpContext?>>(("Value", request), ("ChildContent", content));
        return page;
    }
}
