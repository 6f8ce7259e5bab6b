using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Charts;

/// <summary>
/// Sets a value for each hour of the week: strokes of the pointer or keys, whole days and hours, copies of days. Each stroke raises one change.
/// </summary>
public sealed partial class WeekEditor : ComponentBase, IAsyncDisposable
{
    private const string AllDays = "all";
    private const string Weekdays = "weekdays";
    private const string Weekend = "weekend";

    private readonly string _hint = $"week-{Guid.NewGuid():N}";
    private readonly HashSet<int> _selected = [];
    private ElementReference _grid;
    private IJSObjectReference? _module;
    private DotNetObjectReference<WeekEditor>? _self;
    private double _brush;
    private double _most;
    private bool _fault;
    private string _from = "0";
    private string _to = Weekdays;

    /// <summary>168 values from Monday 00:00 on.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<double> Values { get; set; }

    /// <summary>Raised with all 168 values at the end of each stroke that changes one.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<double>> ValuesChanged { get; set; }

    /// <summary>What is edited, such as "Load by hour of the week".</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>What an hour's value is called, such as "weight".</summary>
    [Parameter, EditorRequired]
    public required string ValueLabel { get; set; }

    /// <summary>Unit of the value to set, shown in its box.</summary>
    [Parameter]
    public string? Unit { get; set; }

    /// <summary>Least value, included; what clearing sets.</summary>
    [Parameter]
    public double Min { get; set; }

    /// <summary>Greatest value, included; null for none. With 0, 1 and a step of 1 hours are chosen or not.</summary>
    [Parameter]
    public double? Max { get; set; }

    /// <summary>What + and − change; a whole step allows whole values only.</summary>
    [Parameter]
    public double Step { get; set; } = 0.1;

    [Inject]
    public required IJSRuntime Script { get; init; }

    private static IReadOnlyList<SelectOption> Days => [.. WeekHours.DayNames.Select((name, day) => new SelectOption($"{day}", name))];

    private static IReadOnlyList<SelectOption> Targets =>
        [new(Weekdays, ChartTexts.MondayToFriday), new(Weekend, ChartTexts.Weekend), new(AllDays, ChartTexts.AllDays), .. Days];

    private bool IsChoice => Min == 0 && Max == 1 && Step == 1;

    private bool IsWhole => Step == Math.Floor(Step);

    private string FillText => _selected.Count switch
    {
        0 => ChartTexts.SetSelected,
        1 => ChartTexts.SetHoursOne,
        var hours => ChartTexts.SetHoursMany.With(hours),
    };

    private string Hint => IsChoice
        ? ChartTexts.ChoiceHint
        : ChartTexts.ValueHint;

    /// <summary>The end of a stroke: sets hours to one value.</summary>
    [JSInvokable]
    public Task Stroke(int[] hours, double value) => ApplyAsync(hours, _ => value);

    /// <summary>Changes hours by steps up or down.</summary>
    [JSInvokable]
    public Task Nudge(int[] hours, int steps) => ApplyAsync(hours, value => value + (steps * Step));

    [JSInvokable]
    public void Deselect()
    {
        _selected.Clear();
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        await Scripts.ReleaseAsync(_module);
    }

    protected override void OnInitialized() => _brush = IsChoice ? 1 : Allowed(Math.Max(1, Min));

