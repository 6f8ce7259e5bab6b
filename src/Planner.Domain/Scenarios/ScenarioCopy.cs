using System.Text.Json;
using Planner.Domain.Catalogs;
using Planner.Domain.Loads;

namespace Planner.Domain.Scenarios;

/// <summary>A copy of a scenario, all its own, whose numbers are set in place: what asks for thousands of variants of a document cannot write each of them anew.</summary>
/// <remarks>It has neither ranges nor evidence. An API that takes its prices from the catalog has them as its own where one of them is to be set.</remarks>
internal sealed class ScenarioCopy
{
    private readonly bool _setsVolume;
    private readonly VolumeEntry? _volume;
    private readonly List<(DocumentNumber Length, decimal Ratio, bool IsOutput)> _routes = [];

    /// <param name="scenario">The scenario; it stays as it is.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="paths">What is to be set.</param>
    public ScenarioCopy(Scenario scenario, CatalogSnapshot catalog, IReadOnlyList<string> paths)
    {
        _setsVolume = paths.Contains(VolumePath);
        ShapeIsSet = paths.Any(path => path.StartsWith("workload.shape.", StringComparison.Ordinal));
        var own = scenario with
        {
            Ranges = [],
            Evidence = [],
            Workload = _setsVolume ? scenario.Workload.At(scenario.Workload.RequestsPerMonth) : scenario.Workload,
            Options = [.. scenario.Options.Select((option, i) => paths.Any(path => path.StartsWith($"options[{i}].price.", StringComparison.Ordinal)) && option is ApiOption api ? api.WithOwnPrice(catalog) : option)],
        };
        Scenario = JsonSerializer.Deserialize<Scenario>(JsonSerializer.SerializeToUtf8Bytes(own, ScenarioJson.Options), ScenarioJson.Options)!;
        _volume = Scenario.Workload.Volume;
        AddRoutes("inputTokens", Scenario.Workload.InputTokens, paths);
        AddRoutes("outputTokens", Scenario.Workload.OutputTokens, paths);
    }

    /// <summary>Path of the volume itself.</summary>
    public const string VolumePath = "workload.requestsPerMonth";

    /// <summary>The copy.</summary>
    public Scenario Scenario { get; }

    private bool ShapeIsSet { get; }

    /// <summary>The number at a path of the copy; null where there is none.</summary>
    public DocumentNumber? At(string path) => DocumentNumber.At(Scenario, path);

    /// <summary>To be called after numbers were set: what follows from them follows.</summary>
    public void Settle()
    {
        if (ShapeIsSet)
            LoadWeek.Forget(Scenario.Workload.Shape);
        foreach (var (length, ratio, isOutput) in _routes)
            length.Set(ratio * (isOutput ? Scenario.Workload.OutputTokens : Scenario.Workload.InputTokens));
        if (_volume?.RequestsPerMonth(Scenario.Workload, Scenario.HoursPerMonth) is { } meant && meant != Scenario.Workload.RequestsPerMonth)
            Volume.Set(meant);
    }

    /// <summary>Lengths of a mix' tasks keep their proportion to the workload's where that is set.</summary>
    private void AddRoutes(string member, decimal typed, IReadOnlyList<string> paths)
    {
        if (typed == 0 || !paths.Contains($"workload.{member}"))
            return;
        for (var i = 0; i < Scenario.Options.Count; i++)
        {
            for (var j = 0; Scenario.Options[i] is HybridOption mix && j < mix.Routes.Count; j++)
            {
                var path = $"options[{i}].routes[{j}].{member}";
                if (!paths.Contains(path) && At(path) is { Value: { } own } length)
                    _routes.Add((length, own / typed, member == "outputTokens"));
            }
        }
    }

    private DocumentNumber Volume => field ??= At(VolumePath)!;
}
