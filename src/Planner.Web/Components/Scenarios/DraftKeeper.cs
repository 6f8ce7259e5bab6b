using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.JSInterop;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios;

/// <summary>A draft that a browser kept.</summary>
/// <param name="Scenario">The document.</param>
/// <param name="Version">The stored version that it began with; 0 for none.</param>
/// <param name="At">When it was kept.</param>
public sealed record KeptDraft(Scenario Scenario, int Version, DateTimeOffset At)
{
    /// <summary>Where in the browser's storage it lies.</summary>
    [JsonIgnore]
    public string Place { get; init; } = "";
}

/// <summary>
/// Keeps unsaved drafts in the reader's browser, so that neither a reload nor a lost connection loses them. Each tab keeps its own (<c>Client/drafts.ts</c>);
/// where it has none, the newest one of a tab that is gone is found.
/// </summary>
/// <param name="script">The browser.</param>
/// <param name="clock">The clock.</param>
/// <param name="owner">Whose drafts they are, of those who use the browser; empty where there is one only.</param>
public sealed class DraftKeeper(IJSRuntime script, TimeProvider clock, string owner) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private CancellationTokenSource? _pause;
    private IJSObjectReference? _shell;

    /// <summary>The draft kept under a key, and whether there was one that cannot be read.</summary>
    public async Task<(KeptDraft? Draft, bool Unreadable)> FindAsync(string key)
    {
        try
        {
            if (await (await ShellAsync()).InvokeAsync<Found?>("findDraft", NameOf(key)) is not { } found)
            {
                return (null, false);
            }

            if (Read(found.Text) is { } kept)
            {
                return (kept with { Place = found.Place }, false);
            }

            await TryAsync("dropDraft", NameOf(key), found.Place);
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

    /// <summary>Makes a draft that was found this tab's own, whosever it was.</summary>
    public Task TakeAsync(string key, KeptDraft draft) => TryAsync("takeDraft", NameOf(key), draft.Place);

    /// <summary>Forgets this tab's draft.</summary>
    public async Task DropAsync(string key)
    {
        if (_pause is not null)
        {
            await _pause.CancelAsync();
        }

        await TryAsync("dropDraft", NameOf(key));
    }

    /// <summary>Forgets a draft that was found.</summary>
    public Task DropAsync(string key, KeptDraft draft) => TryAsync("dropDraft", NameOf(key), draft.Place);

    public async ValueTask DisposeAsync()
    {
        if (_pause is not null)
        {
            await _pause.CancelAsync();
            _pause.Dispose();
            _pause = null;
        }

        // What is brought back after the page was left is still kept, by a module of its own.
        var shell = _shell;
        _shell = null;
        await Scripts.ReleaseAsync(shell);
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
            await TryAsync("dropDraft", NameOf(key));
        }
        else
        {
            await TryAsync("keepDraft", NameOf(key), JsonSerializer.Serialize(draft, ScenarioJson.Options));
        }
    }

    private async Task TryAsync(string function, params object[] arguments)
    {
        try
        {
            await (await ShellAsync()).InvokeVoidAsync(function, arguments);
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // No storage, or the browser has left: the draft on the page is not touched.
        }
    }

    private async Task<IJSObjectReference> ShellAsync() => _shell ??= await script.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");

    private string NameOf(string key) => $"planner.draft.{owner}{key}";

    private sealed record Envelope(JsonElement Scenario, int Version, DateTimeOffset At);

    private sealed record Found(string Place, string Text);
}
