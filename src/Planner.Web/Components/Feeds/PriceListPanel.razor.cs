using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Planner.Data.Accounts;
using Planner.Data.Entities;
using Planner.Data.Feeds;
using Planner.Data.Stores;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Feeds;

/// <summary>Takes a file of an own price list, asks what its columns mean where nobody has said it yet, and publishes it.</summary>
public sealed partial class PriceListPanel : ActionComponent
{
    private const string FileId = "price-list-file";

    private byte[] _content = [];
    private string _fileName = "";
    private PriceListPreview? _look;
    private string? _name;
    private string? _nameFault;
    private Outcome? _outcome;
    private bool _over;
    private int _round;
    private int _refusedChanges;

    /// <summary>The own lists.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FeedOptions> Lists { get; set; }

    /// <summary>The list that the file is of; null for a new one.</summary>
    [Parameter]
    public string? ListId { get; set; }

    [Parameter]
    public EventCallback<string?> ListIdChanged { get; set; }

    /// <summary>Raised when a file was published.</summary>
    [Parameter]
    public EventCallback OnPublished { get; set; }

    [Inject]
    public required PriceListDesk Desk { get; init; }

    [Inject]
    public required FeedRunStore Runs { get; init; }

    private IReadOnlyList<SelectOption> Choices => [new("", FeedsTexts.NewList), .. Lists.Select(list => new SelectOption(list.Id, list.Name))];

    private string? ListName => Lists.FirstOrDefault(list => list.Id == ListId)?.Name;

    private async Task ChooseAsync(string? id)
    {
        Discard();
        await ListIdChanged.InvokeAsync(string.IsNullOrEmpty(id) ? null : id);
    }

    private Task ReadAsync(IBrowserFile chosen)
    {
        Discard();
        if (chosen.Size > PriceListFile.MaxBytes)
            return LeaveAsync(SharedTexts.UploadTooLarge.With(chosen.Name, PriceListFile.MaxBytes / (1024 * 1024)));
        return chosen.Size == 0 ? LeaveAsync(SharedTexts.UploadEmpty.With(chosen.Name)) : TakeAsync(FeedsTexts.StepReading.With(chosen.Name), async () =>
        {
            await using (var stream = chosen.OpenReadStream(PriceListFile.MaxBytes, Leaving))
            {
                _content = await PriceListFile.ReadAsync(stream, Leaving);
            }

            var known = ListId is { } id ? Desk.MappingOf(id) : null;
            var look = await LookAsync(known);
            if (look.File.Refusal is { } refusal)
            {
                Refusal = $"{chosen.Name}: {refusal}";
                return;
            }

            (_fileName, _name) = (chosen.Name, Path.GetFileNameWithoutExtension(chosen.Name));
            // What its columns mean is known, and they are there.
            if (known is not null && look.Refusal is null)
                await EndAsync(ListName ?? ListId!, await Desk.ImportAsync(ListId!, _content, Leaving));
            else
                _look = look;
        });
    }

    private Task MapAsync(PriceMapping mapping) => TakeAsync(FeedsTexts.StepReadingAgain, async () =>
    {
        // Cells parted otherwise are other columns: what they mean is proposed anew.
        if (mapping.Delimiter != _look?.Mapping.Delimiter)
            mapping = PriceListFile.Open(_content, mapping.Delimiter).Suggest() with { Delimiter = mapping.Delimiter, DefaultSeller = mapping.DefaultSeller };
        var look = await LookAsync(mapping);
        // Without columns there would be nothing to choose from any more.
        if (look.File.Refusal is { } refusal)
            (Refusal, _refusedChanges) = (refusal, _refusedChanges + 1);
        else
            _look = look;
    });

    private Task PublishAsync() => _look is not { Refusal: null } look ? Task.CompletedTask : TakeAsync(FeedsTexts.StepChecking, async () =>
    {
        _nameFault = null;
        if (ListId is { } id)
        {
            if (await Task.Run(() => Desk.ImportAsync(id, look.Mapping, _content, Leaving), Leaving) is { } next)
                await EndAsync(ListName ?? id, next);
            else
                Refusal = FeedsTexts.PriceListGone;
            return;
        }

        var added = await Task.Run(() => Desk.AddAsync(_name, look.Mapping, _content, Leaving), Leaving);
        _nameFault = added.Problems.FirstOrDefault(problem => problem.Path == "name")?.Message;
        Refusal = added.Problems.FirstOrDefault(problem => problem.Path != "name")?.Message;
        if (added.Run is { } run)
            await EndAsync(_name!.Trim(), run);
    });

    private async Task EndAsync(string name, FeedRunRow run)
    {
        var held = (await Runs.GetAsync(run.Id, Leaving))?.Quarantined.Count ?? 0;
        Discard();
        _outcome = new(
            run.Status, RunStatus.KindOf(run.Status),
            run.Reason ?? FeedsTexts.PriceListPublished.With(name, Format.Number(run.Published), Format.Number(run.Added), Format.Number(run.Changed), Format.Number(run.Retired), Format.Number(held)), run.Id);
        await OnPublished.InvokeAsync();
    }

    // Off the circuit's thread: a file may be large, and it is compared with the catalog.
    private Task<PriceListPreview> LookAsync(PriceMapping? mapping) => Task.Run(() => Desk.PreviewAsync(_content, mapping, ListId, Leaving), Leaving);

    private Task TakeAsync(string step, Func<Task> work) => DoAsync(step, async () =>
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is IOException or JSException)
        {
            Refusal = SharedTexts.UploadBroken;
        }
        // The panel must say that it did not work, whatever the reason.
#pragma warning disable CA1031
        catch (Exception exception) when (exception is not (AccessRefusedException or OperationCanceledException))
#pragma warning restore CA1031
        {
            Loggers.CreateLogger<PriceListPanel>().LogError(exception, "A price list could not be read or imported");
            Refusal = FeedsTexts.PriceListFailed;
        }
        finally
        {
            _round++;
        }
    });

    private void Discard() => (_content, _look, Refusal, _nameFault, _outcome) = ([], null, null, null, null);

    private Task LeaveAsync(string why)
    {
        (Refusal, _round) = (why, _round + 1);
        return Task.CompletedTask;
    }

    private static string Summary(PriceListPreview look)
    {
        var reading = look.Read.Reading;
        var skipped = reading.Skipped.Values.Sum();
        var held = look.Effects.Count - look.Publishable;
        List<string> read = [Counted(reading.Rows.Count, FeedsTexts.SummaryReadOne, FeedsTexts.SummaryReadMany)];
        if (held > 0)
            read.Add(FeedsTexts.SummaryHeld.With(Format.Number(held)));
        if (reading.Refused.Count > 0)
            read.Add(Counted(reading.Refused.Count, FeedsTexts.SummaryRefusedOne, FeedsTexts.SummaryRefusedMany));
        if (skipped > 0)
            read.Add(Counted(skipped, FeedsTexts.SummarySkippedOne, FeedsTexts.SummarySkippedMany));
        return FeedsTexts.Summary.With(Counted(look.File.Columns.Count, FeedsTexts.SummaryColumnsOne, FeedsTexts.SummaryColumnsMany), string.Join(", ", read));
    }

    private static string Counted(int count, string one, string many) => (count == 1 ? one : many).With(Format.Number(count));

    private sealed record Outcome(string Status, StatusKind Kind, string Text, long RunId);
}
