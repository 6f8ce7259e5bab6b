using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>The fields of a fleet that one runs oneself.</summary>
public sealed partial class FleetInputs : ComponentBase
{
    [CascadingParameter]
    public required ScenarioForm Form { get; set; }

    [Parameter, EditorRequired]
    public required SelfHostOption Option { get; set; }

    /// <summary>The option's path in the document.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Inject]
    public required CatalogStore Catalog { get; init; }

    [Inject]
    public required MeasurementStore Measurements { get; init; }

    private string? _measured;

    private Instance? Machine => Option.InstanceKey is { } key ? Form.Editor.Catalog.Instances.GetValueOrDefault(key) : null;

    private LanguageModel? Model => Option.Model is { } key ? Form.Editor.Catalog.Models.GetValueOrDefault(key) : null;

    private InferenceEngine? Runtime => Form.Editor.Catalog.Engines.GetValueOrDefault(Option.Engine);

    private int DeploymentChanges => (Option.TensorParallel == 1 ? 0 : 1) + (Option.Precision == "bf16" ? 0 : 1) + (Option.Engine == "vllm" ? 0 : 1)
        + (Option.KvPrecision == KvPrecisions.Bf16 ? 0 : 1) + (Option.PipelineParallel == 1 ? 0 : 1) + (Option.DataParallel == 1 ? 0 : 1) + (Option.MaxSequences is null ? 0 : 1)
        + (Option.GpuMemoryUtilization is null ? 0 : 1) + (Option.PrefixCacheShare == 0 ? 0 : 1) + (Option.Speculative is null ? 0 : 1);

    private async Task<IReadOnlyList<PickerItem>> SearchModelsAsync(string words, CancellationToken cancellationToken)
    {
        var all = await Catalog.Models.AllAsync(cancellationToken);
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. all.Where(model => parts.All(part => model.Key.Contains(part, StringComparison.OrdinalIgnoreCase) || model.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
                .Select(model => new PickerItem(model.Key, model.Name, InputsTexts.ModelDetail.With(Format.Number(model.ParametersB), Format.Number(model.ContextTokens)))),
        ];
    }

    private async Task<IReadOnlyList<PickerItem>> SearchInstancesAsync(string words, CancellationToken cancellationToken)
    {
        var page = await Catalog.Instances.PageAsync(new InstanceQuery { Text = words, Take = 40 }, cancellationToken);
        return [.. page.Items.Select(entry => entry.Instance).Select(instance => new PickerItem(
            instance.Key, $"{instance.Type} · {instance.Cloud}, {instance.Region}", $"{instance.GpuCount} × {instance.Gpu}; {SourceRow.PricesInWords(instance.Prices)}"))];
    }

    private async Task<IReadOnlyList<PickerItem>> SearchGpusAsync(string words, CancellationToken cancellationToken)
    {
        var all = await Catalog.Gpus.AllAsync(cancellationToken);
        return
        [
            .. all.Where(gpu => gpu.Key.Contains(words, StringComparison.OrdinalIgnoreCase) || gpu.Name.Contains(words, StringComparison.OrdinalIgnoreCase))
                .Select(gpu => new PickerItem(gpu.Key, gpu.Name, $"{Format.Number(gpu.MemoryGb)} GB, {Format.Number(gpu.BandwidthGbPerSecond)} GB/s")),
        ];
    }

    private async Task ChooseGpuAsync(string key) => Form.Set($"{Path}.gpu", key, await RowsOfAsync(Option with { Gpu = key }));

    private async Task ChooseModel(string key)
    {
        var id = Option.Id;
        var rows = await RowsOfAsync(Option with { Model = key });
        if (rows.Models.ContainsKey(key))
        {
            Form.Change(draft => OptionEdits.Change<SelfHostOption>(draft, id, option => option with { Model = key }), rows);
        }
    }

    private async Task ChooseInstanceAsync(string key)
    {
        var rows = await RowsOfAsync(Option with { InstanceKey = key });
        if (!rows.Instances.TryGetValue(key, out var instance))
        {
            return;
        }

        var (id, named) = (Option.Id, Option.Name == OptionEdits.FleetName(null) || Option.Name == OptionEdits.FleetName(Machine));
        Form.Change(
            draft => OptionEdits.Change<SelfHostOption>(draft, id, option => option with { InstanceKey = key, Name = named ? OptionEdits.FleetName(instance) : option.Name }),
            rows);
    }

    /// <summary>Takes the best of the user's own benchmark points of this deployment as its measured throughput.</summary>
    private async Task TakeMeasuredAsync()
    {
        var gpu = Machine?.Gpu ?? Option.Gpu;
        var own = (await Measurements.AllAsync()).Where(stored => Matches(stored.Deployment, gpu)).ToList();
        var points = own.SelectMany(stored => stored.Points.Select(point => point.Point)).ToList();
        if (MeasuredThroughput.Best(points, Form.Draft.Workload) is not { } best)
        {
            _measured = points.Count == 0 ? Texts.MeasuredNone : Texts.MeasuredTooSlow;
            return;
        }

        var id = Option.Id;
        _measured = Texts.MeasuredTaken.With(Format.Count(best.OutputTokensPerSecond), Format.Count(best.InputTokens), Format.Count(best.OutputTokens));
        Form.Change(draft => OptionEdits.Change<SelfHostOption>(draft, id, option => option with
        {
            Throughput = option.Throughput with { Kind = ThroughputKinds.Measured, TokensPerSecond = Math.Round((decimal)best.OutputTokensPerSecond, 3), Basis = ThroughputBases.Output },
        }));
    }

    private bool Matches(Deployment measured, string? gpu) =>
        measured.Model == Option.Model && measured.Gpu == gpu && measured.Engine == Option.Engine && measured.KvPrecision == Option.KvPrecision
        && WeightPrecisions.Parse(measured.Precision) == WeightPrecisions.Parse(Option.Precision)
        && (measured.TensorParallel, measured.PipelineParallel, measured.DataParallel) == (Option.TensorParallel, Option.PipelineParallel, Option.DataParallel);

    private Task<CatalogSnapshot> RowsOfEngineAsync(string? engine) => RowsOfAsync(engine is null ? Option : Option with { Engine = engine });

    /// <summary>The rows that the option would name: its model, its instance with the GPU, its engine.</summary>
    private Task<CatalogSnapshot> RowsOfAsync(SelfHostOption option) => Catalog.SnapshotAsync(new Scenario { Options = [option] });
}
