using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Measurements;

/// <summary>Takes a benchmark file, shows what is in it, asks for what it does not say, and stores it.</summary>
public sealed partial class ImportPanel : ActionComponent
{
    private const string FileId = "benchmark-file";
    private const int Shown = 8;

    private DeploymentFields? _fields;
    private BenchmarkFile? _file;
    private string _fileName = "";
    private DeploymentDraft? _draft;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<RowFault> _leftOut = [];
    private bool _over;
    private int _round;

    [Parameter, EditorRequired]
    public required CatalogChoices Choices { get; set; }

    /// <summary>Raised when runs were stored, or were found to be there already.</summary>
    [Parameter]
    public EventCallback<MeasurementImport> OnStored { get; set; }

    [Inject]
    public required MeasurementImporter Importer { get; init; }

    private string? OtherProblem => _problems.FirstOrDefault(problem => !DeploymentFields.Shows(problem.Path))?.Message;

    private Task ReadAsync(IBrowserFile chosen) => DoAsync(async () =>
    {
        Discard();
        if (chosen.Size > BenchmarkFiles.MaxBytes)
        {
            Refusal = SharedTexts.UploadTooLarge.With(chosen.Name, BenchmarkFiles.MaxBytes / (1024 * 1024));
            return;
        }

        try
        {
            await using var stream = chosen.OpenReadStream(BenchmarkFiles.MaxBytes, Leaving);
            var file = await BenchmarkFiles.ReadAsync(stream, Leaving);
            if (file.Reading.Refusal is { } refusal)
            {
                Refusal = $"{chosen.Name}: {refusal}";
                return;
            }

            var matcher = await Importer.MatcherAsync(Leaving);
            (_file, _fileName, _draft) = (file, chosen.Name, DeploymentDraft.From(file.Reading.Runs, matcher));
        }
        catch (Exception exception) when (exception is IOException or JSException)
        {
            Refusal = SharedTexts.UploadBroken;
        }
        finally
        {
            _round++;
        }
    });

    private Task StoreAsync() => DoAsync(async () =>
    {
        if (_file is not { } file || _draft is not { } draft || _fields?.IsUnreadable == true)
            return;
        var result = await Importer.ImportAsync(file, _fileName, draft.Read(), draft.Note, Leaving);
        _problems = result.Problems;
        if (result.Import is not { } import)
            return;
        Discard();
        // Rows that the file itself left out were seen before; these are the ones whose deployment stayed unknown.
        _leftOut = [.. result.Faults.Except(file.Reading.Faults)];
        await OnStored.InvokeAsync(import);
    });

    private void Discard() => (_file, _draft, Refusal, _problems, _leftOut) = (null, null, null, [], []);
}
