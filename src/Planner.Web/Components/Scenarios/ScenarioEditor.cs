using System.Text.Json.Nodes;
using Planner.Data;
using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;

namespace Planner.Web.Components.Scenarios;

/// <summary>A scenario while it is edited: the draft, its faults, its answer, undo and redo. It knows neither the browser nor the database.</summary>
/// <remarks>Every edit is checked and evaluated at once; where the draft has faults, the answer stays that of the last draft that had none.</remarks>
public sealed class ScenarioEditor
{
    private const int MostUndo = 200;
    private static readonly TimeSpan SameEdit = TimeSpan.FromSeconds(1.5);

    private readonly TimeProvider _clock;
    private readonly List<State> _undo = [];
    private readonly List<State> _redo = [];
    private readonly Dictionary<string, string> _refused = [];
    private readonly Dictionary<string, object?> _values = [];
    private State _now;
    private JsonNode? _document;
    private string _saved;
    private int _savedPrices;
    private (string Path, long At)? _last;

    // What a value is typed over: half a number must not decide what its range becomes.
    private (string Path, Scenario From)? _typing;

    private sealed record State(Scenario Scenario, CatalogSnapshot Catalog, int Prices);

    /// <param name="scenario">The scenario to begin with.</param>
    /// <param name="catalog">The catalog rows that it uses.</param>
    /// <param name="clock">Tells edits in one go from edits apart.</param>
    /// <param name="stored">The answer stored with it, shown until the first edit; null to evaluate now.</param>
    /// <param name="isNew">True where it was never saved, so that it counts as changed.</param>
    public ScenarioEditor(Scenario scenario, CatalogSnapshot catalog, TimeProvider clock, Result? stored = null, bool isNew = false)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        _clock = clock;
        _now = new State(scenario, catalog, 0);
        _saved = isNew ? "" : ScenarioJson.Write(scenario);
        Problems = ScenarioRules.Check(scenario, catalog);
        if (stored is null)
        {
            Evaluate();
        }
        else
        {
            Result = stored;
            Answer = AnswerModel.From(scenario, catalog, stored);
        }

