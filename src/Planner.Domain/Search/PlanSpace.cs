using Planner.Domain.Artefacts;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Search;

/// <summary>Everything that a plan can be made of: replicas and, by kind and number of GPUs, the machines that hold them.</summary>
internal sealed class PlanSpace
{
    private const int MostGpus = 64;

    private readonly Scenario _scenario;
    private readonly SearchConstraints _constraints;
    private readonly CatalogSnapshot _catalog;
    private readonly SelfHostOption _template;
    private readonly Arrivals _arrivals;
    private readonly Dictionary<string, List<Machines>> _machines = [];

    public PlanSpace(Scenario scenario, SearchConstraints constraints, CatalogSnapshot catalog)
    {
        (_scenario, _constraints, _catalog, _template) = (scenario, constraints, catalog, constraints.Template);
        var levers = LeverEffect.Of(scenario.Workload, _template.PrefixCacheShare);
        Workload = levers.Workload;
        _arrivals = GenerativeEstimate.ArrivalsOf(Workload);
        Prefix = levers.IsOn ? Math.Min(0.99m, Workload.CacheReadShare) : _template.PrefixCacheShare;
        foreach (var group in catalog.Instances.Values.Where(instance => catalog.Gpus.ContainsKey(instance.Gpu)).GroupBy(instance => (instance.Gpu, instance.GpuCount)))
        {
            var rows = group.Select(RowOf).OfType<Row>().OrderBy(row => row.LeastUsdPerHour).ThenBy(row => row.Instance.Key, StringComparer.Ordinal).ToArray();
            if (rows.Length == 0)
                continue;
            if (!_machines.TryGetValue(group.Key.Gpu, out var sizes))
                _machines.Add(group.Key.Gpu, sizes = []);
            sizes.Add(new Machines(group.Key.GpuCount, rows));
        }
    }

    /// <summary>What is left for a fleet to serve once the token levers have acted.</summary>
    public Workload Workload { get; }

    /// <summary>Share of that workload's prompt tokens found in a prefix cache.</summary>
    public decimal Prefix { get; }

    /// <summary>Machines of one size: rows of the catalog that differ in cloud, region and price, the cheapest first.</summary>
    internal sealed record Machines(int GpuCount, Row[] Rows)
    {
        /// <summary>True where some of the rows break a constraint.</summary>
        public bool BreaksAny { get; } = Array.Exists(Rows, row => !row.Broken.AreNone);
    }

    /// <summary>A machine that can be bought in a way that is allowed.</summary>
    /// <param name="Instance">The row of the catalog.</param>
    /// <param name="LeastUsdPerHour">The lowest price of an hour that its allowed ways of buying come to.</param>
    /// <param name="Purchase">The ways that have a price.</param>
    /// <param name="Broken">Constraints that it breaks.</param>
    internal sealed record Row(Instance Instance, double LeastUsdPerHour, IReadOnlyList<PurchaseShare> Purchase, Constraints Broken);

    /// <summary>Machines with a kind of GPU.</summary>
    public IReadOnlyList<Machines> MachinesOf(Gpu gpu) => _machines.GetValueOrDefault(gpu.Key) ?? [];

    /// <summary>A kind of GPU that a model may run on, by an engine at a precision.</summary>
    internal sealed record Seat(LanguageModel Model, InferenceEngine Engine, string Precision, Gpu Gpu, Constraints Broken);

    /// <summary>Models that can serve the workload: those that break nothing first, the smallest first among them, since what they cost rules out most of the rest.</summary>
    public List<LanguageModel> Models()
    {
        var embeds = Workload.OutputTokens + Workload.ReasoningTokens == 0;
        var tokens = Workload.InputTokens + Workload.OutputTokens + Workload.ReasoningTokens;
        return [.. _catalog.Models.Values
            .Where(model => model.Kind == ModelKinds.Encoder == embeds && model.Architecture is not null && tokens <= model.ContextTokens && !_constraints.RulesOut(BrokenBy(model)))
            .OrderBy(model => !BrokenBy(model).AreNone).ThenBy(model => ModelMath.Parameters(model.Architecture!)).ThenBy(model => model.Key, StringComparer.Ordinal)];
    }

