using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Planner.Data.Usage;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>Takes a log: sends it, shows what it is taken for and how its rows would count, and imports it.</summary>
public sealed partial class UsagePanel : ActionComponent, IAsyncDisposable
{
    private const string FileId = "usage-file";

    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private DotNetObjectReference<UsagePanel>? _self;
    private IJSObjectReference? _module;
    private ElementReference _input;
    private UsageUpload? _upload;
    private CancellationTokenSource? _work;
    private UsageFile? _file;
    private UsageRecognition? _recognition;
    private UsageMapping _mapping = new();
    private UsagePreview? _preview;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<UsageSkipped> _skipped = [];
    private Outcome? _result;
    private string? _refusal;
    private string? _name;
    private string? _step;
    private double _share;
    private long _size;
    private bool _importing;
    private bool _over;

    // A file that is chosen before the script listens would be lost.
    private bool _listening;

    // The source is gone with the page, but what the panel began still asks.
    public UsagePanel() => _left = _leaving.Token;

    /// <summary>Measured workloads whose rows come from files.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UsageSetSummary> Sets { get; set; }

    /// <summary>The one that the file belongs to; null for a new one.</summary>
    [Parameter]
    public long? SetId { get; set; }

    [Parameter]
    public EventCallback<long?> SetIdChanged { get; set; }

    /// <summary>Raised when a file was taken in.</summary>
    [Parameter]
    public EventCallback OnImported { get; set; }

    [Inject]
    public required UsageUploads Uploads { get; init; }

    [Inject]
    public required UsageImporter Importer { get; init; }

    [Inject]
    public required UsageDesk Desk { get; init; }

    [Inject]
    public required UsageOptions Options { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required ILogger<UsagePanel> Log { get; init; }

    private string? SetName => Sets.FirstOrDefault(set => set.Id == SetId)?.Name;

    private IReadOnlyList<SelectOption> Choices => [new("", UsageTexts.NewSet), .. Sets.Select(set => new SelectOption(set.Id.ToString(CultureInfo.InvariantCulture), set.Name))];

    /// <summary>A file was chosen or dropped.</summary>
    /// <returns>The address to send it to; null where it is refused.</returns>
    [JSInvokable]
    public string? Chosen(string name, long size)
    {
        Discard();
        _result = null;
        if (size > Options.Limits.MaxBytes)
            _refusal = Catalog.CatalogTexts.UploadTooLarge.With(name, Options.Limits.MaxBytes / (1024 * 1024));
        else if (size == 0)
            _refusal = Catalog.CatalogTexts.UploadEmpty.With(name);
        else
        {
            (_upload, _size, _share, _step) = (Uploads.Await(name), size, 0, UsageTexts.StepSending.With(name));
            _ = FollowAsync(_upload);
        }

        StateHasChanged();
        return _upload?.Address;
    }

    /// <summary>So many bytes of the file are on their way.</summary>
    [JSInvokable]
    public void Sent(long bytes)
    {
        _share = _size == 0 ? 0 : Math.Min(1, (double)bytes / _size);
        StateHasChanged();
    }

    /// <summary>The file did not come to its end.</summary>
    [JSInvokable]
    public void Broken()
    {
        if (_upload is { } upload)
            Uploads.Forget(upload);
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
        if (_upload is { } upload)
            Uploads.Forget(upload);
        // While it is imported, the import disposes of it at its end.
        if (!_importing)
            _file?.Dispose();
        _self?.Dispose();
        await Scripts.ReleaseAsync(_module);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", _left, "./js/usage-upload.js");
            _self = DotNetObjectReference.Create(this);
            await _module.InvokeVoidAsync("start", _left, _input, _self);
            _listening = true;
            StateHasChanged();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left meanwhile.
        }
    }

    /// <summary>Waits for a file that is on its way, then shows what it is.</summary>
    private async Task FollowAsync(UsageUpload upload)
    {
        UsageFile file;
        try
        {
            file = await upload.File;
        }
        catch (Exception exception) when (exception is OperationCanceledException or UsageRefusedException or IOException or UnauthorizedAccessException)
        {
            if (exception is not (OperationCanceledException or UsageRefusedException))
                LogFailed(exception);
            End(exception is UsageRefusedException ? $"{upload.Name}: {exception.Message}" : Data.StorageFault.SentenceOf(exception) ?? Catalog.CatalogTexts.UploadBroken);
            return;
        }

        if (_left.IsCancellationRequested)
        {
            file.Dispose();
            return;
        }

        Forget();
        (_file, _name) = (file, NameOf(file.Name));
        await DoAsync(UsageTexts.StepLooking.With(file.Name), async () =>
        {
            var recognition = await Importer.RecogniseAsync(file, _left);
            (_recognition, _mapping) = (recognition, recognition.Mapping);
            _preview = await Importer.PreviewAsync(file, recognition.FormatId, recognition.Mapping, _left);
        });
        if (!_left.IsCancellationRequested)
            StateHasChanged();

        void End(string refusal)
        {
            if (_left.IsCancellationRequested)
                return;
            Forget();
            (_step, _refusal) = (null, refusal);
            StateHasChanged();
        }
    }

