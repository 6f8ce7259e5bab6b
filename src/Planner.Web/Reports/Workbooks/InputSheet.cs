using System.Text.Json;
using System.Text.Json.Nodes;
using Planner.Domain.Scenarios;

namespace Planner.Web.Reports.Workbooks;

/// <summary>The sheet of the scenario's inputs; formulas of the other sheets name its cells.</summary>
internal sealed class InputSheet
{
    private const int ValueColumn = 2;
    private const int FollowedColumn = 3;
    private const int ChangedColumn = 5;
    private const int FirstRow = 5;

    /// <summary>Path of the volume.</summary>
    internal const string Volume = "workload.requestsPerMonth";

    private readonly Dictionary<string, (int Row, double Value)> _numbers = new(StringComparer.Ordinal);
    private readonly Scenario _scenario;

    public InputSheet(Scenario scenario, SheetNames names)
    {
        _scenario = scenario;
        Sheet = new Sheet(names.Of(WorkbooksTexts.SheetInputs), 46, 44, 18, 12, 18, 11, 60) { FrozenRows = FirstRow - 1 };
        Sheet.Add(new SheetCell(CellStyle.Title, WorkbooksTexts.SheetInputs));
        Sheet.Add(SheetCell.Muted(Texts.WorkbookInputs));
        Sheet.Add();
        Sheet.Add(SheetCell.Headers(WorkbooksTexts.Input, WorkbooksTexts.Path, WorkbooksTexts.Value, WorkbooksTexts.Followed, WorkbooksTexts.AsSaved, WorkbooksTexts.Changed, WorkbooksTexts.NoteAndEvidence));
        var document = JsonSerializer.SerializeToNode(scenario, ScenarioJson.Options)!.AsObject();
        foreach (var (name, value) in document)
        {
            // Their text stands elsewhere in the workbook, or in the scenario alone.
            if (name is not ("schema" or "evidence" or "notes" or "ranges"))
                AddAll(name, value);
        }
    }

    public Sheet Sheet { get; }

    /// <summary>The cell of a number; null where the document has none there. What is asked for counts as followed.</summary>
    public string? Cell(string path)
    {
        if (!_numbers.TryGetValue(path, out var found))
            return null;
        Sheet.Set(found.Row, FollowedColumn, SheetCell.Unit("yes"));
        return Sheet.At(ValueColumn, found.Row);
    }

    /// <summary>Formula of how many inputs were typed over that no formula follows.</summary>
    public string ChangedUnfollowed => $"SUMIF({Column(FollowedColumn)},\"\",{Column(ChangedColumn)})";

    /// <summary>Formula of how many inputs were typed over.</summary>
    public string Changed => $"SUM({Column(ChangedColumn)})";

    /// <summary>Formula of how many of some inputs were typed over.</summary>
    public string ChangedOf(IEnumerable<string> paths) => string.Join('+', paths.Where(_numbers.ContainsKey).Select(path => Sheet.At(ChangedColumn, _numbers[path].Row)));

    /// <summary>Formula of how many inputs were typed over that bear on what an option can serve, the volume left out: a price does not.</summary>
    public string ChangedLoad
    {
        get
        {
            var others = ChangedOf(_numbers.Keys.Where(path => path == Volume || !BearsOnLoad(path)));
            return others.Length == 0 ? Changed : $"({Changed}-({others}))";
        }
    }

    // What is not known to be money may matter: then Planner is asked.
    private static bool BearsOnLoad(string path) =>
        !path.Contains("Usd", StringComparison.Ordinal) && !path.StartsWith("finance.", StringComparison.Ordinal) && !path.EndsWith("discountShare", StringComparison.Ordinal);

    /// <summary>The number at a path; null where there is none.</summary>
    public double? Value(string path) => _numbers.TryGetValue(path, out var found) ? found.Value : null;

    private void AddAll(string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                    AddAll($"{path}.{name}", value);
                break;
            case JsonArray list:
                foreach (var (i, value) in list.Index())
                    AddAll($"{path}[{i}]", value);
                break;
            case JsonValue value:
                Add(path, value);
                break;
        }
    }

    private void Add(string path, JsonValue value)
    {
        var evidence = _scenario.Evidence.FirstOrDefault(entry => entry.Path == path);
        var note = evidence is null ? null : string.Join(" ", new[] { evidence.Note, evidence.Url }.Where(text => !string.IsNullOrEmpty(text)));
        SheetCell cell, saved;
        var row = Sheet.Next;
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            var number = value.GetValue<JsonElement>().GetDouble();
            _numbers[path] = (row, number);
            (cell, saved) = (new SheetCell(CellStyle.Input, null, number), SheetCell.Number(number));
        }
        else
        {
            (cell, saved) = (new SheetCell(CellStyle.InputText, value.ToString()), value.ToString());
        }

        Sheet.Add(InputNames.Of(_scenario, path), SheetCell.Muted(path), cell, new SheetCell(CellStyle.Unit, ""), saved, SheetCell.Whole(0, $"IF(C{row}=E{row},0,1)"), SheetCell.Wrapped(note));
    }

    private string Column(int column) => Sheet.Column(column, FirstRow, Math.Max(FirstRow, Sheet.Next - 1));
}
