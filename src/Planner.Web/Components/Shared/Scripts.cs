using Microsoft.JSInterop;

namespace Planner.Web.Components.Shared;

/// <summary>Lets script modules go when their component leaves.</summary>
public static class Scripts
{
    /// <summary>Lets a module go; a browser that has already left is no fault.</summary>
    public static async ValueTask ReleaseAsync(IJSObjectReference? module)
    {
        if (module is null)
        {
            return;
        }

        try
        {
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
    }
}
