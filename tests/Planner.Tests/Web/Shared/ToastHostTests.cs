using Microsoft.Extensions.DependencyInjection;
using Planner.Web.Components.Shared;
using Xunit;

namespace Planner.Tests.Web.Shared;

/// <summary>The messages at the edge of the window: whatever an undo does, the circuit goes on.</summary>
public class ToastHostTests
{
    [Fact]
    public async Task Undo_that_fails_is_reported_and_throws_nothing()
    {
        var toasts = new Toasts(TimeProvider.System);
        toasts.Done("Deleted Chat.", () => throw new ObjectDisposedException("page"));
        await using var renderer = TestRenderer.Create(services => services.AddSingleton(toasts));
        await renderer.RenderAsync<ToastHost>();

        await renderer.ClickAsync("class", "button quiet");

        var shown = Assert.Single(toasts.Shown);
        Assert.Equal((ToastKind.Failed, "It could not be undone (Deleted Chat). The log says what happened."), (shown.Kind, shown.Text));
    }
}
