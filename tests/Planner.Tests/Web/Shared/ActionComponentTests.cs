using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Planner.Data.Accounts;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

public sealed class ActionComponentTests
{
    [Fact]
    public async Task Refused_change_is_told_and_the_component_stays_as_it_is()
    {
        var toasts = new Toasts(TimeProvider.System);
        using var renderer = TestRenderer.Create(services => services.AddSingleton(toasts));
        await renderer.RenderAsync<Changer>();

        await renderer.ClickAsync("id", "change");

        var toast = Assert.Single(toasts.Shown);
        Assert.Equal(("Ask an Editor.", ToastKind.Failed), (toast.Text, toast.Kind));
        Assert.Contains("typed", await renderer.HtmlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_that_is_full_is_told_and_the_component_stays_as_it_is()
    {
        var toasts = new Toasts(TimeProvider.System);
        using var renderer = TestRenderer.Create(services => services.AddSingleton(toasts));
        await renderer.RenderAsync<Changer>((nameof(Changer.Fault), new DbUpdateException("Not saved.", new SqliteException("full", 13))));

        await renderer.ClickAsync("id", "change");

        Assert.Equal("The disk with Planner's data is full. Nothing was changed; make room on it, then try again.", Assert.Single(toasts.Shown).Text);
        Assert.Contains("typed", await renderer.HtmlAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_is_told_once_and_goes_when_it_is_over()
    {
        var toasts = new Toasts(TimeProvider.System);
        toasts.Failed("Another one's.");
        using var renderer = TestRenderer.Create(services => services.AddSingleton(toasts));
        await renderer.RenderAsync<Changer>((nameof(Changer.Refusals), 2));

        await renderer.ClickAsync("id", "change");
        await renderer.ClickAsync("id", "change");
        Assert.Equal(["Another one's.", "Ask an Editor."], toasts.Shown.Select(toast => toast.Text));

        await renderer.ClickAsync("id", "change");
        Assert.Equal(["Another one's."], toasts.Shown.Select(toast => toast.Text));
    }

    [Fact]
    public async Task Another_fault_is_not_swallowed()
    {
        using var renderer = TestRenderer.Create();
        await renderer.RenderAsync<Changer>((nameof(Changer.Fault), new InvalidDataException("Broken.")));

        Assert.Equal("Broken.", (await Assert.ThrowsAsync<InvalidDataException>(() => renderer.ClickAsync("id", "change"))).Message);
    }

    [Fact]
    public async Task One_thing_is_done_at_a_time()
    {
        using var renderer = TestRenderer.Create();
        var (first, begun) = (new TaskCompletionSource(), 0);
        Task Work() => ++begun == 1 ? first.Task : Task.CompletedTask;
        Assert.Equal("<button id=\"do\">free</button>", await renderer.RenderAsync<Doer>((nameof(Doer.Work), (Func<Task>)Work)));

        var doing = renderer.ClickAsync("id", "do");
        Assert.Equal("<button id=\"do\">Counting</button>", await renderer.HtmlAsync());
        // A click is over when all that was begun is.
        var again = renderer.ClickAsync("id", "do");
        first.SetResult();
        await Task.WhenAll(doing, again);

        Assert.Equal((1, "<button id=\"do\">free</button>"), (begun, await renderer.HtmlAsync()));
    }

    [Fact]
    public async Task What_is_begun_ends_silently_when_the_page_is_left()
    {
        var toasts = new Toasts(TimeProvider.System);
        using var renderer = TestRenderer.Create(services => services.AddSingleton(toasts));
        Doer? doer = null;
        await renderer.RenderAsync<Doer>((nameof(Doer.OnMade), (Action<Doer>)(made => doer = made)));

        var doing = renderer.ClickAsync("id", "do");
        doer!.Dispose();
        await doing;

        Assert.Empty(toasts.Shown);
    }

    /// <summary>Does what it is given, or waits until it is left.</summary>
    private sealed class Doer : ActionComponent
    {
        [Parameter]
        public Func<Task>? Work { get; set; }

        [Parameter]
        public Action<Doer>? OnMade { get; set; }

        protected override void OnInitialized() => OnMade?.Invoke(this);

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "id", "do");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, () => DoAsync("Counting", Work ?? (() => Task.Delay(Timeout.Infinite, Leaving)))));
            builder.AddContent(3, Doing ?? "free");
            builder.CloseElement();
        }
    }

    private sealed class Changer : ActionComponent
    {
        private string _draft = "";
        private int _asked;

        /// <summary>After so many it is done.</summary>
        [Parameter]
        public int Refusals { get; set; } = int.MaxValue;

        [Parameter]
        public Exception Fault { get; set; } = new AccessRefusedException("Ask an Editor.");

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "id", "change");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, ChangeAsync));
            builder.AddContent(3, _draft);
            builder.CloseElement();
        }

        private async Task ChangeAsync()
        {
            _draft = "typed";
            await Task.Yield();
            if (_asked++ < Refusals)
                throw Fault;
            RefusalIsOver();
        }
    }
}
