using System.Text.Json;
using Microsoft.JSInterop;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>A draft that a browser kept.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="Version">The stored version that it began with; 0 for none.</param>
/// <param name="At">When it was kept.</param>
public sealed record KeptDraft(Scenario Scenario, int Version, DateTimeOffset At);

/// <summary>Keeps unsaved drafts in the reader's browser, so that neither a reload nor a lost connection loses them.</summary>
/// <param name="script">The browser.</param>
/// <param name="clock">The clock.</param>
/// <param name="owner">Whose drafts they are, of those who use the browser; empty where there is one only.</param>
public sealed class DraftKeeper(IJSRuntime script, TimeProvider clock, string owner) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private CancellationTokenSource? _pause;

    /// <summary>The draft kept under a key, and whether there was one that cannot be read.</summary>
    public async Task<(KeptDraft? Draft, bool Unreadable)> FindAsync(string key)
    {
        try
        {
            if (await script.InvokeAsync<string?>("localStorage.getItem", NameOf(key)) is not { } json)
            {
                return (null, false);
            }

            if (Read(json) is { } kept)
            {
                return (kept, false);
            }

            await DropAsync(key);
            return (null, true);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // A browser may forbid storage; then there are no drafts, and the page works on.
            return (null, false);
        }
    }

    /// <summary>Keeps a draft once edits pause; null drops it.</summary>
    public void Keep(string key, Scenario? draft, int version)
    {
        _pause?.Cancel();
        _pause?.Dispose();
        _pause = new CancellationTokenSource();
        _ = KeepAsync(key, draft is null ? null : new KeptDraft(draft, version, clock.GetUtcNow()), _pause.Token);
    }

    /// <summary>Forgets a draft.</summary>
    public async Task DropAsync(string key)
    {
        if (_pause is not null)
        {
            await _pause.CancelAsync();
        }

        await TryAsync("localStorage.removeItem", NameOf(key));
    }

    public async ValueTask DisposeAsync()
    {
        if (_pause is not null)
        {
            await _pause.CancelAsync();
            _pause.Dispose();
            _pause = null;
        }
    }

    private static KeptDraft? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Envelope>(json, ScenarioJson.Options) is { } kept && ScenarioJson.Read(kept.Scenario.GetRawText()).Scenario is { } scenario
                ? new KeptDraft(scenario, kept.Version, kept.At)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Another program's entry, or one cut short: without a scenario its raw text does not exist either.
            return null;
        }
    }

    private async Task KeepAsync(string key, KeptDraft? draft, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Pause, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (draft is null)
        {
            await TryAsync("localStorage.removeItem", NameOf(key));
        }
        else
        {
            await TryAsync("localStorage.setItem", NameOf(key), JsonSerializer.Serialize(draft, ScenarioJson.Options));
        }
    }

    private async Task TryAsync(string function, params object[] arguments)
    {
        try
        {
            await script.InvokeVoidAsync(function, arguments);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException)
        {
            // No storage, or the browser has left: the draft on the page is not touched.
        }
    }

    private sealed record Envelope(JsonElement Scenario, int Version, DateTimeOffset At);

    private string NameOf(string key) => $"planner.draft.{owner}{key}";
}
