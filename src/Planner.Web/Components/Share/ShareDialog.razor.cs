using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Share;

/// <summary>The button "Share" and what it opens: makes read-only links of a stored scenario, lists and revokes them.</summary>
public sealed partial class ShareDialog : ActionComponent, IAsyncDisposable
{
    private const string TimeForm = "yyyy-MM-ddTHH:mm";

    /// <summary>How long a link lives unless something else is chosen.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private ElementReference _dialog;
    private ElementReference _field;
    private IJSObjectReference? _shell;
    private IReadOnlyList<ShareLink> _links = [];
    private string? _url;
    private bool _open;
    private bool _shown;
    private bool _live;
    private bool _copied;
    private string? _end;
    private string? _endFault;
    private string? _passcode;
    private string? _passcodeFault;
    private bool _whatIf;

    /// <summary>The stored scenario.</summary>
    [Parameter, EditorRequired]
    public required string ScenarioId { get; set; }

    /// <summary>The stored version that the reader sees.</summary>
    [Parameter, EditorRequired]
    public required int Version { get; set; }

    [Inject]
    public required ShareLinkStore Links { get; init; }

    [Inject]
    public required Passcodes Codes { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required Confirmations Confirmations { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return Scripts.ReleaseAsync(_shell);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_open == _shown)
        {
            return;
        }

        _shown = _open;
        if (_open)
        {
            _shell ??= await Script.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
            await _shell.InvokeVoidAsync("openDialog", _dialog);
        }
    }

    private async Task OpenAsync()
    {
        (_url, Refusal, _live, _copied) = (null, null, false, false);
        (_end, _passcode, _whatIf) = ((Clock.GetUtcNow().UtcDateTime + Life).ToString(TimeForm, CultureInfo.InvariantCulture), null, true);
        (_endFault, _passcodeFault) = (null, null);
        _links = await Links.ListAsync(ScenarioId);
        _open = true;
    }

    private void Close() => (_open, _url) = (false, null);

    // The second click of a double one comes when the first is done.
    private Task CreateAsync(MouseEventArgs click) => click.Detail > 1 || TermsOrFaults() is not { } terms ? Task.CompletedTask : DoAsync(async () =>
    {
        var link = await Links.CreateAsync(ScenarioId, _live ? null : Version, terms);
        Refusal = link is null ? Texts.ScenarioUnknown : null;
        _passcode = null;
        _url = link is null ? null : Navigation.ToAbsoluteUri($"s/{link.Token}").ToString();
        _links = await Links.ListAsync(ScenarioId);
    });

    /// <summary>In the dialog where it is open, as what stands behind it cannot be seen well.</summary>
    protected override void Refuse(string why)
    {
        if (_open)
            Refusal = why;
        else
            base.Refuse(why);
    }

    /// <summary>The terms as typed; null where something about them is wrong, which their fields then say.</summary>
    private ShareTerms? TermsOrFaults()
    {
        DateTime? end = null;
        _endFault = _passcodeFault = null;
        if (!string.IsNullOrWhiteSpace(_end))
        {
            if (DateTime.TryParse(_end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var read))
            {
                end = read;
                _endFault = Codes.FaultOfEnd(end);
            }
            else
            {
                _endFault = Texts.LinkEndForm;
            }
        }

        _passcodeFault = string.IsNullOrEmpty(_passcode) ? null : Passcodes.FaultOf(_passcode);
        return _endFault is null && _passcodeFault is null ? new ShareTerms(end, string.IsNullOrEmpty(_passcode) ? null : Passcodes.Hash(_passcode), _whatIf) : null;
    }

    private async Task CopyAsync()
    {
        try
        {
            await _shell!.InvokeVoidAsync("copyText", _url);
            _copied = true;
        }
        catch (JSException)
        {
            Refusal = Texts.CopyFailed;
            await _field.FocusAsync();
        }
    }

    private async Task RevokeAsync(ShareLink link)
    {
        if (!await Confirmations.AskAsync(ShareTexts.RevokeQuestion, Texts.LinkRevokeAsk.With(ShareTexts.LinkNamed.With(link.Id, Shows(link))), ShareTexts.Revoke, danger: true))
        {
            return;
        }

        await Links.RevokeAsync(ScenarioId, link.Id);
        // Also where somebody else was faster.
        Toasts.Done(ShareTexts.RevokeDone);
        _links = await Links.ListAsync(ScenarioId);
        _url = null;
    }

    private bool IsOver(ShareLink link) => link.ExpiresUtc <= Clock.GetUtcNow().UtcDateTime;

    private static string Shows(ShareLink link) => link.Version is { } version ? ShareTexts.ShowsFrozen.With(version) : ShareTexts.ShowsLive;
}
