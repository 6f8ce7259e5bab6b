using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;

namespace Planner.Web.Reports.Workbooks;

/// <summary>What a ledger line's amount moves with from month to month.</summary>
internal static class Drivers
{
    public const string Fixed = "fixed";
    public const string Rent = "rent";
    public const string Volume = "volume";
    public const string Usage = "volume × API price";
    public const string OneOff = "one-off";

    /// <summary>Formula of the line that brings a bill up to its least.</summary>
    public const string TopUp = "minimum − usage";

    public static string Of(LedgerLine line) => line switch
    {
        { OneOff: true } => OneOff,
        { Group: LedgerGroups.ApiInput or LedgerGroups.ApiOutput } => Usage,
        { Group: LedgerGroups.ApiOther, Formula: not ("fixed" or "units × hours × price" or TopUp) } => Usage,
        { Group: LedgerGroups.Compute } when line.Operands.Any(operand => operand.Name is "price" or "instanceHours") && line.Operands.All(operand => operand.Name != "support") => Rent,
        { Group: LedgerGroups.Operations, Operands: [{ Name: "infrastructure" }, ..] } => Rent,
        { Group: LedgerGroups.Extras, Formula: not "fixed" } => Volume,
        _ => Fixed,
    };
}

/// <summary>The sheet of one option: its ledger with live formulas, traced back to the inputs.</summary>
internal sealed class OptionSheet
{
    private const int ValueColumn = 3;
    private const int AmountColumn = 5;
    private const int DriverColumn = 6;

    private static readonly string[] Modelled = ["workload.inputTokens", "workload.outputTokens", "workload.reasoningTokens"];

    private readonly OptionWorkings _workings;
    private readonly InputSheet _inputs;
    private readonly Dictionary<string, string> _steps = new(StringComparer.Ordinal);
    private readonly int _first;
    private readonly int _last;

    public OptionSheet(OptionResult result, OptionWorkings workings, InputSheet inputs, SheetNames names, int number)
    {
        (Result, _workings, _inputs) = (result, workings, inputs);
        Sheet = new Sheet(names.Of($"{number} {result.Name}"), 18, 42, 14, 20, 24, 18, 20, 46, 60);
        Sheet.Add(new SheetCell(CellStyle.Title, result.Name));
        Sheet.Add(SheetCell.Muted(result.Feasible ? Texts.WorkbookOption : string.Join(" ", result.Reasons)));
        Sheet.Add();
        var totals = Sheet.Add(WorkbooksTexts.OngoingMonth, SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Unit(WorkbooksTexts.UsdAMonth));
        Sheet.Add(WorkbooksTexts.FirstMonth, SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Unit(WorkbooksTexts.UsdOneOffIncluded));
        (Ongoing, FirstMonth) = (Sheet.At(AmountColumn, totals), Sheet.At(AmountColumn, totals + 1));
        AddSteps();
        Sheet.Add();
        Sheet.Add(SheetCell.Headers(WorkbooksTexts.Group, WorkbooksTexts.Item, WorkbooksTexts.When, WorkbooksTexts.Value, WorkbooksTexts.Unit, WorkbooksTexts.AmountUsd, WorkbooksTexts.MovesWith, WorkbooksTexts.Formula, WorkbooksTexts.Source));
        _first = Sheet.Next;
        foreach (var line in workings.Lines)
            AddLine(line);
        _last = Math.Max(_first, Sheet.Next - 1);
        Sheet.Set(totals, AmountColumn, SheetCell.Total((double?)result.OngoingMonthlyUsd, result.OngoingMonthlyUsd is null ? null : $"{SumOf(Drivers.Fixed)}+{SumOf(Drivers.Rent)}+{SumOf(Drivers.Volume)}+{SumOf(Drivers.Usage)}"));
        Sheet.Set(totals + 1, AmountColumn, SheetCell.Total((double?)result.FirstMonthUsd, result.FirstMonthUsd is null ? null : $"{Ongoing}+{SumOf(Drivers.OneOff)}"));
    }

    public OptionResult Result { get; }

    public Sheet Sheet { get; }

    /// <summary>The cell of the ongoing month.</summary>
    public string Ongoing { get; }

    /// <summary>The cell of the first month.</summary>
    public string FirstMonth { get; }

    /// <summary>True where a line's amount or one of its figures stands as Planner computed it, though it depends on inputs.</summary>
    public bool StandsInPart { get; private set; }

