using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Planner.Data;

namespace Planner.Web.Components.Shared;

/// <summary>A page whose view is its address: it reads its state there, loads what the state asks for, and follows back and forward.</summary>
/// <typeparam name="TState">The state: an immutable record.</typeparam>
public abstract class UrlPage<TState> : ActionComponent where TState : class, IEquatable<TState>
{
    private CancellationTokenSource? _loading;
    private string _path = "";

    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>What the address asks for.</summary>
    protected TState State { get; private set; } = null!;

    /// <summary>True once loading failed; the page then says so instead of showing rows.</summary>
    protected bool Failed { get; private set; }

    /// <summary>True where the first render's data came with the page.</summary>
    protected virtual bool IsLoaded => false;

    protected abstract TState Read(Uri address);

    protected abstract string Write(TState state);

    /// <summary>Loads what the state asks for.</summary>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Cancelled when the state changes or the page is left.</param>
    protected abstract Task LoadAsync(TState state, CancellationToken cancellationToken);

    protected override async Task OnInitializedAsync()
    {
        _path = new Uri(Navigation.Uri).AbsolutePath;
        State = Read(new Uri(Navigation.Uri));
        Navigation.LocationChanged += Moved;
        if (!IsLoaded)
            await ReloadAsync();
    }

    /// <summary>Shows another state: at once, and in the address.</summary>
    /// <param name="next">The state.</param>
    /// <param name="replace">True where "back" should not return to the present one, as while typing, or where only the look changes: the page then stays where it is rolled to.</param>
    protected Task GoAsync(TState next, bool replace = false)
    {
        if (next.Equals(State))
            return Task.CompletedTask;
        State = next;
        Navigation.NavigateTo(Write(next), replace ? AddressViewState.Staying : default);
        return ReloadAsync();
    }

    /// <summary>Loads the present state again.</summary>
    protected async Task ReloadAsync()
    {
        if (Leaving.IsCancellationRequested)
            return;
        _loading?.Cancel();
        _loading?.Dispose();
        var loading = _loading = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        try
        {
            await LoadAsync(State, loading.Token);
            if (Failed)
                RefusalIsOver();
            Failed = false;
        }
        catch (OperationCanceledException) when (loading.IsCancellationRequested)
        {
        }
        // Before there is a circuit, another address is an answer of its own.
        catch (NavigationException)
        {
            throw;
        }
        // The page must say that it has nothing to show, whatever the reason.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(exception);
            Failed = true;
            if (StorageFault.SentenceOf(exception) is { } sentence)
                Refuse(sentence);
        }
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= Moved;
        _loading?.Dispose();
        base.Dispose(disposing);
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        var address = new Uri(e.Location);
        if (Leaving.IsCancellationRequested || address.AbsolutePath != _path || Read(address) is var next && next.Equals(State))
            return;
        State = next;
        await ReloadAsync();
        StateHasChanged();
    });

    private void LogFailed(Exception exception) => Loggers.CreateLogger(GetType()).LogError(exception, "The list at {Path} could not be loaded", _path);
}
