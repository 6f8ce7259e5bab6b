using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain.Capacity;

namespace Planner.Web.Components.Method;

/// <summary>What the capacity model's errors are, on the shipped rows and on a file of the reader's own.</summary>
public sealed partial class AccuracyPage : IDisposable
{
    private const long MaxBytes = 32L * 1024 * 1024;

    private readonly CancellationTokenSource _leaving = new();
    private AccuracyReport? _own;
    private IReadOnlyDictionary<string, int> _skipped = new Dictionary<string, int>();
    private string? _refusal;
    private string _fileName = "";
    private bool _busy;
    private int _round;

    [Inject]
    public required CatalogStore Catalog { get; init; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private async Task JudgeAsync(IBrowserFile file)
    {
        (_own, _refusal, _fileName, _busy) = (null, null, file.Name, true);
        _round++;
        if (file.Size > MaxBytes)
        {
            (_refusal, _busy) = (Planner.Web.Components.Catalog.CatalogTexts.UploadTooLarge.With(file.Name, MaxBytes / (1024 * 1024)), false);
            return;
        }

        var left = _leaving.Token;
        try
        {
            using var content = new MemoryStream();
            await using (var stream = file.OpenReadStream(MaxBytes, left))
            {
                await stream.CopyToAsync(content, left);
            }

            var (models, gpus) = (await Catalog.Models.AllAsync(left), await Catalog.Gpus.AllAsync(left));
            // Thousands of evaluations: not on the circuit's own thread.
            var (reading, report) = await Task.Run(
                () =>
                {
                    var read = CalibrationReader.Read(content.GetBuffer().AsMemory(0, (int)content.Length), models, gpus);
                    return (read, read.Refusal is null ? Accuracy.Of(read.Rows, Calibration.Shipped) : null);
                },
                left);
            (_own, _skipped, _refusal) = (report, reading.Skipped, reading.Refusal is { } refusal ? $"{file.Name}: {refusal}" : null);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception exception) when (exception is IOException or JSException)
        {
            _refusal = Planner.Web.Components.Catalog.CatalogTexts.UploadBroken;
        }
        finally
        {
            _busy = false;
        }
    }
}