        IsDirty = isNew;
    }

    /// <summary>The scenario as it stands, faults included.</summary>
    public Scenario Draft => _now.Scenario;

    /// <summary>The catalog rows that it is evaluated with.</summary>
    public CatalogSnapshot Catalog => _now.Catalog;

    /// <summary>Only those rows that the draft names: what is stored with it.</summary>
    public CatalogSnapshot UsedCatalog => CatalogRows.NamedBy(Draft, Catalog);

    /// <summary>All faults, each with the path of its field.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; }

    /// <summary>The last good result; null where there was none yet.</summary>
    public Result? Result { get; private set; }

    /// <summary>The last good answer; null where there was none yet.</summary>
    public AnswerModel? Answer { get; private set; }

    /// <summary>True where the draft has faults, so that <see cref="Answer"/> is that of an earlier draft.</summary>
    public bool IsFaulty => Problems.Count > 0;

    /// <summary>True where saving would change something.</summary>
    public bool IsDirty { get; private set; }

    public bool CanUndo => _undo.Count > 0;

    public bool CanRedo => _redo.Count > 0;

    /// <summary>Another one once today's prices were taken, and the old one again once that is undone.</summary>
    public int PriceRevision => _now.Prices;

    /// <summary>Rises with every change, so that views know.</summary>
    public int Revision { get; private set; }

    /// <summary>True where what was typed last was refused, so that the draft still has the value before it.</summary>
    public bool IsRefused(string path) => _refused.ContainsKey(path);

    /// <summary>What the draft has at a path; the type's default where it has nothing there.</summary>
    public T? ValueAt<T>(string path)
    {
        // Fields ask several times each time they are drawn.
        if (!_values.TryGetValue(path, out var value))
        {
            _values[path] = value = DocumentPath.Read<T>(_document ??= DocumentPath.DocumentOf(Draft), path);
        }

        return (T?)value;
    }

    /// <summary>Sets one value of the document. What cannot stand there is refused and reported at the path; the draft then stays.</summary>
    /// <param name="path">Its path, such as <c>options[1].fleet.instances</c>.</param>
    /// <param name="value">A text, number, truth value or part of the document; null to clear it.</param>
    /// <param name="rows">Catalog rows that the value names; rows that the draft already has stay as they are.</param>
    public void Set(string path, object? value, CatalogSnapshot? rows = null)
    {
        var (changed, problem) = DocumentPath.With(Draft, path, value);
        if (changed is null)
        {
            Refuse(path, problem!);
            return;
        }

        _refused.Remove(path);
        var from = _typing is { } typing && typing.Path == path ? typing.From : Draft;
        var followed = VolumeEntry.Follow(Draft, changed);
        var known = rows is null ? Catalog : Catalog.Over(rows);
        Change(_ => path.StartsWith("ranges", StringComparison.Ordinal) ? followed : RangeFollow.Follow(from, followed, known), rows, path);
        _typing = (path, from);
    }

    /// <summary>Reports that what was typed cannot be read; null withdraws it.</summary>
    public void Refuse(string path, string? message)
    {
        if (message is null ? !_refused.Remove(path) : _refused.TryGetValue(path, out var known) && known == message)
        {
            return;
        }

        if (message is not null)
        {
            _refused[path] = message;
        }

        Evaluate();
        Revision++;
    }

    /// <summary>Changes the draft as a whole.</summary>
    /// <param name="change">The change.</param>
    /// <param name="rows">Catalog rows that it names; rows that the draft already has stay as they are.</param>
    /// <param name="path">What was changed; edits of one path in quick succession are undone together.</param>
    public void Change(Func<Scenario, Scenario> change, CatalogSnapshot? rows = null, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        var next = change(Draft);
        if (path is null)
        {
            // Indexes in paths may now mean other fields.
            _refused.Clear();
        }

        Become(_now with { Scenario = next, Catalog = rows is null ? Catalog : Catalog.Over(rows) }, path);
    }

    /// <summary>Takes newer rows in place of those that the draft names.</summary>
    public void TakePrices(CatalogSnapshot today) => Become(_now with { Catalog = today.Over(Catalog), Prices = _now.Prices + 1 }, null);

    public void Undo() => Step(_undo, _redo);

    public void Redo() => Step(_redo, _undo);

    /// <summary>The draft is now what is stored.</summary>
    public void MarkSaved()
    {
        (_saved, _savedPrices) = (ScenarioJson.Write(Draft), _now.Prices);
        IsDirty = false;
        _last = null;
        Revision++;
    }

    private void Become(State next, string? path)
    {
        _typing = null;
        if (path is null || _last is not { } last || last.Path != path || _clock.GetElapsedTime(last.At) > SameEdit)
        {
            _undo.Add(_now);
            if (_undo.Count > MostUndo)
            {
                _undo.RemoveAt(0);
            }
        }

        _last = path is null ? null : (path, _clock.GetTimestamp());
        _redo.Clear();
        Show(next);
    }

    private void Step(List<State> from, List<State> to)
    {
        if (from.Count == 0)
        {
            return;
        }

        to.Add(_now);
        var next = from[^1];
        from.RemoveAt(from.Count - 1);
        (_last, _typing) = (null, null);
        _refused.Clear();
        Show(next);
    }

    private void Show(State next)
    {
        (_now, _document) = (next, null);
        _values.Clear();
        IsDirty = next.Prices != _savedPrices || ScenarioJson.Write(next.Scenario) != _saved;
        Evaluate();
        Revision++;
    }

    private void Evaluate()
    {
        var faults = ScenarioRules.Check(Draft, Catalog);
        Problems = [.. _refused.Select(refused => new Problem(refused.Key, refused.Value)), .. faults];
        if (faults.Count == 0)
        {
            Result = Telemetry.Time(Telemetry.Evaluations, () => Engine.Evaluate(Draft, Catalog));
            Answer = AnswerModel.From(Draft, Catalog, Result);
        }
    }
}
