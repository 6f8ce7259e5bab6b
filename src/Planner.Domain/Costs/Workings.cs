using System.Globalization;

namespace Planner.Domain.Costs;

/// <summary>A figure on the way from the inputs to a ledger line.</summary>
/// <param name="Id">Its name in formulas, such as <c>step.replicas</c>.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Formula">How it follows; see <see cref="LineWorking.Operands"/>.</param>
public sealed record WorkingStep(string Id, string Name, string Unit, string Formula);

/// <summary>A ledger line, traced back to the inputs.</summary>
/// <param name="Line">The line.</param>
/// <param name="Formula">The line's formula over the names of its operands, such that it holds for other operands too.</param>
/// <param name="Operands">
/// How each operand follows, in the line's order; null where it stands as it was computed: a price of the catalog, a size that a search has found. The formulas are of numbers, paths of the document
/// (<c>option.</c> begins one of the line's own option), ids of steps, <c>lines.above</c> for the sum of the option's lines above, + − × ÷, parentheses, <c>max(a; b)</c>, <c>min(a; b)</c> and <c>ceil(a)</c>.
/// </param>
public sealed record LineWorking(LedgerLine Line, string Formula, IReadOnlyList<string?> Operands);

/// <summary>An option's month, traced back to the inputs, so that a spreadsheet can follow them.</summary>
/// <param name="Id">The option's id.</param>
/// <param name="Path">The option's path in the document.</param>
/// <param name="Steps">Figures that several lines share, each after those that it needs.</param>
/// <param name="Lines">The ledger; empty where a price is unknown.</param>
public sealed record OptionWorkings(string Id, string Path, IReadOnlyList<WorkingStep> Steps, IReadOnlyList<LineWorking> Lines)
{
    /// <summary>Name of the sum of the lines above.</summary>
    public const string LinesAbove = "lines.above";

    internal static OptionWorkings Of(OptionCost cost, string path)
    {
        var lines = cost.Evaluate().Ledger.Select(line => new LineWorking(
            line, cost.FormulaOf(line), [.. line.Operands.Select(operand => operand.Source == Texts.SourceLinesAbove ? LinesAbove : cost.WorkingOf(line, operand))]));
        return new OptionWorkings(cost.Id, path, cost.WorkingSteps(), [.. lines]);
    }

    /// <summary>A number within a formula.</summary>
    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) is var text && text.Contains('E') ? ((decimal)value).ToString(CultureInfo.InvariantCulture) : text;
}
