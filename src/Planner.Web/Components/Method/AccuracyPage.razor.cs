using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain.Capacity;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Method;

/// <summary>What the capacity model's errors are, on the shipped rows and on a file of the reader's own.</summary>
public sealed partial class AccuracyPage : ActionComponent
{
    private const long MaxBytes = 32L * 1024 * 1024;

    private AccuracyReport? _own;
    private IReadOnlyDictionary<string, int> _skipped = new Dictionary<string, int>();
    private string _fileName = "";
    private int _round;

    [Inject]
    public required CatalogStore Catalog { get; init; }

    private Task JudgeAsync(IBrowserFile file) => DoAsync(async () =>
    {
        (_own, _fileName) = (null, file.Name);
        try
        {
            if (file.Size > MaxBytes)
            {
                Refusal = SharedTexts.UploadTooLarge.With(file.Name, MaxBytes / (1024 * 1024));
                return;
            }

            using var content = new MemoryStream();
            await using (var stream = file.OpenReadStream(MaxBytes, Leaving))
            {
                await stream.CopyToAsync(content, Leaving);
            }

            var (models, gpus) = (await Catalog.Models.AllAsync(Leaving), await Catalog.Gpus.AllAsync(Leaving));
            // Thousands of evaluations: not on the circuit's own thread.
            var (reading, report) = await Task.Run(
                () =>
                {
                    var read = CalibrationReader.Read(content.GetBuffer().AsMemory(0, (int)content.Length), models, gpus);
                    return (read, read.Refusal is null ? Accuracy.Of(read.Rows, Calibration.Shipped) : null);
                },
                Leaving);
            (_own, _skipped, Refusal) = (report, reading.Skipped, reading.Refusal is { } refusal ? $"{file.Name}: {refusal}" : null);
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
}