    /// <summary>Formula of how many inputs were typed over that the option's formulas cannot answer: what a search found, and what the capacity model says of other lengths.</summary>
    public string Unfollowed =>
        StandsInPart ? _inputs.Changed
        : Result.Capacity?.Rank == ThroughputKinds.Modelled ? $"({_inputs.ChangedUnfollowed}+{_inputs.ChangedOf(Modelled)})"
        // Usage above the least bill may fall below it, where the ledger has no line for what is then missing.
        : LeastBill is { } least && Result.Ledger.All(line => line.Formula != Drivers.TopUp) ? $"({_inputs.ChangedUnfollowed}+IF({SumOf(Drivers.Usage)}<{least},{_inputs.Changed},0))"
        : _inputs.ChangedUnfollowed;

    private string? LeastBill => _inputs.Cell($"{_workings.Path}.commitment.minimumMonthlyUsd");

    /// <summary>Formula of the sum of the lines that move with something.</summary>
    public string SumOf(string driver) => $"SUMIF({Sheet.Column(DriverColumn, _first, _last)},\"{driver}\",{Sheet.Column(AmountColumn, _first, _last)})";

    /// <summary>The same, as Planner computed it.</summary>
    public double ValueOf(string driver) => (double)_workings.Lines.Where(line => Drivers.Of(line.Line) == driver).Sum(line => line.Line.AmountUsd);

    private void AddSteps()
    {
        if (_workings.Steps.Count == 0)
            return;
        Sheet.Add();
        Sheet.Add(SheetCell.Headers(WorkbooksTexts.Sizing, WorkbooksTexts.Figure, "", WorkbooksTexts.Value, WorkbooksTexts.Unit, "", "", WorkbooksTexts.Formula));
        foreach (var step in _workings.Steps)
        {
            // Every name of a step is an input of the option, or a step above; one that is missing would leave the fleet without a size.
            var formula = CellFormula.Of(step.Formula, CellOf) ?? throw new InvalidOperationException($"{_workings.Id}: {step.Id} = {step.Formula}");
            var row = Sheet.Add(SheetCell.Empty, step.Name, SheetCell.Empty, SheetCell.Number(null, formula), SheetCell.Unit(step.Unit), SheetCell.Empty, SheetCell.Empty, SheetCell.Muted(step.Formula));
            _steps[step.Id] = Sheet.At(ValueColumn, row);
        }
    }

    private void AddLine(LineWorking working)
    {
        var (line, at) = (working.Line, Sheet.Next);
        var figures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, operand) in line.Operands.Index())
            figures.TryAdd(operand.Name, Sheet.At(ValueColumn, at + 1 + i));
        var amount = CellFormula.Of(working.Formula, figures.GetValueOrDefault);
        Sheet.Add(
            LedgerGroupNames.Of(line.Group), line.Item, line.OneOff ? WorkbooksTexts.Once : WorkbooksTexts.EveryMonth, SheetCell.Empty, SheetCell.Empty,
            SheetCell.Money((double)line.AmountUsd, amount is null ? null : $"ROUND({amount},6)"), SheetCell.Unit(Drivers.Of(line)), line.Formula, SheetCell.Muted(line.Source));
        StandsInPart |= amount is null;
        foreach (var (operand, formula) in line.Operands.Zip(working.Operands))
            Sheet.Add(SheetCell.Empty, $"    {operand.Name}", SheetCell.Empty, Figure(operand, formula, at), SheetCell.Unit(operand.Unit), SheetCell.Empty, SheetCell.Empty, SheetCell.Empty, SheetCell.Muted(operand.Source));
    }

    private SheetCell Figure(Operand operand, string? formula, int line)
    {
        if (formula == OptionWorkings.LinesAbove)
            return SheetCell.Number(operand.Value, line == _first ? "0" : $"SUM({Sheet.Column(AmountColumn, _first, line - 1)})");
        if (formula is not null && CellFormula.Of(formula, CellOf) is { } live)
            return SheetCell.Number(operand.Value, live);
        if (_inputs.Value(operand.Source) == operand.Value)
            return SheetCell.Number(operand.Value, _inputs.Cell(operand.Source));
        StandsInPart |= operand.Name != "price";
        return new SheetCell(CellStyle.Input, null, operand.Value);
    }

    private string? CellOf(string name) =>
        _steps.TryGetValue(name, out var step) ? step : _inputs.Cell(name.StartsWith("option.", StringComparison.Ordinal) ? $"{_workings.Path}{name["option".Length..]}" : name);
}
