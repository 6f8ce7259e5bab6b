using Microsoft.AspNetCore.Components;
using Planner.Data;
using Planner.Data.Accounts;

namespace Planner.Web.Components.Shared;

/// <summary>
/// A component through which its reader changes what is stored. A role may be taken away while the page is open, or the disk be full: the change is then refused, and the reader is told who may make it, or what has to be
/// mended, and keeps the page as it is.
/// </summary>
public abstract partial class ActionComponent : ComponentBase, IHandleEvent
{
    private int? _refused;

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>Says why what was asked for is not done, in place of what was said before.</summary>
    protected void Refuse(string why)
    {
        RefusalIsOver();
        _refused = Toasts.Failed(why);
    }

    /// <summary>Takes back what was said, where a page knows that it is done now or that nobody asks for it any more.</summary>
    protected void RefusalIsOver()
    {
        if (_refused is { } toast)
            Toasts.Close(toast);
        _refused = null;
    }

    /// <summary>As <see cref="ComponentBase"/> does it, which cannot be called from here, but for what is refused.</summary>
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
            Refuse(exception.Message);
        }
        catch (Exception exception) when (StorageFault.SentenceOf(exception) is { } sentence)
        {
            // What is stored past the database is logged by nobody else.
            LogFault(Loggers.CreateLogger(GetType()), exception);
            Refuse(sentence);
        }
        // What was cancelled has nothing to show.
        catch (OperationCanceledException) when (work.IsCanceled)
        {
            return;
        }

        StateHasChanged();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was asked for on a page could not be stored")]
    private static partial void LogFault(ILogger log, Exception exception);
}
