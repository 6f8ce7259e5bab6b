using Microsoft.AspNetCore.Components;
using Planner.Data.Accounts;

namespace Planner.Web.Components.Shared;

/// <summary>
/// A component through which its reader changes what is stored. A role may be taken away while the page is open: the change is then refused, and the reader is told who may make it and keeps the page as it is.
/// </summary>
public abstract class ActionComponent : ComponentBase, IHandleEvent
{
    [Inject]
    public required Toasts Toasts { get; init; }

    /// <summary>As <see cref="ComponentBase"/> does it, which cannot be called from here, but for the refusal.</summary>
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        var work = item.InvokeAsync(arg);
        var isDone = work.IsCompletedSuccessfully || work.IsCanceled;
        StateHasChanged();
        if (isDone)
            return;
        try
        {
            await work;
        }
        catch (AccessRefusedException exception)
        {
            Toasts.Failed(exception.Message);
        }
        // What was cancelled has nothing to show.
        catch (OperationCanceledException) when (work.IsCanceled)
        {
            return;
        }

        StateHasChanged();
    }
}
