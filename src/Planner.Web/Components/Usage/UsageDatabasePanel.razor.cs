using System.Globalization;
using Microsoft.AspNetCore.Components;
using Planner.Data.Usage;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>Has a configured database of logs count: a new measured workload, or one of it once more.</summary>
public sealed partial class UsageDatabasePanel : ActionComponent
{
    private CancellationTokenSource? _work;
    private IReadOnlyList<Problem> _problems = [];
    private string? _database;
    private string? _name;
    private DateOnly? _first;
    private DateOnly? _last;
    private string? _found;
    private double? _share;

    /// <summary>The measured workload to measure again; null for a new one.</summary>
    [Parameter]
    public UsageSet? Set { get; set; }

    /// <summary>Raised with the measured workload that was measured.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<long> OnMeasured { get; set; }

    [Inject]
    public required UsageDatabases Databases { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private IReadOnlyList<SelectOption> Choices => [.. Databases.All.Select(database => new SelectOption(database.Name, database.Name))];

    private UsageDatabase? Chosen => Databases.All.FirstOrDefault(database => database.Name.Equals(_database, StringComparison.OrdinalIgnoreCase));

    protected override void OnInitialized()
    {
        _database = Set?.Database ?? (Databases.All is [var first, ..] ? first.Name : null);
        _name = _database;
        _last = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        _first = _last.Value.AddDays(1 - UsageDatabases.DefaultDays);
    }

    private void Choose(string? database)
    {
        // The name follows the database until somebody gives another one.
        if (_name == _database)
            _name = database;
        (_database, _found, Refusal, _problems) = (database, null, null, []);
    }

    private Task CheckAsync() => AskAsync(UsageTexts.StepAsking.With(_database), async cancellationToken =>
    {
        if (await Databases.CheckAsync(_database!, cancellationToken) is { } fault)
            Refusal = fault;
        else
            _found = Texts.UsageDatabaseReady.With(_database!, UsageWords.Of(Chosen?.Kind));
    });

    private Task MeasureAsync() => AskAsync(UsageTexts.StepDatabaseCounting.With(_database), async cancellationToken =>
    {
        if (_first is not { } first || _last is not { } last)
        {
            _problems = [new Problem(_first is null ? "from" : "to", Texts.UsageDayMissing)];
            return;
        }

        var (from, to) = (first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var progress = new Progress<double>(Counted);
        var (id, measurement) = Set is { } set
            ? (set.Id, await Databases.MeasureAsync(set.Id, from, to, progress, cancellationToken))
            : await Databases.MeasureNewAsync(_name, _database!, from, to, progress, cancellationToken);
        switch (measurement)
        {
            case UsageMeasurement.Measured measured:
                var counted = Texts.UsageMeasured.With(_database!, UsageWords.Span(measured.Profile.FromUtc, measured.Profile.ToUtc));
                Toasts.Done(measured.LeftOut == 0 ? counted : $"{counted} {Texts.UsageLeftOut.With(UsageWords.Counted(measured.LeftOut, UsageTexts.RequestsOne, UsageTexts.RequestsMany))}");
                await OnMeasured.InvokeAsync(id!.Value);
                break;
            case UsageMeasurement.Refused refused:
                _problems = refused.Problems;
                Refusal = refused.Problems.FirstOrDefault(problem => problem.Path.Length == 0)?.Message;
                break;
            default:
                Refusal = Texts.UsageDeleted;
                break;
        }
    });

    private void Counted(double share)
    {
        _share = share;
        StateHasChanged();
    }

    private async Task CancelAsync()
    {
        if (_work is { } work)
            await work.CancelAsync();
    }

    private Task AskAsync(string step, Func<CancellationToken, Task> work) => DoAsync(step, async () =>
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        (_work, _share, _found, _problems) = (source, null, null, []);
        try
        {
            await work(source.Token);
        }
        catch (OperationCanceledException) when (!Leaving.IsCancellationRequested)
        {
            Refusal = Texts.UsageMeasuringCancelled;
        }
        finally
        {
            _work = null;
        }
    });

    private string? ErrorAt(string path) => _problems.FirstOrDefault(problem => problem.Path == path)?.Message;

    private static string? Written(DateOnly? day) => day is null ? null : Format.Day(day);

    private static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
