namespace Planner.Web.Components.Shared;

/// <summary>How grave a message is.</summary>
public enum ToastKind
{
    Done,
    Warning,
    Failed,
}

/// <summary>A short message at the edge of the window.</summary>
/// <param name="Id">Rising number within the circuit.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Kind">How grave it is.</param>
/// <param name="Undo">What takes the deed back; null where nothing can.</param>
public sealed record Toast(int Id, string Text, ToastKind Kind, Func<Task>? Undo);

/// <summary>Messages of one circuit, at most four at a time. Failures stay until closed; the others leave by themselves.</summary>
public sealed class Toasts(TimeProvider clock)
{
    private const int Most = 4;
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan StayWithUndo = TimeSpan.FromSeconds(12);

    private readonly List<Toast> _shown = [];
    private int _last;

    /// <summary>Raised on any thread when the list changed.</summary>
    public event Action? Changed;

    public IReadOnlyList<Toast> Shown
    {
        get
        {
            lock (_shown)
            {
                return [.. _shown];
            }
        }
    }

    public void Done(string text, Func<Task>? undo = null) => Show(text, ToastKind.Done, undo);

    public void Warn(string text) => Show(text, ToastKind.Warning, null);

    /// <returns>Its number, to close it with once what failed does no more.</returns>
    public int Failed(string text) => Show(text, ToastKind.Failed, null);

    public void Close(int id)
    {
        lock (_shown)
        {
            _shown.RemoveAll(toast => toast.Id == id);
        }

        Changed?.Invoke();
    }

    private int Show(string text, ToastKind kind, Func<Task>? undo)
    {
        var toast = new Toast(Interlocked.Increment(ref _last), text, kind, undo);
        lock (_shown)
        {
            _shown.Add(toast);
            if (_shown.Count > Most)
            {
                _shown.RemoveAt(0);
            }
        }

        Changed?.Invoke();
        if (kind != ToastKind.Failed)
        {
            _ = LeaveAsync(toast.Id, undo is null ? Stay : StayWithUndo);
        }

        return toast.Id;
    }

    private async Task LeaveAsync(int id, TimeSpan after)
    {
        await Task.Delay(after, clock).ConfigureAwait(false);
        Close(id);
    }
}
