using Planner.Domain.BreakEvens;
using Planner.Domain.Planning;

namespace Planner.Web.Reports.Workbooks;

/// <summary>The sheet of the volumes at which the cheapest option changes.</summary>
internal sealed class BreakEvenSheet
{
    private const double Tolerance = 1e-6;

    private readonly IReadOnlyList<OptionSheet> _options;
    private readonly InputSheet _inputs;

    public BreakEvenSheet(Result result, IReadOnlyList<OptionSheet> options, InputSheet inputs, SheetNames names)
    {
        (_options, _inputs) = (options, inputs);
        Sheet = new Sheet(names.Of(WorkbooksTexts.SheetBreakEven), 18, 34, 22, 22, 34, 22, 60);
        Sheet.Add(new SheetCell(CellStyle.Title, WorkbooksTexts.SheetBreakEven));
        Sheet.Add(SheetCell.Muted(Texts.WorkbookBreakEven));
        foreach (var found in result.BreakEven)
        {
            Sheet.Add();
            Sheet.Add(SheetCell.Header(found.FirstMonth ? WorkbooksTexts.FirstMonth : WorkbooksTexts.OngoingMonth), SheetCell.Header(found.CapacityChecked ? WorkbooksTexts.FleetsGrow : WorkbooksTexts.FleetsStand));
            Sheet.Add(found.Sentence);
            Sheet.Add([.. new[] { "", WorkbooksTexts.Cheapest, WorkbooksTexts.FromUnit.With(found.Unit), WorkbooksTexts.ToUnit.With(found.Unit) }.Select(SheetCell.Header)]);
            foreach (var interval in found.Intervals)
                Sheet.Add(SheetCell.Empty, Name(interval.CheapestOptionId), SheetCell.Number(interval.From), SheetCell.Number(interval.To));
            if (found.Crossings.Count == 0)
                continue;
            Sheet.Add(SheetCell.Headers("", WorkbooksTexts.CrossingBelow, WorkbooksTexts.VolumeFound, WorkbooksTexts.VolumeByLedgers, WorkbooksTexts.Above, WorkbooksTexts.Difference));
            foreach (var crossing in found.Crossings)
                AddCrossing(found, crossing);
        }
    }

    public Sheet Sheet { get; }

    private void AddCrossing(BreakEven found, Crossing crossing)
    {
        var row = Sheet.Next;
        var formula = Find(crossing.FromOptionId) is { } below && Find(crossing.ToOptionId) is { } above ? FormulaOf(below, above, found.FirstMonth, crossing.Value) : null;
        Sheet.Add(
            SheetCell.Empty, Name(crossing.FromOptionId), SheetCell.Number(crossing.Value), formula is null ? SheetCell.Muted(WorkbooksTexts.StepsOnly) : SheetCell.Number(crossing.Value, formula),
            Name(crossing.ToOptionId), formula is null ? SheetCell.Empty : SheetCell.Number(0, $"D{row}-C{row}"));
    }

    /// <summary>Where two straight lines cross: the difference of what stays ÷ the difference of what a request costs; null where the options' costs are no straight lines there.</summary>
    private string? FormulaOf(OptionSheet below, OptionSheet above, bool firstMonth, double volume)
    {
        if (_inputs.Value("workload.requestsPerMonth") is not { } requests || requests <= 0)
            return null;
        double Standing(OptionSheet option) => option.ValueOf(Drivers.Fixed) + option.ValueOf(Drivers.Rent) + (firstMonth ? option.ValueOf(Drivers.OneOff) : 0);
        double PerRequest(OptionSheet option) => (option.ValueOf(Drivers.Volume) + option.ValueOf(Drivers.Usage)) / requests;
        var slope = PerRequest(below) - PerRequest(above);
        if (slope == 0 || !(Math.Abs(((Standing(above) - Standing(below)) / slope) - volume) <= Tolerance * volume))
            return null;
        string Stays(OptionSheet option) => $"({option.SumOf(Drivers.Fixed)}+{option.SumOf(Drivers.Rent)}{(firstMonth ? $"+{option.SumOf(Drivers.OneOff)}" : "")})";
        string Moves(OptionSheet option) => $"({option.SumOf(Drivers.Volume)}+{option.SumOf(Drivers.Usage)})/{_inputs.Cell("workload.requestsPerMonth")}";
        return $"({Stays(above)}-{Stays(below)})/({Moves(below)}-{Moves(above)})";
    }

    private OptionSheet? Find(string? id) => _options.FirstOrDefault(option => option.Result.Id == id);

    private string Name(string? id) => Find(id)?.Result.Name ?? WorkbooksTexts.NoneServes;
}
