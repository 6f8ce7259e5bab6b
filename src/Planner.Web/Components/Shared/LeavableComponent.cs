using Microsoft.AspNetCore.Components;

namespace Planner.Web.Components.Shared;

/// <summary>A component that ends what it began when its page is left.</summary>
public abstract class LeavableComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    // The source is gone with the page, but what the component began still asks.
    protected LeavableComponent() => Leaving = _leaving.Token;

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Leaving { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (Leaving.IsCancellationRequested)
            return;
        _leaving.Cancel();
        _leaving.Dispose();
    }
}
