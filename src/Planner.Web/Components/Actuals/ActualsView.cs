using System.Globalization;
using Planner.Domain;
using Planner.Domain.Actuals;
using Planner.Domain.Costs;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Actuals;

/// <summary>A figure of the latest month.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The figure; <see cref="Format.Unknown"/> where it is not known.</param>
/// <param name="Detail">The plan and the error, or why it is not known.</param>
public sealed record ActualsTile(string Label, string Value, string Detail);

/// <summary>A month as its table shows it.</summary>
/// <param name="Month">yyyy-MM.</param>
/// <param name="Covered">How much of it was measured; null where all was.</param>
/// <param name="Cells">One a measure.</param>
public sealed record ActualsRow(string Month, string? Covered, IReadOnlyList<ActualsCell> Cells);

/// <summary>Plan and actual of a measure in a month.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Actual">The actual figure.</param>
/// <param name="Plan">The planned figure.</param>
/// <param name="Error">The forecast error, signed; null where there is none.</param>
/// <param name="Reason">Why the actual figure, or the plan, is not known; null where both are.</param>
/// <param name="ActualWorking">How the actual figure came about; null where it is not known.</param>
/// <param name="PlanWorking">How the plan came about; null where it is not known.</param>
public sealed record ActualsCell(string Measure, string Actual, string Plan, string? Error, string? Reason, Working? ActualWorking, Working? PlanWorking);

/// <summary>Plan against actual as its page shows it.</summary>
public sealed record ActualsView
{
    /// <summary>The month of the tiles.</summary>
    public required string Latest { get; init; }

    public required IReadOnlyList<ActualsTile> Tiles { get; init; }

    /// <summary>The months, the latest first.</summary>
    public required IReadOnlyList<ActualsRow> Rows { get; init; }

    /// <summary>Plan and actual as lines with a step a month; empty where neither is known.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>The chart's finding.</summary>
    public required string Title { get; init; }

    /// <summary>The first month of the chart.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Head and rows for a file: invariant, unrounded, USD.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> File { get; init; }

    /// <summary>What a measure is called.</summary>
    public static string NameOf(string measure) => measure switch
    {
        ActualMeasures.Cost => ActualsTexts.Cost,
        ActualMeasures.InputTokens => ActualsTexts.PromptTokens,
        ActualMeasures.OutputTokens => ActualsTexts.GeneratedTokens,
        ActualMeasures.UsdPerMillionTokens => ActualsTexts.Rate,
        ActualMeasures.Utilization => ActualsTexts.Utilization,
        ActualMeasures.GpuHours => ActualsTexts.GpuHours,
        ActualMeasures.TtftP95 => ActualsTexts.TtftP95,
        _ => ActualsTexts.ItlP95,
    };

    /// <summary>What a figure of the months is called in an address.</summary>
    /// <param name="month">yyyy-MM.</param>
    /// <param name="measure">One of <see cref="ActualMeasures"/>.</param>
    /// <param name="planned">True for the plan.</param>
    public static string KeyOf(string month, string measure, bool planned) => $"{month}.{measure}{(planned ? ".plan" : "")}";

    /// <summary>How a figure of the months came about; null where there is none of that key, or it is not known.</summary>
    public Working? WorkingOf(string? key) => Rows.SelectMany(row => row.Cells, (row, cell) =>
        key == KeyOf(row.Month, cell.Measure, planned: false) ? cell.ActualWorking : key == KeyOf(row.Month, cell.Measure, planned: true) ? cell.PlanWorking : null).FirstOrDefault(working => working is not null);

    /// <summary>How a measure's axis is written.</summary>
    public static ChartUnit UnitOf(string measure) => measure switch
    {
        ActualMeasures.Cost => ChartUnit.Usd,
        ActualMeasures.UsdPerMillionTokens => ChartUnit.Rate,
        ActualMeasures.Utilization => ChartUnit.Percent,
        _ => ChartUnit.Count,
    };

