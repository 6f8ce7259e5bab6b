using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Measurements;

/// <summary>Takes a benchmark file, shows what is in it, asks for what it does not say, and stores it.</summary>
public sealed partial class ImportPanel : ActionComponent, IDisposable
{
    private const string FileId = "benchmark-file";
    private const int Shown = 8;

    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;
    private DeploymentFields? _fields;
    private BenchmarkFile? _file;
    private string _fileName = "";
    private DeploymentDraft? _draft;
    private string? _refusal;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<RowFault> _leftOut = [];
    private bool _busy;
    private bool _over;
    private int _round;

    // The source is gone with the page, but what the panel began still asks.
    public ImportPanel() => _left = _leaving.Token;

    [Parameter, EditorRequired]
    public required CatalogChoices Choices { get; set; }

    /// <summary>Raised when runs were stored, or were found to be there already.</summary>
    [Parameter]
    public EventCallback<MeasurementImport> OnStored { get; set; }

    [Inject]
    public required MeasurementImporter Importer { get; init; }

    private string? OtherProblem => _problems.FirstOrDefault(problem => !DeploymentFields.Shows(problem.Path))?.Message;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task ReadAsync(IBrowserFile chosen)
    {
        Discard();
        if (chosen.Size > BenchmarkFiles.MaxBytes)
        {
            Refuse(Catalog.CatalogTexts.UploadTooLarge, chosen.Name, BenchmarkFiles.MaxBytes / (1024 * 1024));
            return;
        }

        _busy = true;
        try
        {
            await using var stream = chosen.OpenReadStream(BenchmarkFiles.MaxBytes, _left);
            var file = await BenchmarkFiles.ReadAsync(stream, _left);
            if (file.Reading.Refusal is { } refusal)
            {
                _refusal = $"{chosen.Name}: {refusal}";
                return;
            }

            var matcher = await Importer.MatcherAsync(_left);
            (_file, _fileName, _draft) = (file, chosen.Name, DeploymentDraft.From(file.Reading.Runs, matcher));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception exception) when (exception is IOException or JSException)
        {
            Refuse(Catalog.CatalogTexts.UploadBroken);
        }
        finally
        {
            (_busy, _round) = (false, _round + 1);
        }
    }

    private async Task StoreAsync()
    {
        if (_file is not { } file || _draft is not { } draft || _fields?.IsUnreadable == true)
            return;
        _busy = true;
        try
        {
            var result = await Importer.ImportAsync(file, _fileName, draft.Read(), draft.Note, _left);
            _problems = result.Problems;
            if (result.Import is not { } import)
                return;
            Discard();
            // Rows that the file itself left out were seen before; these are the ones whose deployment stayed unknown.
            _leftOut = [.. result.Faults.Except(file.Reading.Faults)];
            await OnStored.InvokeAsync(import);
        }
        catch (OperationCanceledException)
        {
            // The page was left; nothing was stored.
        }
        finally
        {
            _busy = false;
        }
    }

    private void Discard() => (_file, _draft, _refusal, _problems, _leftOut) = (null, null, null, [], []);

    private void Refuse(string text, params object[] values) => _refusal = text.With(values);
}
