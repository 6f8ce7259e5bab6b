namespace Planner.Web.Components.Shared;

/// <summary>A question before a deed that cannot be undone.</summary>
/// <param name="Title">The question.</param>
/// <param name="Text">What will be lost, and what stays.</param>
/// <param name="Confirm">Label of the button that does it: the verb, never "OK".</param>
/// <param name="Danger">True where something is lost for good.</param>
public sealed record Confirmation(string Title, string Text, string Confirm, bool Danger);

/// <summary>Asks the reader of this circuit, one question at a time.</summary>
public sealed class Confirmations
{
    private TaskCompletionSource<bool>? _answer;

    public event Action? Changed;

    /// <summary>The open question; null where there is none.</summary>
    public Confirmation? Open { get; private set; }

    /// <returns>True where the reader agreed. A question that is still open counts as refused.</returns>
    public Task<bool> AskAsync(string title, string text, string confirm, bool danger = false)
    {
        Answer(false);
        _answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Open = new Confirmation(title, text, confirm, danger);
        Changed?.Invoke();
        return _answer.Task;
    }

    public void Answer(bool agreed)
    {
        var answer = _answer;
        _answer = null;
        Open = null;
        Changed?.Invoke();
        answer?.TrySetResult(agreed);
    }
}
