using System.Globalization;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Costs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Reports.Workbooks;

/// <summary>A stored scenario as a workbook whose formulas follow its inputs.</summary>
public static class ScenarioWorkbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="stored">The version; its figures are those that were stored.</param>
    /// <returns>The content of an XLSX file.</returns>
    public static byte[] Write(StoredScenario stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var (scenario, catalog, result) = (stored.Scenario, stored.Snapshot, stored.Result);
        var names = new SheetNames();
        var summary = new Sheet(names.Of(WorkbooksTexts.SheetSummary), 44, 14, 20, 20, 20, 22, 20, 20, 40);
        var inputs = new InputSheet(scenario, names);
        // Formulas of another engine would not lead to the figures that were stored.
        var answer = AnswerModel.From(scenario, catalog, result);
        var workings = answer.IsSound ? Engine.Workings(scenario, catalog) : [.. result.Options.Select(Standing)];
        var options = result.Options.Select((option, i) => new OptionSheet(option, workings[i], inputs, names, i + 1)).ToList();
        FillSummary(summary, stored, options, inputs);
        List<Sheet> sheets = [summary, inputs.Sheet, .. options.Select(option => option.Sheet)];
        if (answer.IsSound)
            sheets.Add(new CashFlowSheet(scenario, Engine.Horizon(scenario, catalog), options, inputs, names).Sheet);
        sheets.Add(new BreakEvenSheet(result, options, inputs, names).Sheet);
        sheets.Add(Sources(answer, names));
        return WorkbookFile.Write(scenario.Name, sheets);
    }

    private static OptionWorkings Standing(OptionResult option, int index) =>
        new(option.Id, $"options[{index}]", [], [.. option.Ledger.Select(line => new LineWorking(line, line.Formula, [.. line.Operands.Select(_ => (string?)null)]))]);

    private static void FillSummary(Sheet sheet, StoredScenario stored, List<OptionSheet> options, InputSheet inputs)
    {
        var (scenario, result) = (stored.Scenario, stored.Result);
        sheet.Add(new SheetCell(CellStyle.Title, scenario.Name));
        sheet.Add(result.Verdict.Sentence);
        sheet.Add(SheetCell.Muted(Texts.WorkbookStamp.With(stored.Version, stored.SavedUtc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), stored.EngineVersion)));
        sheet.Add();
        sheet.Add(SheetCell.Headers(WorkbooksTexts.Option, WorkbooksTexts.CanServe, WorkbooksTexts.OngoingMonth, WorkbooksTexts.FirstMonth, WorkbooksTexts.PerMillionTokens, WorkbooksTexts.OngoingSaved, WorkbooksTexts.Difference, WorkbooksTexts.Compared, WorkbooksTexts.WhatFollows));
        var first = sheet.Next;
        var workload = scenario.Workload;
        var tokens = $"({inputs.Cell("workload.requestsPerMonth")}*({inputs.Cell("workload.inputTokens")}+{inputs.Cell("workload.outputTokens")}+{inputs.Cell("workload.reasoningTokens")})/10^6)";
        var used = workload.RequestsPerMonth * (workload.InputTokens + workload.OutputTokens + workload.ReasoningTokens) > 0;
        foreach (var option in options)
        {
            var row = sheet.Next;
            var priced = option.Result.OngoingMonthlyUsd is not null;
            var unknown = option.Unfollowed;
            string Known(string formula) => $"IF({unknown}>0,\"{Texts.WorkbookAsk}\",{formula})";
            sheet.Add(
                option.Result.Name, Serves(option, scenario, inputs), SheetCell.Money((double?)option.Result.OngoingMonthlyUsd, priced ? Known(option.Ongoing) : null),
                SheetCell.Money((double?)option.Result.FirstMonthUsd, priced ? Known(option.FirstMonth) : null),
                SheetCell.Money(option.Result.UsdPerMillionTokens, priced && used ? $"IF(ISNUMBER(C{row}),C{row}/{tokens},C{row})" : null), SheetCell.Money((double?)option.Result.OngoingMonthlyUsd),
                priced ? SheetCell.Money(0, $"IF(ISNUMBER(C{row}),ROUND(C{row}-F{row},6),\"\")") : SheetCell.Empty,
                SheetCell.Money(option.Result.Feasible ? (double?)option.Result.OngoingMonthlyUsd : null, $"IF(AND(B{row}=\"yes\",ISNUMBER(C{row})),C{row},\"\")"),
                SheetCell.Unit(!priced ? string.Join(" ", option.Result.Reasons) : option.StandsInPart ? Texts.WorkbookInPart : Texts.WorkbookFollows));
        }

        var last = sheet.Next - 1;
        sheet.Add();
        // A column of its own, since a condition within MIN takes an array formula, which programs enter each in their own way.
        var compared = $"H{first}:H{last}";
        // One that nobody can say anything of may be the cheapest.
        var asked = $"COUNTIF(B{first}:B{last},\"{Texts.WorkbookAsk}\")+COUNTIFS(B{first}:B{last},\"yes\",C{first}:C{last},\"{Texts.WorkbookAsk}\")";
        if (options.Exists(option => option.Result is { Feasible: true, OngoingMonthlyUsd: not null }))
        {
            var cheapest = options.Find(option => option.Result.Id == result.Verdict.CheapestOptionId);
            var least = sheet.Add(WorkbooksTexts.CheapestMonth, SheetCell.Empty, SheetCell.Total((double?)cheapest?.Result.OngoingMonthlyUsd, $"IF({asked}+(COUNT({compared})=0)>0,\"{Texts.WorkbookAsk}\",MIN({compared}))"));
            sheet.Add(WorkbooksTexts.CheapestOption, SheetCell.Empty, new SheetCell(CellStyle.Text, cheapest?.Result.Name ?? "", Formula: $"IF(ISNUMBER(C{least}),INDEX(A{first}:A{last},MATCH(C{least},{compared},0)),C{least})"));
            if (result.Verdict.MonthlySavingUsd is { } saving && Baseline(stored, options, inputs, first) is { } baseline)
                sheet.Add(WorkbooksTexts.Saving, SheetCell.Empty, SheetCell.Money((double)saving, $"IF(AND(ISNUMBER({baseline}),ISNUMBER(C{least})),{baseline}-C{least},\"{Texts.WorkbookAsk}\")"));
        }

        sheet.Add(WorkbooksTexts.InputsTyped, SheetCell.Empty, SheetCell.Whole(0, inputs.Changed));
        sheet.Add();
        sheet.Add(Texts.WorkbookHow);
        sheet.Add(Texts.WorkbookLimits);
    }

    /// <summary>
    /// Whether the option can serve the volume that is typed: a fleet that stands up to what it carries, one that grows any, while nothing else changed that bears on it. For mixes, limits by the minute and what could not
    /// serve as saved, Planner is asked.
    /// </summary>
    private static SheetCell Serves(OptionSheet option, Scenario scenario, InputSheet inputs)
    {
        var (result, saved) = (option.Result, option.Result.Feasible ? "yes" : "no");
        var stated = scenario.Options.FirstOrDefault(candidate => candidate.Id == result.Id);
        if (result.Feasible && stated is ApiOption { Limits: null })
            return saved;
        var asked = $"\"{Texts.WorkbookAsk}\"";
        var grows = stated is SelfHostOption { Fleet.Sizing: FleetSizings.WeeklyPeak or FleetSizings.Hourly };
        var over = stated is SelfHostOption && !grows && result.Capacity is { RequestsPerMonth: var most }
            ? string.Create(CultureInfo.InvariantCulture, $"{inputs.Cell(InputSheet.Volume)}>{most * (1 + 1e-9):R}")
            : null;
        var formula = (over, result.Feasible) switch
        {
            ({ }, true) => $"IF({inputs.ChangedLoad}>0,{asked},IF({over},\"no\",\"yes\"))",
            ({ }, false) => $"IF({inputs.Changed}=0,\"no\",IF(AND({inputs.ChangedLoad}=0,{over}),\"no\",{asked}))",
            (null, true) when grows => $"IF({inputs.ChangedLoad}>0,{asked},\"yes\")",
            _ => $"IF({inputs.ChangedLoad}+{inputs.ChangedOf([InputSheet.Volume])}>0,{asked},\"{saved}\")",
        };
        return new SheetCell(CellStyle.Text, saved, Formula: formula);
    }

    private static string? Baseline(StoredScenario stored, List<OptionSheet> options, InputSheet inputs, int first) =>
        inputs.Cell("baselineMonthlyUsd") ?? (options.FindIndex(option => option.Result.Id == stored.Scenario.BaselineOptionId) is >= 0 and var index ? $"C{first + index}" : null);

    private static Sheet Sources(AnswerModel answer, SheetNames names)
    {
        var sheet = new Sheet(names.Of(WorkbooksTexts.SheetSources), 16, 44, 60, 34, 22, 14, 60);
        sheet.Add(new SheetCell(CellStyle.Title, WorkbooksTexts.SourcesTitle));
        sheet.Add();
        sheet.Add(SheetCell.Headers(WorkbooksTexts.Kind, WorkbooksTexts.Key, WorkbooksTexts.WhatWasTaken, WorkbooksTexts.UsedBy, WorkbooksTexts.Source, WorkbooksTexts.AsOf, WorkbooksTexts.Address));
        foreach (var source in answer.Sources)
        {
            sheet.Add(
                source.Kind, source.Key, source.Facts, source.UsedBy, source.Provenance.Source, Wording.Day(source.Provenance.AsOf), source.Provenance.Url);
        }

        return sheet;
    }
}
