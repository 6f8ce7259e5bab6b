using Microsoft.AspNetCore.Components;
using Planner.Data;
using Planner.Data.Accounts;

namespace Planner.Web.Components.Shared;

/// <summary>Shows the messages of the circuit and takes deeds back.</summary>
public sealed partial class ToastHost : ComponentBase, IDisposable
{
    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required ILogger<ToastHost> Log { get; init; }

    public void Dispose() => Toasts.Changed -= Refresh;

    protected override void OnInitialized() => Toasts.Changed += Refresh;

    private static IconName IconOf(ToastKind kind) => kind switch
    {
        ToastKind.Warning => IconName.Warning,
        ToastKind.Failed => IconName.Error,
        _ => IconName.Check,
    };

    private async Task UndoAsync(Toast toast)
    {
        // Closed first: a second click must not undo twice.
        Toasts.Close(toast.Id);
        try
        {
            await toast.Undo!();
        }
        catch (AccessRefusedException exception)
        {
            Toasts.Failed(exception.Message);
        }
        // The host stands outside the pages' boundaries: what escapes here ends the circuit.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotUndone(exception, toast.Text);
            Toasts.Failed($"{Texts.UndoFailed.With(toast.Text.TrimEnd('.'))} {StorageFault.SentenceOf(exception)}".TrimEnd());
        }
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    private void LogNotUndone(Exception exception, string done) => Log.LogError(exception, "Undoing “{Done}” failed", done);
}