    /// <summary>The view; null where nothing was measured.</summary>
    public static ActualsView? Of(PlanAgainstActual compared, string measure, DisplayCurrency currency)
    {
        ArgumentNullException.ThrowIfNull(compared);
        if (compared.Months is not [var first, ..] || compared.Months is not [.., var latest])
            return null;
        return new ActualsView
        {
            Latest = latest.Month,
            Tiles = [.. ActualMeasures.All.Select(one => TileOf(latest[one], currency)), ErrorTile(compared)],
            Rows = [.. compared.Months.Reverse().Select(month => new ActualsRow(month.Month, Covered(month), [.. month.Figures.Select(figure => CellOf(month, figure, compared.OptionName, currency))]))],
            Series = SeriesOf(compared, measure),
            Title = TitleOf(latest, measure, currency),
            Start = DateOnly.ParseExact(first.Month, "yyyy-MM", CultureInfo.InvariantCulture),
            File =
            [
                ["Month", "Covered", .. ActualMeasures.All.SelectMany(one => new[] { $"{one} plan, {ActualMeasures.UnitOf(one)}", $"{one} actual, {ActualMeasures.UnitOf(one)}", $"{one} error, share" })],
                .. compared.Months.Select(FileRow),
            ],
        };
    }

    /// <summary>A figure of a measure in words.</summary>
    public static string Write(string measure, ActualFigure figure, DisplayCurrency currency)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure.Value is not { } value)
            return Format.Unknown;
        var text = measure switch
        {
            ActualMeasures.Cost => Math.Abs(value) < 1e22 ? Format.Money((decimal)value, currency) : Format.Count(value),
            ActualMeasures.UsdPerMillionTokens => Format.Rate(value, currency),
            ActualMeasures.Utilization => Format.Percent(value),
            ActualMeasures.TtftP95 or ActualMeasures.ItlP95 => Wording.Seconds(value),
            _ => Format.Count(value),
        };
        return figure.IsAbove ? ActualsTexts.Above.With(text) : text;
    }

    /// <summary>A forecast error with its sign: "+12.7 %", "−4 %".</summary>
    public static string? Signed(double? share) => share is not { } error ? null : Math.Abs(error) < 0.0005 ? Format.Percent(0d) : (error > 0 ? "+" : "") + Format.Percent(error);

    private static ActualsTile TileOf(MonthComparison figure, DisplayCurrency currency)
    {
        var detail = figure.Actual.Unknown ?? (figure.Plan.Unknown is { } unknown ? unknown
            : (Signed(figure.ErrorShare) is not null ? ActualsTexts.TilePlanError : ActualsTexts.TilePlan).With(Write(figure.Measure, figure.Plan, currency), Signed(figure.ErrorShare)));
        return new ActualsTile(NameOf(figure.Measure), Write(figure.Measure, figure.Actual, currency), detail);
    }

    private static ActualsTile ErrorTile(PlanAgainstActual compared)
    {
        var error = compared.Errors.First(one => one.Measure == ActualMeasures.Cost);
        return error.Share is { } share
            ? new ActualsTile(ActualsTexts.ForecastError, Format.Percent(share), ActualsTexts.ForecastErrorDetail.With(error.Months))
            : new ActualsTile(ActualsTexts.ForecastError, Format.Unknown, (error.Months == 1 ? ActualsTexts.ForecastErrorUnknownOne : ActualsTexts.ForecastErrorUnknownMany).With(MeanError.FewestMonths, error.Months));
    }

    private static string? Covered(ActualMonth month) => month.IsWhole ? null
        : string.Join("; ", month.Coverage.Where(source => !source.IsWhole).Select(source => (month.Coverage.Count > 1 ? ActualsTexts.CoveredOfSource : ActualsTexts.CoveredOf).With(Digits(source.Covered), Digits(source.Of), source.Unit == "hours" ? ActualsTexts.OfHours : ActualsTexts.OfDays, source.Source)));

    private static string Digits(double amount) => amount is > 0 and < 0.05 ? ActualsTexts.LessThanTenth : Format.Number(decimal.Round((decimal)amount, 1));

    private static ActualsCell CellOf(ActualMonth month, MonthComparison figure, string option, DisplayCurrency currency) => new(
        figure.Measure, Write(figure.Measure, figure.Actual, currency), Write(figure.Measure, figure.Plan, currency), Signed(figure.ErrorShare), figure.Actual.Unknown ?? figure.Plan.Unknown,
        WorkingOf(ActualsTexts.WorkingActual.With(option, month.Month, NameOf(figure.Measure)), figure.Measure, figure.Actual, currency),
        WorkingOf(ActualsTexts.WorkingPlan.With(option, month.Month, NameOf(figure.Measure)), figure.Measure, figure.Plan, currency));

    /// <summary>Operands stay in USD, as they were measured and entered.</summary>
    private static Working? WorkingOf(string title, string measure, ActualFigure figure, DisplayCurrency currency) => figure.Value is null ? null
        : new Working(title, figure.Formula, [.. figure.Operands.Select(operand => new WorkingOperand(operand.Name, Digits(operand), operand.Unit, operand.Source))], Write(measure, figure, currency), null);

    private static string Digits(Operand operand) => Math.Abs(operand.Value) is > 1e15 or (> 0 and < 1e-6)
        ? operand.Value.ToString("G6", CultureInfo.CurrentCulture)
        : Format.Number(Math.Round((decimal)operand.Value, 6));

    private static List<ChartSeries> SeriesOf(PlanAgainstActual compared, string measure)
    {
        var hue = compared.Kind switch { Domain.Scenarios.OptionKinds.Api => OptionPalette.Api, Domain.Scenarios.OptionKinds.SelfHost => OptionPalette.SelfHost, _ => OptionPalette.Mixed };
        return [.. Lines(ActualsTexts.LinePlan, OptionPalette.Neutral.Fill, 6, figure => figure.Plan), .. Lines(ActualsTexts.LineActual, hue.Fill, 0, figure => figure.Actual)];

        // A month is a level stretch; what is unknown parts the line.
        IEnumerable<ChartSeries> Lines(string name, string color, int dash, Func<MonthComparison, ActualFigure> of)
        {
            var points = new List<(double X, double Y)>();
            for (var month = 0; month <= compared.Months.Count; month++)
            {
                if (month < compared.Months.Count && of(compared.Months[month][measure]).Value is { } value)
                {
                    points.AddRange([(month, value), (month + 1, value)]);
                }
                else if (points.Count > 0)
                {
                    yield return new ChartSeries(name, color, dash, [.. points]) { Marker = ChartMarker.None };
                    points.Clear();
                }
            }
        }
    }

    private static string TitleOf(ActualMonth latest, string measure, DisplayCurrency currency)
    {
        var figure = latest[measure];
        var name = NameOf(measure);
        return (figure.Actual.Value, figure.Plan.Value) switch
        {
            (null, _) => ActualsTexts.FindingUnknown.With(name, latest.Month),
            (_, null) => ActualsTexts.FindingNoPlan.With(name, latest.Month, Write(measure, figure.Actual, currency)),
            _ when figure.ErrorShare is { } error && Math.Abs(error) >= 0.0005 => (error > 0 ? ActualsTexts.FindingAbove : ActualsTexts.FindingBelow)
                .With(name, latest.Month, Write(measure, figure.Actual, currency), Format.Percent(Math.Abs(error))),
            _ => ActualsTexts.FindingPlanned.With(name, latest.Month, Write(measure, figure.Actual, currency), Write(measure, figure.Plan, currency)),
        };
    }

    private static IReadOnlyList<string> FileRow(ActualMonth month) =>
    [
        month.Month, string.Join("; ", month.Coverage.Select(source => string.Create(CultureInfo.InvariantCulture, $"{source.Source}: {source.Covered:0.##} of {source.Of:0.##} {source.Unit}"))),
        .. month.Figures.SelectMany(figure => new[] { Format.Invariant(figure.Plan.Value), figure.Actual.IsAbove ? $">{Format.Invariant(figure.Actual.Value)}" : Format.Invariant(figure.Actual.Value), Format.Invariant(figure.ErrorShare) }),
    ];
}