    protected override void OnParametersSet() => _most = Values.Max();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _module = await Script.InvokeAsync<IJSObjectReference>("import", "./js/week-editor.js");
            _self = DotNetObjectReference.Create(this);
            await _module.InvokeVoidAsync("start", _grid, _self);
        }
        catch (JSDisconnectedException)
        {
            // The page was left while it was being made ready.
        }
        catch (JSException)
        {
            _fault = true;
            StateHasChanged();
        }
    }

    private static IReadOnlyList<int> Row(int day) => [.. Enumerable.Range(day * WeekHours.PerDay, WeekHours.PerDay)];

    private static IReadOnlyList<int> Column(int hour) => [.. Enumerable.Range(0, WeekHours.Days).Select(day => (day * WeekHours.PerDay) + hour)];

    private async Task ApplyAsync(IEnumerable<int> hours, Func<double, double> change)
    {
        var values = Values.ToArray();
        foreach (var hour in hours.Where(hour => hour is >= 0 and < WeekHours.Count))
        {
            values[hour] = Allowed(change(values[hour]));
        }

        await RaiseAsync(values);
    }

    private async Task RaiseAsync(double[] values)
    {
        if (!values.SequenceEqual(Values))
        {
            await ValuesChanged.InvokeAsync(values);
        }

        // A stroke comes from the script, after which nothing draws by itself.
        StateHasChanged();
    }

    /// <summary>The nearest value allowed; what is no number becomes the least.</summary>
    private double Allowed(double value)
    {
        if (!double.IsFinite(value))
        {
            return Min;
        }

        // Steps of a tenth leave 0.30000000000000004 otherwise.
        var near = IsWhole ? Math.Round(value) : Math.Round(value, 6);
        return Math.Clamp(near, Min, Max ?? double.MaxValue);
    }

    private void Dip(decimal? value) => _brush = Allowed((double)(value ?? 0));

    private void Select(IReadOnlyList<int> hours)
    {
        if (hours.All(_selected.Contains))
        {
            _selected.ExceptWith(hours);
        }
        else
        {
            _selected.UnionWith(hours);
        }
    }

    private Task FillAsync() => ApplyAsync(_selected, _ => _brush);

    private Task ClearAsync() => RaiseAsync([.. Enumerable.Repeat(Min, WeekHours.Count)]);

    private Task CopyAsync()
    {
        var from = int.Parse(_from, CultureInfo.InvariantCulture) * WeekHours.PerDay;
        var days = _to switch
        {
            AllDays => Enumerable.Range(0, WeekHours.Days),
            Weekdays => Enumerable.Range(0, 5),
            Weekend => Enumerable.Range(5, 2),
            _ => [int.Parse(_to, CultureInfo.InvariantCulture)],
        };
        var values = Values.ToArray();
        foreach (var hour in days.SelectMany(Row))
        {
            values[hour] = Values[from + (hour % WeekHours.PerDay)];
        }

        return RaiseAsync(values);
    }

    private string Name(int hour) => IsChoice
        ? (Values[hour] > 0 ? ChartTexts.HourChosen : ChartTexts.HourNotChosen).With(WeekHours.Name(hour), ValueLabel)
        : $"{WeekHours.Name(hour)}, {ValueLabel} {Write(Values[hour])}";

    /// <summary>As many digits as a cell holds; the name has them all.</summary>
    private string Mark(int hour) => (IsChoice, Values[hour]) switch
    {
        (true, > 0) => "✓",
        (true, _) => "",
        (_, >= 1e6) => Format.Count(Values[hour]),
        (_, >= 100) => Values[hour].ToString("0", CultureInfo.CurrentCulture),
        (_, >= 10) => Values[hour].ToString("0.#", CultureInfo.CurrentCulture),
        _ => Values[hour].ToString("0.##", CultureInfo.CurrentCulture),
    };

    private double Share(int hour)
    {
        var most = IsChoice ? 1 : _most;
        return most > Min ? Math.Clamp((Values[hour] - Min) / (most - Min), 0, 1) : 0;
    }

    private string Place(int hour) => string.Create(
        CultureInfo.InvariantCulture, $"--d:{hour / WeekHours.PerDay};--h:{hour % WeekHours.PerDay};--share:{Share(hour) * 100:0.#}%");

    private string Pressed(IReadOnlyList<int> hours) => hours.All(_selected.Contains) ? "true" : "false";

    private static string Write(double value) => ChartFigures.Write(value, ChartUnit.Count);
}
