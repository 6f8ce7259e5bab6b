using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Scenarios.Inputs;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Guide;

/// <summary>Asks a new user four short questions and opens the editor with what the answers make. The address holds the step and the answers.</summary>
public sealed partial class GuidePage : LeavableComponent
{
    private const int Steps = 4;

    private readonly Dictionary<string, string> _problems = [];
    private GuideAnswers _answers = new();
    private IReadOnlyList<LanguageModel> _models = [];
    private PriceSheet? _sheet;
    private (string? Name, bool Sold) _model;
    private string? _machine;
    private string? _read;
    private int _step;
    private bool _refused;
    private bool _focus;
    private ElementReference _title;

    /// <summary>The question, from 1.</summary>
    [SupplyParameterFromQuery(Name = "step")]
    public int? Step { get; set; }

    /// <summary>What was answered so far.</summary>
    [SupplyParameterFromQuery(Name = "answers")]
    public string? Answers { get; set; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required ExampleStore Examples { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private GuideTask Kind => GuideTask.Of(_answers.Task);

    private Workload Usual => Kind.Usual(Examples);

    private Workload Load => _answers.Workload(Examples);

    private static int UsualMonths => new Horizon().Months;

    /// <summary>The volume that a million requests a month are in the way it is counted.</summary>
    private decimal UsualVolume => (_answers with { Volume = null }).Workload(Examples) is { Volume: { } entry } ? entry.Value : GuideTask.SomeRequests;

    private string VolumeUnit => _answers.Basis is VolumeBases.TokensPerMonth or VolumeBases.TokensPerDay ? GuideTexts.UnitTokens : GuideTexts.UnitRequests;

    private string LengthHint => Kind.ExampleOf(Examples) is { } example ? GuideTexts.FromExample.With(example.Name) : GuideTexts.FromThumbPlain;

    private string TtftSource => Usual.Slo.TtftMs is null ? GuideTexts.TtftNone : LengthHint;

    private string ModelHint => _answers.Model is not null ? GuideTexts.ModelYours : _model.Sold ? GuideTexts.ModelSold : GuideTexts.ModelThumb;

    private string? PeakFault => _answers is { PeakToMean: { } peak, HoursPerDay: { } hours } && hours < GuideAnswers.AllDay && peak > hours ? GuideTexts.PeakTooHigh.With(Format.Number(hours)) : null;

    private IEnumerable<string> Marked => PeakFault is null ? _problems.Keys : _problems.Keys.Append(GuideTexts.Peak);

    protected override async Task OnParametersSetAsync()
    {
        var step = Math.Clamp(Step ?? 1, 1, Steps);
        (_focus, _step, _refused) = (_step != 0 && step != _step, step, false);
        if (Answers == _read && _models.Count > 0)
        {
            return;
        }

        _read = Answers;
        if (Answers != _answers.Write())
        {
            _answers = GuideAnswers.Read(Answers);
            _problems.Clear();
        }

        _models = await Catalog.Models.AllAsync(Leaving);
        await FollowAsync();
        _machine = _answers.Instance is { } key && await Catalog.Instances.FindAsync(key, Leaving) is { } entry ? NameOf(entry.Instance) : null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus)
        {
            _focus = false;
            await _title.FocusAsync();
        }
    }

    private static string NameOf(int step) => step switch
    {
        1 => GuideTexts.StepRun,
        2 => GuideTexts.StepVolume,
        3 => GuideTexts.StepSpeed,
        _ => GuideTexts.StepLimits,
    };

    private static string NameOf(Instance instance) => $"{instance.Type} · {instance.Cloud}, {instance.Region}";

    private static SourceKind KindOf(bool typed) => typed ? SourceKind.Yours : SourceKind.Default;

    /// <summary>Reads the names of what the answers mean.</summary>
    private async Task FollowAsync()
    {
        _sheet = await GuidedScenario.SheetAsync(_answers, Catalog, Leaving);
        var (key, sold) = GuidedScenario.ModelOf(_answers, _sheet, _models);
        _model = (_models.FirstOrDefault(model => model.Key == key)?.Name ?? key, sold);
    }

    // Prices, lengths and targets that were typed stay; what was left open follows the task.
    private Task ChooseTaskAsync(string? task)
    {
        var chosen = GuideTask.Of(task);
        _answers = _answers with { Task = chosen.Id, Price = chosen.Mode == Kind.Mode ? _answers.Price : null, Model = chosen.Mode == Kind.Mode ? _answers.Model : null };
        return FollowAsync();
    }

    private async Task<IReadOnlyList<PickerItem>> SearchPricesAsync(string words, CancellationToken cancellationToken)
    {
        var page = await Catalog.Prices.PageAsync(new PriceQuery { Text = words, Mode = Kind.Mode, Take = 40 }, cancellationToken);
        return [.. page.Items.Select(entry => new PickerItem(entry.Sheet.Key, $"{entry.Sheet.Name} · {entry.Sheet.Seller}", SourceRow.PricesInWords(entry.Sheet.Prices)))];
    }

    private Task ChoosePriceAsync(string key)
    {
        _answers = _answers with { Price = key };
        return FollowAsync();
    }

    private Task<IReadOnlyList<PickerItem>> SearchModelsAsync(string words, CancellationToken cancellationToken)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Task.FromResult<IReadOnlyList<PickerItem>>(
        [
            .. _models.Where(model => parts.All(part => model.Key.Contains(part, StringComparison.OrdinalIgnoreCase) || model.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
                .Select(model => new PickerItem(model.Key, model.Name, $"{Format.Number(model.ParametersB)} B")),
        ]);
    }

    private Task ChooseModelAsync(string? key)
    {
        _answers = _answers with { Model = key };
        return FollowAsync();
    }

    private async Task<IReadOnlyList<PickerItem>> SearchInstancesAsync(string words, CancellationToken cancellationToken)
    {
        var page = await Catalog.Instances.PageAsync(new InstanceQuery { Text = words, Take = 40 }, cancellationToken);
        return [.. page.Items.Select(entry => entry.Instance).Select(instance => new PickerItem(instance.Key, NameOf(instance), $"{instance.GpuCount} × {instance.Gpu}; {SourceRow.PricesInWords(instance.Prices)}"))];
    }

    private async Task ChooseInstanceAsync(string? key)
    {
        _answers = _answers with { Instance = key };
        _machine = key is not null && await Catalog.Instances.FindAsync(key, Leaving) is { } entry ? NameOf(entry.Instance) : null;
    }

    private void Note(string label, string? problem)
    {
        if (problem is null)
        {
            _problems.Remove(label);
        }
        else
        {
            _problems[label] = problem;
        }
    }

    /// <summary>True where what is on the page can be taken; else the page says what cannot until it can.</summary>
    private bool IsSound()
    {
        _refused = Marked.Any();
        return !_refused;
    }

    private void Go(int step)
    {
        // Going back forgets what could not be taken, as its box goes too.
        if (step < _step)
        {
            _problems.Clear();
        }

        if (step < _step || IsSound())
        {
            Keep();
            Navigation.NavigateTo(_answers.AddressOf(step));
        }
    }

    private void Finish()
    {
        if (IsSound())
        {
            Keep();
            Navigation.NavigateTo(_answers.EditorAddress);
        }
    }

    /// <summary>The way back leads to this step as it is left.</summary>
    private void Keep()
    {
        _read = _answers.Write();
        Navigation.NavigateTo(_answers.AddressOf(_step), replace: true);
    }
}
