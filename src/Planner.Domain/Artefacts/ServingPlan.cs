using System.Text;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Domain.Costs;
using Planner.Domain.Numerics;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Artefacts;

/// <summary>What is to be deployed, with every figure that the files need. It exists only where all of it is known.</summary>
internal sealed record ServingPlan
{
    /// <summary>Share of requests that the longest sequence a server takes is to hold; the others are refused by it.</summary>
    private const double LengthShare = 0.999;

    /// <summary>Weights are loaded at least so fast, bytes a second: the first start downloads them.</summary>
    private const double LoadBytesPerSecond = 100e6;

    /// <summary>Time for what an engine does besides loading: compiling, capturing graphs, warming up.</summary>
    private const double EngineStartSeconds = 300;

    public required Scenario Scenario { get; init; }

    /// <summary>The option that was chosen: the fleet itself, or a mix.</summary>
    public required Option Chosen { get; init; }

    public required SelfHostOption Fleet { get; init; }

    /// <summary>The mix's API; null for a fleet by itself.</summary>
    public required ApiOption? Api { get; init; }

    /// <summary>The API's sheet; null where its prices were typed in.</summary>
    public required PriceSheet? ApiSheet { get; init; }

    public required OptionResult Result { get; init; }

    public required LanguageModel Model { get; init; }

    public required Gpu Gpu { get; init; }

    public required Instance Instance { get; init; }

    public required InferenceEngine Engine { get; init; }

    public required EngineDocumentation Documentation { get; init; }

    public required Weights Weights { get; init; }

    /// <summary>Replicas in the busiest hour, of one tenant's fleet where each has its own.</summary>
    public required int MaxReplicas { get; init; }

    public required int MinReplicas { get; init; }

    /// <summary>Those of <see cref="MaxReplicas"/> that run on spot instances.</summary>
    public required int SpotReplicas { get; init; }

    /// <summary>Sequences that a replica, or each data-parallel rank of it, runs at once.</summary>
    public required int MaxSequences { get; init; }

    /// <summary>Longest sequence, tokens.</summary>
    public required int MaxLength { get; init; }

    /// <summary>Longest output of such a sequence, tokens.</summary>
    public required int MaxOutput { get; init; }

    /// <summary>True where the KV cache holds less than the workload's longest requests.</summary>
    public required bool IsCutByCache { get; init; }

    /// <summary>True where the model reads less than the workload's longest requests.</summary>
    public required bool IsCutByContext { get; init; }

    /// <summary>Longest prompt of such a sequence, tokens; at least 1.</summary>
    public int MaxInput => Math.Max(1, MaxLength - MaxOutput);

    public CapacityEstimate? Estimate => Result.Estimate;

    public Workload Workload => Scenario.Workload;

    public bool IsEncoder => Model.Kind == ModelKinds.Encoder;

    public bool HasGpus => Gpu.Vendor != EncoderModel.CpuVendor;

    public decimal MemoryUtilization => Fleet.GpuMemoryUtilization ?? CapacityEstimator.DefaultMemoryUtilization;

    public int ReplicasPerInstance => Instance.GpuCount / Fleet.GpusPerReplica;

    /// <summary>Replicas besides those that the load needs; a mix with overflow keeps none, since its API stands in.</summary>
    public int SpareReplicas => SpareOf(Chosen, Fleet);

    /// <summary>True where steady and spot replicas are deployed apart.</summary>
    public bool HasTwoPools => SpotReplicas > 0 && SpotReplicas < MaxReplicas;

    /// <summary>Adapters on the base deployment; 0 for one tenant, and where each has a fleet.</summary>
    public int Adapters => Fleet.Tenancy is { Kind: Tenancies.Shared, Tenants: > 1 and var tenants } ? tenants : 0;

