using Planner.Domain.Finance;
using Planner.Domain.Scenarios;

namespace Planner.Web.Reports.Workbooks;

/// <summary>The sheet of the months of the horizon: what each option costs and pays, and the sums over it.</summary>
internal sealed class CashFlowSheet
{
    // Month, date, volume factor, requests, API price factor, rent factor.
    private const int FactorColumns = 6;
    private const int ColumnsPerOption = 3;

    // Beyond a ledger's rounding the formula is not the engine's.
    private const double Tolerance = 1e-6;

    private readonly InputSheet _inputs;
    private readonly Scenario _scenario;
    private readonly List<(double Volume, double Api, double Rent)> _factors = [];
    private readonly int _unfollowed;
    private int _first;

    public CashFlowSheet(Scenario scenario, HorizonResult horizon, IReadOnlyList<OptionSheet> options, InputSheet inputs, SheetNames names)
    {
        (_scenario, _inputs) = (scenario, inputs);
        Sheet = new Sheet(names.Of(WorkbooksTexts.SheetCashFlow), [8, 11, 12, 18, 12, 12, .. options.SelectMany(_ => new double[] { 18, 18, 20 })]);
        Sheet.Add(new SheetCell(CellStyle.Title, WorkbooksTexts.SheetCashFlow));
        Sheet.Add(SheetCell.Muted(Texts.WorkbookMonths));
        Sheet.Add();
        List<int> sums =
        [
            Sheet.Add(RowOf(WorkbooksTexts.CostOfMonths, options.Count)), Sheet.Add(RowOf(WorkbooksTexts.CashOfMonths, options.Count)), Sheet.Add(RowOf(WorkbooksTexts.PresentValue, options.Count)),
        ];
        _unfollowed = Sheet.Add(RowOf(WorkbooksTexts.MonthsUnfollowed, options.Count));
        Sheet.Add(RowOf("", options.Count, i => options[i].Result.Name));
        Sheet.Add([
            .. SheetCell.Headers(WorkbooksTexts.Month, WorkbooksTexts.Date, WorkbooksTexts.VolumeFactor, WorkbooksTexts.Requests, WorkbooksTexts.ApiPriceFactor, WorkbooksTexts.RentFactor),
            .. options.SelectMany(_ => SheetCell.Headers(WorkbooksTexts.CostUsd, WorkbooksTexts.CashUsd, WorkbooksTexts.CashSoFar)),
        ]);
        Sheet.FrozenRows = Sheet.Next - 1;
        AddMonths(horizon, options);
        AddSums(horizon, options, sums);
    }

    public Sheet Sheet { get; }

    private static int ColumnOf(int option) => FactorColumns + (ColumnsPerOption * option);

    private static SheetCell[] RowOf(string name, int options, Func<int, string>? head = null)
    {
        var row = new SheetCell[FactorColumns + (ColumnsPerOption * options)];
        Array.Fill(row, SheetCell.Empty);
        row[0] = name;
        for (var i = 0; head is not null && i < options; i++)
            row[ColumnOf(i)] = SheetCell.Header(head(i));
        return row;
    }

