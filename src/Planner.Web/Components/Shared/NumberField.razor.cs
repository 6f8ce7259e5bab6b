using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Planner.Web.Components.Shared;

/// <summary>A number with its unit in the box. What is typed stays as typed until the box is left; what cannot be read raises a problem and no value.</summary>
public sealed partial class NumberField : FieldBase, IDisposable
{
    // Longer numbers are cut in a narrow box where its unit is in it too.
    private const int FitsBesideUnit = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    private string _text = "";
    private decimal? _value;
    private string? _problem;
    private bool _initialised;
    private CancellationTokenSource? _pause;

    // Where the slider stood when it was taken hold of: until it is let go its place is the browser's, and nothing is drawn over it.
    private decimal? _held;

    /// <summary>The value; null is empty.</summary>
    [Parameter]
    public decimal? Value { get; set; }

    /// <summary>Raised with each value that can be read: at the first key, 120 ms after the last of several, and when the box is left.</summary>
    [Parameter]
    public EventCallback<decimal?> ValueChanged { get; set; }

    /// <summary>Raised when the text stops or starts being readable: the message, or null.</summary>
    [Parameter]
    public EventCallback<string?> ProblemChanged { get; set; }

    /// <summary>Unit shown inside the box.</summary>
    [Parameter]
    public string? Unit { get; set; }

    /// <summary>What applies where the box is empty; shown in grey.</summary>
    [Parameter]
    public decimal? Default { get; set; }

    /// <summary>Least value, included; 0 unless set, null for none.</summary>
    [Parameter]
    public decimal? Min { get; set; } = 0;

    /// <summary>Greatest value, included.</summary>
    [Parameter]
    public decimal? Max { get; set; }

    /// <summary>The value is a share and is shown and typed in percent.</summary>
    [Parameter]
    public bool Percent { get; set; }

    /// <summary>True where the value is a part of a whole, 0 to 1: a slider goes with the box.</summary>
    [Parameter]
    public bool Slides { get; set; }

    /// <summary>True where the value counts things: buttons go with the box that make it one more or one fewer.</summary>
    [Parameter]
    public bool Steps { get; set; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Suffix => Percent ? Unit ?? "%" : Unit;

    // What cannot be read comes first: the page's message speaks of the value before it.
    private string? Shown => _problem ?? Error;

    // The unit is read after the label, with the hint and the error.
    private string? Described => Suffix is null ? Describe(Shown) : $"{ElementId}-unit {Describe(Shown)}".TrimEnd();

    /// <summary>What the box says, in the unit that it shows.</summary>
    private NumberReading Reading => NumberText.Read(Percent ? _text.Trim().TrimEnd('%') : _text, CultureInfo.CurrentCulture);

    private decimal Place => Math.Clamp(Displayed(_value ?? Default) ?? 0, 0, 100);

    private bool CanSlide => Slides && !Disabled;

    private bool CanStep => Steps && !Disabled;

    private decimal Scale => Percent ? 100 : 1;

    public void Dispose()
    {
        _pause?.Cancel();
        _pause?.Dispose();
        _pause = null;
    }

    protected override void OnParametersSet()
    {
        // Only a value from outside replaces the text: an echo of what was typed must not move the caret.
        if (!_initialised || Value != _value)
        {
            _initialised = true;
            _value = Value;
            _text = NumberText.Write(Displayed(Value), CultureInfo.CurrentCulture);
            _problem = null;
        }
    }

    private async Task SlidAsync(ChangeEventArgs change)
    {
        _held ??= Place;
        if (decimal.TryParse(change.Value as string, NumberStyles.Number, CultureInfo.InvariantCulture, out var place))
            await Typed(NumberText.Write(place, CultureInfo.CurrentCulture));
    }

    private Task ReleasedAsync()
    {
        _held = null;
        return LeftAsync();
    }

    /// <summary>To the next whole number above or below what the box says, within what is allowed.</summary>
    private async Task StepAsync(int direction)
    {
        var said = Reading.Value;
        var from = said ?? Displayed(Default ?? Min) ?? 0;
        var next = direction > 0 ? Math.Floor(from) + 1 : Math.Ceiling(from) - 1;
        next = Math.Min(Math.Max(next, Displayed(Min) ?? next), Slides ? 100 : Displayed(Max) ?? decimal.MaxValue);
        if (next != said)
            await Typed(NumberText.Write(next, CultureInfo.CurrentCulture));
    }

    private decimal? Displayed(decimal? value) => value * Scale;

    /// <remarks>The first key after a pause answers at once, further keys when they pause; a problem only then, since half a number often is none.</remarks>
    private async Task Typed(string? text)
    {
        _text = text ?? "";
        var burst = _pause is { IsCancellationRequested: false };
        if (_pause is not null)
        {
            await _pause.CancelAsync();
            _pause.Dispose();
        }

        var pause = _pause = new CancellationTokenSource();
        var token = pause.Token;
        if (!burst)
        {
            await RaiseAsync(problems: false);
        }

        try
        {
            await Task.Delay(Pause, Clock, token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        // A further key, or the end of the page, may have come between the end of the pause and the turn of what follows it.
        if (!ReferenceEquals(pause, _pause))
        {
            return;
        }

        pause.Cancel();
        await RaiseAsync();
    }

    private async Task LeftAsync()
    {
        // Not awaited: the click that left the box is the next event, and must find what was typed.
        _pause?.Cancel();
        await RaiseAsync();
        if (_problem is null)
        {
            _text = NumberText.Write(Displayed(_value), CultureInfo.CurrentCulture);
        }
    }

    private async Task RaiseAsync(bool problems = true)
    {
        var reading = Reading;
        var value = reading.Value / Scale;
        var problem = reading.Problem ?? OutOfRange(value);
        if (problem != _problem && (problems || problem is null))
        {
            _problem = problem;
            await ProblemChanged.InvokeAsync(problem);
        }

        if (problem is null && value != _value)
        {
            _value = value;
            await ValueChanged.InvokeAsync(value);
        }
    }

    private string? OutOfRange(decimal? value) => value switch
    {
        < 0 when Min == 0 => Texts.NumberNegative,
        { } low when low < Min => Message(Texts.NumberBelow, Min),
        { } high when high > Max => Message(Texts.NumberAbove, Max),
        _ => null,
    };

    private string Message(string text, decimal? limit) =>
        text.With(NumberText.Write(Displayed(limit), CultureInfo.CurrentCulture) + (Suffix is null ? "" : $" {Suffix}"));
}