    private Task MapAsync(UsageMapping mapping) => _file is not { } file || _recognition is not { } recognition ? Task.CompletedTask : DoAsync(UsageTexts.StepReading, async () =>
    {
        (_mapping, _problems, _skipped) = (mapping, [], []);
        _preview = await Importer.PreviewAsync(file, recognition.FormatId, mapping, _left);
    });

    private Task ImportAsync() => _file is not { } file || _recognition is not { } recognition ? Task.CompletedTask : DoAsync(UsageTexts.StepCounting.With(file.Name), async () =>
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(_left);
        (_work, _importing, _share, _problems, _skipped) = (work, true, 0, [], []);
        try
        {
            var taken = await Desk.ImportAsync(SetId, _name, file, recognition, _mapping, new Progress<double>(Counted), work.Token);
            Show(taken, file);
            if (_result is not null)
                await OnImported.InvokeAsync();
        }
        finally
        {
            (_work, _importing) = (null, false);
            if (_left.IsCancellationRequested)
                file.Dispose();
        }
    });

    private void Counted(double share)
    {
        _share = share;
        StateHasChanged();
    }

    private void Show(UsageTaken taken, UsageFile file)
    {
        switch (taken.Outcome)
        {
            case UsageOutcome.Imported imported:
                var import = imported.Import;
                Discard();
                _result = new(taken.SetId!.Value, true, string.Join(" ", new[]
                {
                    UsageTexts.ImportedCounted.With(file.Name, UsageWords.Rows(import.Counted), UsageWords.Span(import.FromUtc, import.ToUtc)),
                    import.Duplicates > 0 ? UsageWords.Counted(import.Duplicates, UsageTexts.ImportedDuplicatesOne, UsageTexts.ImportedDuplicatesMany) : "",
                    import.AlreadyThere > 0 ? UsageWords.Counted(import.AlreadyThere, UsageTexts.ImportedBeforeOne, UsageTexts.ImportedBeforeMany) : "",
                }.Where(text => text.Length > 0)), import.Skipped);
                break;
            case UsageOutcome.AlreadyImported:
                Discard();
                _result = new(SetId!.Value, false, UsageTexts.AlreadyImported.With(file.Name), []);
                break;
            case UsageOutcome.Refused refused:
                (_problems, _skipped) = (refused.Problems, refused.Skipped);
                _refusal = string.Join(" ", refused.Problems.Select(problem => problem.Message));
                break;
            default:
                _refusal = Texts.UsageGone;
                break;
        }
    }

    private async Task ChooseAsync(string? id) => await SetIdChanged.InvokeAsync(long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : null);

    private async Task CancelAsync()
    {
        if (_work is { } work)
            await work.CancelAsync();
        else if (_upload is { } upload && _module is { } module)
        {
            Uploads.Forget(upload);
            await module.InvokeVoidAsync("cancel", _left, _input);
        }
    }

    private async Task DoAsync(string step, Func<Task> work)
    {
        (_step, _refusal) = (step, null);
        StateHasChanged();
        try
        {
            await work();
        }
        catch (UsageRefusedException exception)
        {
            _refusal = exception.Message;
        }
        catch (OperationCanceledException)
        {
            _refusal = _left.IsCancellationRequested ? null : Texts.UsageCancelled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFailed(exception);
            _refusal = Data.StorageFault.SentenceOf(exception) ?? Catalog.CatalogTexts.UploadBroken;
        }
        finally
        {
            _step = null;
        }
    }

    private void Discard()
    {
        _file?.Dispose();
        (_file, _recognition, _preview, _refusal, _problems, _skipped) = (null, null, null, null, [], []);
    }

    private void Forget()
    {
        if (_upload is { } upload)
            Uploads.Forget(upload);
        _upload = null;
    }

    private string? ErrorAt(string path) => _problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    private static string NameOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        // Of logs.csv.gz neither ending is part of the name.
        return Path.GetExtension(file) is ".gz" or ".zst" ? Path.GetFileNameWithoutExtension(name) : name;
    }

    private void LogFailed(Exception exception) => Log.LogError(exception, "A log could not be stored or read");

    private sealed record Outcome(long SetId, bool IsNew, string Text, IReadOnlyList<UsageSkipped> Skipped);
}
