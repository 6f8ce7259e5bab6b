using Microsoft.JSInterop;

namespace Planner.Web.Components.Shared;

/// <summary>Lets script modules go when their component leaves.</summary>
public static class Scripts
{
    /// <summary>Lets a module go. A browser that has already left is no fault, nor is one that cannot be reached and may come back.</summary>
    /// <param name="module">The module; null for one that was never there.</param>
    /// <param name="last">A function that puts away what the module made; null where nothing is left.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async ValueTask ReleaseAsync(IJSObjectReference? module, string? last = null, params object?[] arguments)
    {
        if (module is null)
        {
            return;
        }

        try
        {
            if (last is not null)
            {
                await module.InvokeVoidAsync(last, arguments);
            }

            await module.DisposeAsync();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
        }
    }
}
