using Microsoft.AspNetCore.Components;
using Planner.Data.Reports;
using Planner.Data.Stores;
using Planner.Web.Reports;
using Planner.Web.Reports.Scheduled;

namespace Planner.Web.Components.Reports;

/// <summary>The reports of a scenario that are saved or sent regularly.</summary>
public sealed partial class SchedulesPage
{
    private IReadOnlyList<ReportSchedule>? _schedules;
    private string _name = "";

    /// <summary>The scenario.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    [Inject]
    public required ReportScheduleStore Schedules { get; init; }

    [Inject]
    public required DeliveryOptions Options { get; init; }

    [Inject]
    public required PdfPrinter Printer { get; init; }

    /// <summary>What this server cannot do, and why, in sentences.</summary>
    private IReadOnlyList<string> Missing =>
        [.. new[] { Options.Folder is null ? DeliveryTexts.NoFolder : null, Options.Mail is null ? DeliveryTexts.NoMail : null, Printer.Unavailable }.OfType<string>()];

    protected override SchedulesState Read(Uri address) => new();

    protected override string Write(SchedulesState state) => SchedulesState.PathOf(Id);

    protected override async Task LoadAsync(SchedulesState state, CancellationToken cancellationToken)
    {
        if (await Scenarios.NameAsync(Id, cancellationToken) is not { } name)
        {
            Navigation.NotFound();
            return;
        }

        _name = name;
        _schedules = await Schedules.ListAsync(Id, cancellationToken);
    }
}
