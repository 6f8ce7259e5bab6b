using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Planner.Domain.Finance;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>The horizon: sums of each option, the switch to each, and the months.</summary>
public sealed partial class HorizonPanel : ComponentBase
{
    private const int MonthsOfYear = 12;

    private readonly ViewState _own = new();

    [Parameter, EditorRequired]
    public required HorizonView View { get; set; }

    /// <summary>For print: nothing to click, years instead of months.</summary>
    [Parameter]
    public bool Static { get; set; }

    /// <summary>Keeps which amounts are shown; null where no page does.</summary>
    [CascadingParameter]
    public ViewState? Address { get; set; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required PageFiles Files { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    private HorizonFace? Face => View.Faces.FirstOrDefault(face => face.Cash == Cash);

    private bool Cash => (Address ?? _own)["amounts"] == "cash";

    private void Ask(bool cash) => (Address ?? _own).Keep("amounts", cash ? "cash" : null);

    private static string Pressed(bool pressed) => pressed ? "true" : "false";

    private string Money(decimal? usd) => Format.Money(usd, View.Currency);

    private static HorizonMonth? First(HorizonRow row) => row.Horizon.Months.Count > 0 ? row.Horizon.Months[0] : null;

    /// <summary>Cash of the first month without what is paid once or buys machines and terms.</summary>
    private static decimal? OngoingCash(HorizonRow row) => First(row) is { } month ? month.CashUsd - month.OneOffUsd - month.CapitalUsd : null;

    private IEnumerable<HorizonMonth> Calendar => View.Rows.Select(row => row.Horizon.Months).FirstOrDefault(months => months.Count > 0) ?? [];

    private IEnumerable<HorizonMonth[]> CalendarYears => Calendar.Chunk(MonthsOfYear);

    private bool CostIsCash => View.Rows.All(row => row.Horizon.Months.All(month => month.CostUsd == month.CashUsd));

    private static decimal Sum(IEnumerable<HorizonMonth> months, bool cash) => months.Sum(month => cash ? month.CashUsd : month.CostUsd);

    private static string Span(HorizonMonth[] months) => months[0].Date is { } first ? AnswerTexts.YearSpan.With(first, months[^1].Date) : AnswerTexts.YearSpanNumbers.With(months[0].Month, months[^1].Month);

    private static HorizonMonth? At(HorizonRow row, int month) => month < row.Horizon.Months.Count ? row.Horizon.Months[month] : null;

    private async Task SaveAsync()
    {
        const string name = "cash-flow.csv";
        try
        {
            var shell = await Script.InvokeAsync<IJSObjectReference>("import", "./js/shell.js");
            // The mark at the front tells spreadsheets that this is UTF-8.
            await shell.InvokeVoidAsync("download", name, "text/csv;charset=utf-8", "\uFEFF" + Csv.Write(View.File));
            await Files.NoteAsync(name);
            await Scripts.ReleaseAsync(shell);
        }
        catch (JSException)
        {
            Toasts.Failed(Texts.ChartNotSaved.With(name));
        }
    }
}
