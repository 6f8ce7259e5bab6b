using Microsoft.AspNetCore.Components;
using Planner.Data;
using Planner.Data.Accounts;

namespace Planner.Web.Components.Shared;

/// <summary>
/// A component that does what its reader asks for, one thing at a time, as far as the page is not left. A role may be taken away while the page is open, or the disk be full: the change is then refused, and the reader is
/// told who may make it, or what has to be mended, and keeps the page as it is.
/// </summary>
public abstract partial class ActionComponent : LeavableComponent, IHandleEvent
{
    private int? _refused;

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>True while something is done that was asked for.</summary>
    protected bool Busy => Doing is not null;

    /// <summary>What is being done; null while nothing is.</summary>
    protected string? Doing { get; set; }

    /// <summary>Why what was asked for last is not done, where the component has a place of its own for it.</summary>
    protected string? Refusal { get; set; }

    /// <summary>Says why what was asked for is not done, in place of what was said before.</summary>
    protected virtual void Refuse(string why)
    {
        RefusalIsOver();
        _refused = Toasts.Failed(why);
    }

    /// <summary>Does what was asked for, unless something else is being done.</summary>
    /// <param name="step">What it is.</param>
    /// <param name="work">It ends silently where it is cancelled, as when the page is left.</param>
    protected async Task DoAsync(string step, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Busy)
            return;
        (Doing, Refusal) = (step, null);
        StateHasChanged();
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
        finally
        {
            Doing = null;
        }
    }

    /// <summary>Does what nobody needs to be told of while it is done.</summary>
    protected Task DoAsync(Func<Task> work) => DoAsync("", work);

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
