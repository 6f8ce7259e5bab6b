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
    private string? _name;
    private double _share;
    private long _size;
    private bool _over;

    // A file that is chosen before the script listens would be lost.
    private bool _listening;

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
        if (Busy)
            return null;
        Discard();
        _result = null;
        if (size > Options.Limits.MaxBytes)
            Refusal = SharedTexts.UploadTooLarge.With(name, Options.Limits.MaxBytes / (1024 * 1024));
        else if (size == 0)
            Refusal = SharedTexts.UploadEmpty.With(name);
        else
        {
            (_upload, _size, _share) = (Uploads.Await(name), size, 0);
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
        Dispose();
        if (_upload is { } upload)
            Uploads.Forget(upload);
        // While it is imported, the import disposes of it at its end.
        if (_work is null)
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
            _module = await Script.InvokeAsync<IJSObjectReference>("import", Leaving, "./js/usage-upload.js");
            _self = DotNetObjectReference.Create(this);
            await _module.InvokeVoidAsync("start", Leaving, _input, _self);
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
        await TakeAsync(UsageTexts.StepSending.With(upload.Name), async () =>
        {
            if (await SentAsync(upload) is not { } file)
                return;
            if (Leaving.IsCancellationRequested)
            {
                file.Dispose();
                return;
            }

            (_file, _name, Doing) = (file, NameOf(file.Name), UsageTexts.StepLooking.With(file.Name));
            StateHasChanged();
            var recognition = await Importer.RecogniseAsync(file, Leaving);
            (_recognition, _mapping) = (recognition, recognition.Mapping);
            _preview = await Importer.PreviewAsync(file, recognition.FormatId, recognition.Mapping, Leaving);
        });
        if (!Leaving.IsCancellationRequested)
            StateHasChanged();
    }

    private async Task<UsageFile?> SentAsync(UsageUpload upload)
    {
        try
        {
            return await upload.File;
        }
        catch (UsageRefusedException exception)
        {
            Refusal = $"{upload.Name}: {exception.Message}";
        }
        catch (OperationCanceledException)
        {
            Refusal = SharedTexts.UploadBroken;
        }
        finally
        {
            Forget();
        }

        return null;
    }

    private async Task MapAsync(UsageMapping mapping)
    {
        if (_file is not { } file || _recognition is not { } recognition)
            return;
        (_mapping, _problems, _skipped) = (mapping, [], []);
        await TakeAsync(UsageTexts.StepReading, async () =>
        {
            // Another choice may be made while the rows are read.
            for (UsageMapping? read = null; read != _mapping;)
            {
                read = _mapping;
                _preview = await Importer.PreviewAsync(file, recognition.FormatId, read, Leaving);
            }
        });
    }

    private Task ImportAsync() => _file is not { } file || _recognition is not { } recognition ? Task.CompletedTask : TakeAsync(UsageTexts.StepCounting.With(file.Name), async () =>
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        (_work, _share, _problems, _skipped) = (work, 0, [], []);
        try
        {
            var taken = await Desk.ImportAsync(SetId, _name, file, recognition, _mapping, new Progress<double>(Counted), work.Token);
            Show(taken, file);
            if (_result is not null)
                await OnImported.InvokeAsync();
        }
        finally
        {
            _work = null;
            if (Leaving.IsCancellationRequested)
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
                Refusal = string.Join(" ", refused.Problems.Select(problem => problem.Message));
                break;
            default:
                Refusal = Texts.UsageGone;
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
            await module.InvokeVoidAsync("cancel", Leaving, _input);
        }
    }

    private Task TakeAsync(string step, Func<Task> work) => DoAsync(step, async () =>
    {
        try
        {
            await work();
        }
        catch (UsageRefusedException exception)
        {
            Refusal = exception.Message;
        }
        catch (OperationCanceledException) when (!Leaving.IsCancellationRequested)
        {
            Refusal = Texts.UsageCancelled;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFailed(exception);
            Refusal = Data.StorageFault.SentenceOf(exception) ?? SharedTexts.UploadBroken;
        }
    });

    private void Discard()
    {
        _file?.Dispose();
        (_file, _recognition, _preview, Refusal, _problems, _skipped) = (null, null, null, null, [], []);
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