    /// <summary>Name of all objects of the plan: a DNS label.</summary>
    public string Name
    {
        get
        {
            const int longest = 40;
            var label = new StringBuilder();
            foreach (var letter in Chosen.Id.ToLowerInvariant())
                label.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '-');
            var id = label.ToString().Trim('-');
            return id.Length == 0 ? "llm" : $"llm-{id[..Math.Min(longest, id.Length)].TrimEnd('-')}";
        }
    }

    /// <summary>Name under which clients ask for the model.</summary>
    public string ServedName => Model.Key;

    /// <summary>The API that answers for the fleet where it cannot; null where there is none, as in a mix by task, whose API has tasks of its own.</summary>
    public ApiOption? StandIn => Chosen is HybridOption { Mode: HybridModes.Tasks } ? null : Api;

    /// <summary>Size of what is downloaded, bytes: an engine that quantizes on its own starts from the published weights.</summary>
    public double DownloadBytes => (double)Model.ParametersB * 1e9 * Weights.Stored.BytesPerWeight();

    /// <summary>Size of the weights as they are served, bytes.</summary>
    public double WeightBytes => (double)Model.ParametersB * 1e9 * WeightPrecisions.Parse(Fleet.Precision)!.Value.BytesPerWeight();

    /// <summary>Time that a replica may take until it serves, seconds.</summary>
    public int StartSeconds => (int)Math.Ceiling((DownloadBytes / LoadBytesPerSecond) + EngineStartSeconds + ((double)Fleet.Fleet.ColdStartMinutes * 60));

    /// <summary>Time that the longest request takes, seconds: so long a replica that is to leave may finish its work.</summary>
    public int GraceSeconds
    {
        get
        {
            var ttft = (double?)Workload.Slo.TtftMs / 1000 ?? Estimate?.TtftSeconds ?? 5;
            var tpot = (double?)Workload.Slo.TpotMs / 1000 ?? Estimate?.TpotSeconds ?? 0.1;
            return (int)Math.Clamp(Math.Ceiling(ttft + (MaxOutput * tpot)), 30, 3600);
        }
    }

    /// <summary>Requests that may wait for a replica: as many as it serves within the target for the first token; at least 1.</summary>
    public int WaitingTarget => Workload.Slo.TtftMs is { } ttft && Estimate is { RequestsPerSecond: > 0 and var rate } ? (int)Math.Clamp(Math.Floor(rate * (double)ttft / 1000), 1, 1000) : 1;

    /// <summary>Requests that run on a replica at the load that the plan gives it: its batch at the highest load that keeps the targets, or, where the throughput was stated or measured, its places; times the load factor. At least 1.</summary>
    public int RunningTarget
    {
        get
        {
            var isModelled = !Fleet.Throughput.IsGiven && Estimate is { Batch: > 0 };
            var batch = isModelled ? Math.Min(Estimate!.Batch, (double)MaxSequences * Fleet.DataParallel) : (double)MaxSequences * Fleet.DataParallel;
            return (int)Math.Max(1, Math.Floor((batch * (double)(Fleet.LoadFactor ?? (isModelled ? 1 : SelfHostOption.DefaultLoadFactor))) + 1e-9));
        }
    }

    /// <summary>Share of the KV cache in use from which it is full before long: half-way between what the plan's load needs and all of it.</summary>
    public double CacheLimit => Estimate is { Memory.Sequences: > 0 and var held, Batch: var batch } ? Math.Clamp(Math.Round((1 + (batch / held)) / 2, 2), 0.8, 0.98) : 0.95;

    /// <summary>The plan of an option, or why nothing can be deployed.</summary>
    public static (ServingPlan? Plan, Problem? Refusal) Of(Scenario scenario, CatalogSnapshot catalog, Result result, string optionId, string? checkpoint)
    {
        if (scenario.Options.FirstOrDefault(option => option.Id == optionId) is not { } chosen || result.Options.FirstOrDefault(option => option.Id == optionId) is not { } outcome)
            return Refuse(Texts.ArtefactOptionUnknown, optionId, string.Join(", ", scenario.Options.Select(option => option.Id)));
        if (!outcome.Feasible)
            return Refuse(Texts.ArtefactInfeasible, chosen.Name, string.Join(" ", outcome.Reasons));
        // A throughput that somebody states makes no memory.
        if (outcome.Estimate is { Memory.Fits: false, Infeasible: { } impossible } estimate)
            return Refuse(Texts.ArtefactInfeasible, chosen.Name, estimate.Change is { } change ? $"{impossible} {Texts.ArtefactNearest.With(change.Words)}" : impossible);
        var (fleet, api, unserved) = PartsOf(scenario, chosen);
        if (fleet is null)
            return Refuse(unserved!, chosen.Name);
        if (outcome.Replicas is not > 0)
            return Refuse(Texts.ArtefactNoFleet, chosen.Name);
        if (fleet.Model is not { } modelKey || catalog.Models.GetValueOrDefault(modelKey) is not { } model)
            return Refuse(Texts.ArtefactNoModel, chosen.Name);
        if (model.HuggingFaceId is null)
            return Refuse(Texts.ArtefactNoRepository, model.Name);
        if (fleet.InstanceKey is not { } instanceKey || catalog.Instances.GetValueOrDefault(instanceKey) is not { } instance || catalog.Gpus.GetValueOrDefault(instance.Gpu) is not { } gpu)
            return Refuse(Texts.ArtefactNoInstance, chosen.Name);
        if (catalog.Engines.GetValueOrDefault(fleet.Engine) is not { } engine || EngineDocumentation.Of(fleet.Engine) is not { } documentation)
            return Refuse(Texts.ArtefactNoEngine, fleet.Engine, string.Join(", ", EngineDocumentation.All.Select(one => one.Key)));
        if (fleet.GpusPerReplica > instance.GpuCount)
            return Refuse(Texts.ArtefactManyMachines, fleet.GpusPerReplica, instance.Type, instance.GpuCount);
        if (!CanServe(documentation, model))
            return Refuse(Texts.ArtefactWrongServer, documentation.Name, model.Name);
        if (Images.Of(documentation, gpu) is null)
            return Refuse(Texts.ArtefactNoImage, documentation.Name, gpu.Name);
        if (documentation == EngineDocumentation.Tgi && fleet.PipelineParallel * fleet.DataParallel > 1)
            return Refuse(Texts.ArtefactOnlyTensor, documentation.Name);
        if (fleet.Tenancy is { Kind: Tenancies.Shared, Tenants: > 1 } && !EngineCommand.CanServeAdapters(documentation))
            return Refuse(Texts.ArtefactNoAdapters, documentation.Name);
        var (weights, wrong) = Weights.Of(fleet, model, documentation, gpu, checkpoint);
        if (weights is null)
            return (null, wrong);

        var (input, output) = Lengths(scenario.Workload, chosen as HybridOption, fleet.Id);
        var (longestInput, longestOutput) = (Longest(input), Longest(output));
        var longest = longestInput + longestOutput;
        var held = outcome.Estimate?.Memory is { } memory ? Math.Max(1, Math.Floor(memory.KvTokens / Math.Max(1, fleet.DataParallel))) : double.PositiveInfinity;
        var length = (int)Math.Min(Math.Min(RoundUp(longest, 256), model.ContextTokens), held);
        var max = (int)Math.Min(int.MaxValue, Math.Max(1, outcome.Replicas.Value / (fleet.Tenancy is { Kind: Tenancies.Each, Tenants: var tenants } ? tenants : 1)));
        return (new ServingPlan
        {
            Scenario = scenario,
            Chosen = chosen,
            Fleet = fleet,
            Api = api,
            ApiSheet = api?.PriceKey is { } priceKey ? catalog.Prices.GetValueOrDefault(priceKey) : null,
            Result = outcome,
            Model = model,
            Gpu = gpu,
            Instance = instance,
            Engine = engine,
            Documentation = documentation,
            Weights = weights,
            MaxReplicas = max,
            MinReplicas = Least(fleet, SpareOf(chosen, fleet), max),
            SpotReplicas = (int)Math.Floor((max * SpotShare(fleet, outcome)) + 1e-9),
            MaxSequences = Sequences(fleet, engine, outcome.Estimate),
            MaxLength = length,
            // Of a length that is cut neither prompt nor output loses what fits into half of it.
            MaxOutput = (int)Math.Min(longestOutput, Math.Max(length - longestInput, length / 2)),
            IsCutByCache = length < Math.Min(longest, model.ContextTokens),
            IsCutByContext = length == model.ContextTokens && length < longest,
        }, null);
    }

    /// <summary>The fleet and the API of an option, or the sentence that says why it has not one of each at most.</summary>
    private static (SelfHostOption? Fleet, ApiOption? Api, string? Unserved) PartsOf(Scenario scenario, Option chosen)
    {
        if (chosen is SelfHostOption alone)
            return (alone, null, null);
        if (chosen is not HybridOption mix)
            return (null, null, Texts.ArtefactApi);
        var ids = mix.Mode == HybridModes.Tasks ? [.. mix.Routes.Select(route => route.OptionId).Distinct()] : new[] { mix.FleetOptionId, mix.ApiOptionId };
        var parts = scenario.Options.Where(option => ids.Contains(option.Id)).ToList();
        return parts.OfType<SelfHostOption>().ToList() is [var fleet] && parts.OfType<ApiOption>().Count() <= 1 && !parts.Exists(part => part is HybridOption)
            ? (fleet, parts.OfType<ApiOption>().FirstOrDefault(), null)
            : (null, null, Texts.ArtefactManyParts);
    }

    /// <summary>Encoders need a server that embeds, and all others one that generates.</summary>
    private static bool CanServe(EngineDocumentation documentation, LanguageModel model) => model.Kind == ModelKinds.Encoder
        ? documentation.Key is "tei" or "vllm" or "sglang"
        : documentation != EngineDocumentation.Tei;

    /// <summary>Mean lengths and how they spread; of tasks the longest that go to the fleet.</summary>
    private static ((decimal Mean, decimal Cv) Input, (decimal Mean, decimal Cv) Output) Lengths(Workload workload, HybridOption? mix, string fleetId)
    {
        var routes = mix is { Mode: HybridModes.Tasks } ? mix.Routes.Where(route => route.OptionId == fleetId).ToList() : [];
        var input = routes.Select(route => route.InputTokens ?? workload.InputTokens).DefaultIfEmpty(workload.InputTokens).Max();
        var output = routes.Select(route => route.OutputTokens ?? workload.OutputTokens).DefaultIfEmpty(workload.OutputTokens).Max();
        return ((input, workload.InputCv), (output + workload.ReasoningTokens, workload.OutputCv));
    }

    /// <summary>Length that all but one in a thousand stay below, of a lognormal with a mean and a coefficient of variation, tokens.</summary>
    private static long Longest((decimal Mean, decimal Cv) length)
    {
        if (length.Mean == 0)
            return 0;
        var variance = Math.Log(1 + Math.Pow((double)length.Cv, 2));
        var longest = (double)length.Mean * Math.Exp((NormalDistribution.Quantile(LengthShare) * Math.Sqrt(variance)) - (variance / 2));
        return (long)Math.Ceiling(Math.Max((double)length.Mean, longest) - 1e-9);
    }

    private static long RoundUp(long value, long step) => Math.Max(step, (value + step - 1) / step * step);

    private static int SpareOf(Option chosen, SelfHostOption fleet) => chosen is HybridOption { Mode: HybridModes.Overflow } ? 0 : fleet.Fleet.SpareReplicas;

    private static int Least(SelfHostOption fleet, int spare, int max) => fleet.Fleet.Sizing switch
    {
        FleetSizings.Hourly => Math.Clamp(fleet.Fleet.MinimumReplicas + spare, 1, max),
        FleetSizings.Scheduled => Math.Clamp(fleet.Fleet.Schedule!.Min(), 1, max),
        _ => max,
    };

    /// <summary>The option's number; else, where the throughput is modelled, what runs at the highest load that keeps the SLO with room for two standard deviations of it; else the engine's. No more than the memory holds.</summary>
    private static int Sequences(SelfHostOption fleet, InferenceEngine engine, CapacityEstimate? estimate)
    {
        if (fleet.MaxSequences is { } stated)
            return stated;
        var held = estimate?.Memory is { Sequences: >= 1 and var room } ? Math.Min(Math.Floor(room), engine.MaxSequences) : engine.MaxSequences;
        // A throughput that was stated or measured may rest on more sequences than the model would run.
        return (int)(estimate is { Batch: > 0 and var batch } && !fleet.Throughput.IsGiven ? Math.Max(1, Math.Min(Math.Ceiling(batch + (2 * Math.Sqrt(batch))), held)) : held);
    }

    /// <summary>Spot's part of the instances of the busiest hour: as stated, or, where the plan finds its mix of ways, spot's share of those above the committed ones on its bill.</summary>
    private static double SpotShare(SelfHostOption fleet, OptionResult outcome)
    {
        var operands = outcome.Ledger.Where(line => line.Group == LedgerGroups.Compute).SelectMany(line => line.Operands.Select(operand => (line.Item, Operand: operand))).ToList();
        var found = operands.FindAll(one => Says(one.Operand.Source, () => Texts.SourceCheapestMix));
        if (found.Count == 0)
            return (double)fleet.Purchase.Where(share => share.Kind == PurchaseKinds.Spot).Sum(share => share.Share);
        var spot = found.Find(one => one.Operand.Name == "share" && (Says(one.Item, () => Texts.ItemSpot) || Says(one.Item, () => Texts.PartOfMix.With(fleet.Name, Texts.ItemSpot)))).Operand?.Value ?? 0;
        var committed = found.Find(one => one.Operand.Name == "instances").Operand?.Value ?? 0;
        return outcome.Instances is > 0 and var most ? spot * Math.Clamp(1 - (committed / most), 0, 1) : 0;
    }

    /// <summary>Whether an answer has this text, in the present language or as answers are stored.</summary>
    private static bool Says(string found, Func<string> text) => found == text() || found == Language.Stored(text);

    private static (ServingPlan?, Problem?) Refuse(string text, params ReadOnlySpan<object?> values) => (null, new Problem("optionId", text.With(values)));
}