    /// <summary>Where a model may run with at most one constraint broken.</summary>
    public List<Seat> Seats(LanguageModel model)
    {
        var (seats, ofModel) = (new List<Seat>(), BrokenBy(model));
        foreach (var engine in _catalog.Engines.Values.Where(IsSearched))
        {
            var ofEngine = ofModel | Constraints.If(!Allows(_constraints.Engines, engine.Key), SearchConstraint.Engine);
            if (_constraints.RulesOut(ofEngine))
                continue;
            foreach (var precision in PrecisionsOf(model, engine))
            {
                var broken = ofEngine | Constraints.If(!AllowsPrecision(precision), SearchConstraint.Precision);
                if (!_constraints.RulesOut(broken))
                    seats.AddRange(_catalog.Gpus.Values.Where(gpu => CanCompute(gpu, precision) && CanRun(engine, gpu)).Select(gpu => new Seat(model, engine, precision, gpu, broken)));
            }
        }

        return seats;
    }

    /// <summary>A release that is no longer made is for those who ask for it by its name.</summary>
    private bool IsSearched(InferenceEngine engine) => engine.Key != EngineTimings.Vllm2024 || _constraints.Engines.Contains(engine.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>What nobody publishes a build of cannot be deployed; of an engine that the user added nobody knows.</summary>
    private static bool CanRun(InferenceEngine engine, Gpu gpu) => EngineDocumentation.Of(engine.Key) is not { } documentation || Images.Of(documentation, gpu) is not null;

    /// <summary>The option of a plan.</summary>
    public SelfHostOption Plan(Serving serving, Row row, string sizing) => serving.Parts.Option with
    {
        Id = "fleet",
        Name = NameOf(serving, row.Instance),
        InstanceKey = row.Instance.Key,
        Gpu = null,
        PrefixCacheShare = _template.PrefixCacheShare,
        Purchase = row.Purchase,
        MaximumSpotShare = _template.MaximumSpotShare,
        Fleet = _template.Fleet with { Sizing = sizing },
    };

    private static string NameOf(Serving serving, Instance instance) => Texts.PlanName.With(serving.Parts.Model.Name, serving.Parts.Option.Precision.ToUpperInvariant(), serving.Parts.Engine.Name, instance.Cloud, instance.Type, instance.Region);

    /// <summary>The replicas of a seat, by how they are split over GPUs, that hold at least one request and break at most one constraint.</summary>
    public IEnumerable<Serving> Servings(Seat seat)
    {
        var (model, engine, precision, gpu, broken) = seat;
        var most = MachinesOf(gpu).Select(machines => machines.GpuCount).DefaultIfEmpty(0).Max();
        foreach (var (tensor, pipeline) in Splits(Math.Min(most, MostGpus)))
        {
            // An encoder, and a processor of virtual CPUs, has nothing to pipeline.
            if (pipeline > 1 && model.Kind == ModelKinds.Encoder)
                continue;
            // Copying an option is the dearest part of a layout that cannot be.
            if (tensor * pipeline > 1 && gpu is { LinkGbPerSecond: not > 0, Vendor: not EncoderModel.CpuVendor })
                continue;
            var option = _template with { Model = model.Key, Precision = precision, Engine = engine.Key, Gpu = gpu.Key, TensorParallel = tensor, PipelineParallel = pipeline, PrefixCacheShare = Prefix };
            if (CapacityEstimator.Unfit(option, model, gpu, engine) is not null)
                continue;
            var parts = new CapacityEstimator.Parts(option, model, gpu, engine, null, _catalog.Corrections);
            if (Bound(parts) is { TokensPerSecond: > 0 } bound && (broken | Constraints.If(bound.MissesTargets, SearchConstraint.Slo)) is var all && !_constraints.RulesOut(all))
                yield return new Serving(parts, bound, all);
        }
    }

    private CapacityBound Bound(CapacityEstimator.Parts parts)
    {
        if (!CapacityEstimator.IsEncoder(parts))
            return GenerativeEstimate.Bound(parts, Workload, _arrivals);
        if (CapacityEstimator.CannotEmbed(parts, Workload) is not null)
            return default;
        var figures = ServingFigures.Of(parts, Workload with { Slo = new ServiceLevel() });
        return new CapacityBound(figures.TokensPerSecond, figures.TtftSeconds, figures.TokensPerSecond > 0 && ServingFigures.Of(parts, Workload).TokensPerSecond == 0);
    }

    /// <summary>Powers of two in tensor parallel, and of two in stages as far as the GPUs of the largest machine go.</summary>
    private static IEnumerable<(int Tensor, int Pipeline)> Splits(int gpus)
    {
        for (var tensor = 1; tensor <= gpus; tensor *= 2)
        {
            for (var pipeline = 1; tensor * pipeline <= gpus; pipeline *= 2)
                yield return (tensor, pipeline);
        }
    }

    /// <summary>Precisions that the engine runs, each once; what is published in a four-bit format of its own is not converted to.</summary>
    private static IEnumerable<string> PrecisionsOf(LanguageModel model, InferenceEngine engine) => engine.Precisions
        .DistinctBy(WeightPrecisions.Parse)
        .Where(precision => WeightPrecisions.Parse(precision) is { } parsed && (parsed != WeightPrecision.MxFp4 || WeightPrecisions.Parse(model.NativePrecision) == parsed));

    /// <summary>A GPU without products in a precision runs it slower or not at all; only four-bit weights are worth the memory.</summary>
    private static bool CanCompute(Gpu gpu, string precision) => WeightPrecisions.Parse(precision) switch
    {
        WeightPrecision.Fp8 => gpu.Fp8Tflops is not null,
        WeightPrecision.Int8 => gpu.Int8Tops is not null || gpu.Vendor == EncoderModel.CpuVendor,
        WeightPrecision.NvFp4 => gpu.Fp4Tflops is not null,
        _ => true,
    };

    private Constraints BrokenBy(LanguageModel model) =>
        Constraints.If(!Allows(_constraints.Models, model.Key), SearchConstraint.Model)
        | Constraints.If(!Allows(_constraints.Licenses, model.License), SearchConstraint.License)
        | BrokenTier(model.Key);

    /// <summary>A model or price sheet without a tier is not known to be good enough.</summary>
    public Constraints BrokenTier(string key) => Constraints.If(
        _scenario.Workload.Requirements.MinimumQualityTier is { } least && !(_constraints.QualityTiers.TryGetValue(key, out var tier) && tier >= least), SearchConstraint.QualityTier);

    private bool AllowsPrecision(string precision) =>
        _constraints.Precisions.Count == 0 || _constraints.Precisions.Any(allowed => WeightPrecisions.Parse(allowed) == WeightPrecisions.Parse(precision));

    private static bool Allows(IReadOnlyList<string> allowed, string value) => allowed.Count == 0 || allowed.Contains(value, StringComparer.OrdinalIgnoreCase);

    private Row? RowOf(Instance instance)
    {
        var broken = Constraints.If(!Allows(_constraints.Clouds, instance.Cloud) || !Allows(_constraints.Instances, instance.Key), SearchConstraint.Provider)
            | Constraints.If(!Allows(_scenario.Workload.Requirements.Regions, instance.Region), SearchConstraint.Region);
        if (_constraints.RulesOut(broken))
            return null;
        var prices = instance.Prices;
        var ways = _constraints.PurchasesOrDefault
            .Select(kind => (Kind: kind, Usd: prices.Of(kind)))
            .Where(way => way.Usd is not null).ToList();
        if (ways.Count == 0)
            return null;
        decimal? Of(string kind) => ways.Find(way => way.Kind == kind).Usd;
        var spot = _template.Purchase.FirstOrDefault(share => share.Kind == PurchaseKinds.Spot);
        // The rest of what may be spot is bought on demand where that is allowed.
        var share = _template.MaximumSpotShare ?? SelfHostOption.DefaultSpotShare;
        var hourly = (Of(PurchaseKinds.Spot), Of(PurchaseKinds.OnDemand)) is ({ } low, { } high) ? Math.Min(high, (share * low) + ((1 - share) * high)) : Of(PurchaseKinds.Spot) ?? Of(PurchaseKinds.OnDemand);
        var least = new[] { hourly, Of(PurchaseKinds.Reserved1Y), Of(PurchaseKinds.Reserved3Y) }.Min()!.Value;
        return new Row(
            instance, (double)least, [.. ways.Select(way => way.Kind == PurchaseKinds.Spot && spot is not null ? spot with { UsdPerHour = null, Share = 0 } : new PurchaseShare { Kind = way.Kind, Share = 0 })], broken);
    }
}