    private void AddMonths(HorizonResult horizon, IReadOnlyList<OptionSheet> options)
    {
        _first = Sheet.Next;
        var growth = 1 + (double)_scenario.Workload.GrowthPerMonth;
        for (var month = 0; month < horizon.Months; month++)
        {
            var requests = horizon.Options.FirstOrDefault(option => option.Months.Count > 0)?.Months[month].Requests;
            var volume = (double)_scenario.Workload.RequestsPerMonth;
            _factors.Add((
                volume == 0 ? Math.Pow(growth, month) : requests / volume ?? Math.Pow(growth, month), Math.Pow(1 + (double)_scenario.Horizon.ApiPriceDriftPerYear, month / 12.0), Math.Pow(1 + (double)_scenario.Horizon.InstancePriceDriftPerYear, month / 12.0)));
        }

        var live = horizon.Options.Select((option, i) => IsLive(option, options[i])).ToList();
        foreach (var (i, option) in horizon.Options.Index())
        {
            if (option.Months.Count > 0)
                Sheet.Set(_unfollowed, ColumnOf(i), SheetCell.Whole(0, Unfollowed(options[i], live[i])));
        }

        for (var month = 0; month < horizon.Months; month++)
        {
            var row = Sheet.Next;
            var (volume, api, rent) = _factors[month];
            var seasonal = volume / Math.Pow(growth, month);
            var cells = new List<SheetCell>
            {
                SheetCell.Whole(month),
                _scenario.FirstDay?.AddMonths(month).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture),
                SheetCell.Number(volume, $"(1+{Input("workload.growthPerMonth")})^A{row}{(Math.Abs(seasonal - 1) < 1e-9 ? "" : FormattableString.Invariant($"*{seasonal:R}"))}"),
                SheetCell.Whole(volume * (double)_scenario.Workload.RequestsPerMonth, $"{Input("workload.requestsPerMonth")}*C{row}"),
                SheetCell.Number(api, $"(1+{Input("horizon.apiPriceDriftPerYear")})^(A{row}/12)"),
                SheetCell.Number(rent, $"(1+{Input("horizon.instancePriceDriftPerYear")})^(A{row}/12)"),
            };
            foreach (var (i, option) in horizon.Options.Index())
                cells.AddRange(MonthOf(option, options[i], i, month, row, live[i]));
            Sheet.Add([.. cells]);
        }
    }

    private IEnumerable<SheetCell> MonthOf(OptionHorizon option, OptionSheet sheet, int index, int month, int row, bool live)
    {
        if (option.Months.Count == 0)
            return [SheetCell.Empty, SheetCell.Empty, SheetCell.Empty];
        var (cost, cash) = (Sheet.Letter(ColumnOf(index)), Sheet.Letter(ColumnOf(index) + 1));
        var so = Sheet.Letter(ColumnOf(index) + 2);
        var found = option.Months[month];
        var soFar = option.Months.Take(month + 1).Sum(earlier => earlier.CashUsd);
        var formula = live
            ? $"{sheet.SumOf(Drivers.Fixed)}+{sheet.SumOf(Drivers.Rent)}*F{row}+{sheet.SumOf(Drivers.Volume)}*C{row}+{sheet.SumOf(Drivers.Usage)}*C{row}*E{row}{(month == 0 ? $"+{sheet.SumOf(Drivers.OneOff)}" : "")}"
            : null;
        return
        [
            SheetCell.Money((double)found.CostUsd, Known(index, formula ?? Value(found.CostUsd))),
            SheetCell.Money((double)found.CashUsd, Known(index, live ? $"{cost}{row}" : Value(found.CashUsd))),
            SheetCell.Money((double)soFar, Known(index, row == _first ? $"{cash}{row}" : $"{so}{row - 1}+{cash}{row}")),
        ];

        static string Value(decimal usd) => usd.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A formula of an option's months that asks for Planner where they no longer follow what was typed.</summary>
    private string Known(int option, string formula) => $"IF({Sheet.Letter(ColumnOf(option))}${_unfollowed}>0,\"{Texts.WorkbookAsk}\",{formula})";

    /// <summary>
    /// Formula of how many inputs were typed over that the option's months cannot answer: of months that stand as values every one; of an option whose cost need not move straight what moves volume and prices, and what
    /// the load is made of where months differ in it already.
    /// </summary>
    private string Unfollowed(OptionSheet option, bool live)
    {
        // The months are as they are at any rate; the present value follows it.
        if (!live || option.StandsInPart)
            return $"{_inputs.Changed}-{_inputs.ChangedOf(["horizon.discountRatePerYear"])}";
        if (IsStraight(_scenario.Options.First(stated => stated.Id == option.Result.Id)))
            return option.Unfollowed;
        var load = _factors.TrueForAll(factor => factor.Volume == 1) ? "" : $"+{_inputs.ChangedLoad}+{_inputs.ChangedOf([InputSheet.Volume])}";
        return $"{option.Unfollowed}+{_inputs.ChangedOf(["workload.growthPerMonth", "horizon.apiPriceDriftPerYear", "horizon.instancePriceDriftPerYear"])}{load}";
    }

    /// <summary>True where the cost moves straight with volume and prices whatever these are: without a least bill, units, sizes that follow from the load, and prices that hold for a term.</summary>
    private static bool IsStraight(Option option) => option switch
    {
        ApiOption api => api is { Commitment: null, Provisioned: null },
        SelfHostOption { Fleet.Sizing: FleetSizings.Fixed, PurchaseMix: PurchaseMixes.Stated, AdditionalFleets: [] } fleet => fleet.Purchase.All(share => share.Kind is PurchaseKinds.OnDemand or PurchaseKinds.Spot),
        _ => false,
    };

    /// <summary>True where the lines, moved by volume and prices, are what the engine found in every month, and are paid as they cost. A fleet that grows in steps is not, nor are machines that are owned, or bills that credits pay.</summary>
    private bool IsLive(OptionHorizon option, OptionSheet sheet) => option.Months.Index().All(month =>
    {
        var (volume, api, rent) = _factors[month.Index];
        return month.Item.CashUsd == month.Item.CostUsd && IsSame(Moved(sheet, volume, api, rent) + (month.Index == 0 ? sheet.ValueOf(Drivers.OneOff) : 0), month.Item.CostUsd);
    });

    private static double Moved(OptionSheet sheet, double volume, double api, double rent) =>
        sheet.ValueOf(Drivers.Fixed) + (sheet.ValueOf(Drivers.Rent) * rent) + (sheet.ValueOf(Drivers.Volume) * volume) + (sheet.ValueOf(Drivers.Usage) * volume * api);

    private static bool IsSame(double moved, decimal found) => Math.Abs(moved - (double)found) <= Tolerance * Math.Max(1, Math.Abs(moved));

    private void AddSums(HorizonResult horizon, IReadOnlyList<OptionSheet> options, List<int> sums)
    {
        var last = Sheet.Next - 1;
        foreach (var (i, option) in horizon.Options.Index())
        {
            if (option.Totals is not { } totals)
                continue;
            var column = ColumnOf(i);
            string Months(int offset) => $"{Sheet.Letter(column + offset)}{_first}:{Sheet.Letter(column + offset)}{last}";
            Sheet.Set(sums[0], column, SheetCell.Total((double)totals.HorizonUsd, Known(i, $"SUM({Months(0)})")));
            Sheet.Set(sums[1], column, SheetCell.Total((double)totals.HorizonCashUsd, Known(i, $"SUM({Months(1)})")));
            Sheet.Set(sums[2], column, SheetCell.Total((double)totals.PresentCostUsd, Known(i, $"SUMPRODUCT({Months(1)}/(1+{Input("horizon.discountRatePerYear")})^(A{_first}:A{last}/12))")));
        }
    }

    /// <summary>The cell of an input that every document has.</summary>
    private string Input(string path) => _inputs.Cell(path) ?? throw new InvalidOperationException(path);
}
