namespace Planner.Domain.Capacity;

/// <summary>The speed of one replica: times a token, a pass and a step that follow from model, GPU, layout and engine. A value; evaluating it allocates nothing.</summary>
/// <remarks>
/// Memory and compute times of a forward pass add up: fitted against published benchmarks, an overlap of the two (their maximum, or a smooth one) described
/// them worse. Formulas and symbols: docs/method.md, Capacity.
/// </remarks>
public readonly struct ReplicaModel
{
    private const double PipelineHopSeconds = 30e-6;
    private const double ReferencePeak = 312e12;
    private const double ReferenceExpertPeak = 1000e12;
    private const double ReferenceBandwidth = 3350;

    // Mixtures of experts were measured on software of October 2025 to April 2026; beyond that nothing is extrapolated.
    private const double FirstExpertYear = 2025.75, ReferenceExpertYear = 2026, LastExpertYear = 2026.33;

    private readonly double _tensor, _pipeline, _data;
    private readonly double _fixed, _dense, _head, _experts, _bandwidth, _kvBytes;
    private readonly double _perToken, _perHeadToken, _perRankToken, _attention, _decodeFlop, _prefillFlop, _hop;
    private readonly double _logMissed, _windowShare, _window;
    private readonly double _hostSeconds, _sequenceSeconds, _ttftSeconds, _ttftPerPrefill, _burst, _maxSequences, _chunk, _admissionShare, _burstTail;

    /// <param name="spec">The replica; its GPU's BF16 peak must be known.</param>
    /// <param name="fit">The fitted values.</param>
    /// <exception cref="ArgumentException">The GPU's BF16 peak is unknown.</exception>
    public ReplicaModel(ReplicaSpec spec, CapacityParameters fit)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(fit);
        var (model, gpu) = (spec.Model, spec.Gpu);
        (_tensor, _pipeline, _data) = (spec.Layout.Tensor, spec.Layout.Pipeline, spec.Layout.Data);
        double stages = _tensor * _pipeline, gpus = stages * _data;
        var vendor = gpu.Vendor switch { "amd" => spec.Software2024 ? fit.Amd2024 : fit.Amd, "intel" => fit.Gaudi, _ => None };
        var peaks = Peaks.Of(spec);
        var bytes = WeightBytes.Of(spec);

        _bandwidth = (double)gpu.BandwidthGbPerSecond * 1e9 * fit.BandwidthShare * vendor.Bandwidth;
        _dense = ((ModelMath.AttentionParameters(model) * bytes.Attention) + (ModelMath.DenseParameters(model) * bytes.Dense)) / stages;
        var age = spec.Software2024 ? FirstExpertYear : Math.Clamp(spec.SoftwareYear, FirstExpertYear, LastExpertYear);
        var expertAge = model.Experts is null ? 1 : Math.Pow(fit.ExpertYearlyFactor, age - ReferenceExpertYear);
        var expertBytes = ModelMath.ExpertParameters(model) * bytes.Experts / gpus;
        _experts = expertBytes * expertAge;
        _head = 2 * ModelMath.HeadParameters(model) / stages;
        ResidentBytes = _dense + expertBytes + (2 * ModelMath.EmbeddingParameters(model) / stages);

        var kvRanks = model.Latent is null ? Math.Min(_tensor, model.KvHeads) : 1;
        KvBytesPerToken = _kvBytes = ModelMath.KvElementsPerToken(model) * spec.KvBytes / (kvRanks * _pipeline);
        FreeBytes = ReplicaMemory.UsableBytes(spec) - ReplicaMemory.ReserveBytes(spec) - ResidentBytes;

        var dense = Effective(peaks.Dense, peaks.DenseIsDequantized, fit, vendor) * (spec.Precision == WeightPrecision.Int8 && !peaks.DenseIsDequantized ? fit.Int8Compute : 1);
        var plain = Effective(peaks.Bf16, false, fit, vendor);
        var link = (double)(gpu.LinkGbPerSecond ?? 0) * 1e9;
        var linkRate = link * (spec.HasOnlyPcie ? fit.PcieShare : fit.LinkShare);
        var expertLayers = model.Experts?.Layers ?? 0;
        _perToken = (2 * (ModelMath.AttentionParameters(model) + ModelMath.DenseParameters(model)) / stages / dense)
            + (_tensor > 1 ? 2 * (model.Layers / _pipeline) * 2 * ((_tensor - 1) / _tensor) * 2 * model.HiddenSize / linkRate : 0);
        _perRankToken = (model.Experts is null ? 0 : 2 * ModelMath.ActiveExpertParameters(model) / gpus / ExpertRate(spec, peaks, fit, vendor) * expertAge)
            + (_data > 1 ? 2 * (expertLayers / _pipeline) * 1.5 * model.HiddenSize * ((_data - 1) / _data) / linkRate : 0);
        _perHeadToken = 2 * ModelMath.HeadParameters(model) / stages / plain;
        _attention = 1 / stages / plain;
        (_decodeFlop, _prefillFlop) = (ModelMath.DecodeAttentionFlop(model), ModelMath.PrefillAttentionFlop(model));
        _hop = _pipeline > 1 ? 2 * model.HiddenSize / (0.5 * link) : 0;

        var era = spec.Software2024 ? 1 : fit.ModernSoftware;
        var latency = spec.HasOnlyPcie ? fit.PcieLatencySeconds : fit.LinkLatencySeconds;
        var layers = (model.Layers * (fit.LayerSeconds + (model.Latent is null ? 0 : fit.LatentLayerSeconds)))
            + (expertLayers * expertAge * fit.ExpertLayerSeconds * Math.Sqrt((model.Experts?.Active ?? 0) / 8.0));
        var reductions = latency * ((_tensor > 1 ? 2 * model.Layers : 0) + (_data > 1 ? 2 * expertLayers : 0));
        var generation = Math.Pow((double)gpu.BandwidthGbPerSecond / ReferenceBandwidth, -fit.FixedTimeSlope);
        _fixed = era * vendor.Latency * generation * (layers + reductions) / _pipeline;
        _logMissed = model.Experts is { } moe ? Math.Log(1 - Math.Min((double)moe.Active / moe.Count, 1 - 1e-12)) : 0;
        (_window, _windowShare) = model.Window is { } window ? (window.Tokens, (double)window.LayerShare) : (0, 0);

        var times = TimesOf(spec.Engine, fit);
        (_hostSeconds, _sequenceSeconds, _ttftSeconds, _burst) = (fit.HostSeconds, times.SequenceSeconds, times.TtftSeconds, times.Burst);
        (_ttftPerPrefill, _maxSequences, _chunk) = (fit.TtftPerPrefill, spec.MaxSequences, spec.ChunkTokens);
        (_admissionShare, _burstTail) = (fit.AdmissionShare, fit.BurstTail);
    }

    private static VendorFactors None { get; } = new(1, 1, 1);

    /// <summary>Bytes of weights on one GPU.</summary>
    public double ResidentBytes { get; }

    /// <summary>Bytes of one GPU that one token of one sequence keeps in the KV cache.</summary>
    public double KvBytesPerToken { get; }

    /// <summary>Bytes of one GPU left for the KV cache; negative where the weights do not fit.</summary>
    public double FreeBytes { get; }

    /// <summary>Tokens that a layer attends to on average at a context of a length: the window where it has one.</summary>
    private double Attended(double context) => ((1 - _windowShare) * context) + (_windowShare * Math.Min(context, _window));

    /// <summary>Sequences of these lengths that fit into the KV cache of the replica at once; below 1 nothing can be served.</summary>
    public double CapacitySequences(ReplicaLoad load)
    {
        // Shared blocks are kept once; every sequence needs its own for the rest.
        var shared = load.PrefixHitShare > 0 ? _kvBytes * Attended(load.InputTokens * load.PrefixHitShare) : 0;
        var each = load.PrefixHitShare > 0 ? Attended(load.ComputedTokens + load.OutputTokens) : Attended(load.InputTokens + load.OutputTokens);
        return FreeBytes <= shared ? 0 : _data * (FreeBytes - shared) / (_kvBytes * each);
    }

    /// <summary>Delivers a closed loop of requests: as many in flight as the load says, each replaced when it ends.</summary>
    public ReplicaPerformance At(ReplicaLoad load)
    {
        var fits = CapacitySequences(load);
        if (!(fits >= 1))
            return default;
        var (computed, output) = (load.ComputedTokens, load.OutputTokens);
        var most = Math.Min(fits, _maxSequences * _data);
        var batch = Math.Min(load.Concurrency, most);
        var host = _hostSeconds + (_sequenceSeconds * batch / _data);
        var draft = load.Speculation;
        var generated = output / draft.TokensPerStep;
        var checkedTokens = generated * (draft.DraftTokens + 1);
        var steps = Math.Max(generated, batch * (computed + checkedTokens) / (_data * _chunk));
        var ranks = _data * _pipeline;
        var decoding = batch * generated / steps;
        var covered = ExpertsTouched(steps, batch, computed, batch * checkedTokens / steps / _pipeline);
        var pass = Pass(decoding / ranks, draft.DraftTokens, load.InputTokens + (output / 2), batch * computed / steps / ranks, load.InputTokens, batch / (steps * ranks), covered);
        var step = (_pipeline * pass * (1 + (draft.DraftTokens * draft.DraftShare))) + host;
        var cycle = steps * step;
        var prefill = Prefill(load);
        var ttft = _ttftSeconds + (_ttftPerPrefill * prefill) + step + (_burst * (batch - 1) * (prefill - (computed >= _chunk ? 0 : _hostSeconds)));
        var itl = output > 1 ? Math.Max((cycle - ttft) / Math.Max(1, output - 1), 0.3 * cycle / output) : 0.3 * cycle / output;
        var admitted = Admitted(load, batch);
        var waiting = load.Concurrency > admitted && double.IsFinite(load.Concurrency) ? ((load.Concurrency / admitted) - 1) * cycle : 0;
        return new ReplicaPerformance(fits, batch, batch * output / cycle, batch / cycle, prefill, ttft + waiting, itl, step, cycle);
    }

    /// <summary>Requests that get a place without waiting: engines admit a prompt before there is room for all of its output.</summary>
    private double Admitted(ReplicaLoad load, double batch)
    {
        if (_admissionShare == 1 || batch >= load.Concurrency)
            return batch;
        var onDemand = _data * FreeBytes / (_kvBytes * Attended(load.InputTokens + (_admissionShare * load.OutputTokens)));
        return Math.Max(batch, Math.Min(onDemand, _maxSequences * _data));
    }

    /// <summary>Delivers so many requests that all start together, to the end of the last: as many as fit run at once, and the last ones run almost alone.</summary>
    /// <param name="load">The load; its concurrency is the number of requests, finite.</param>
    /// <param name="mixedLengths">True where outputs differ in length, so that the longest go on when the others have ended.</param>
    /// <returns>As for a closed loop, with the throughput of the whole run.</returns>
    public ReplicaPerformance Burst(ReplicaLoad load, bool mixedLengths)
    {
        var loop = At(load);
        if (loop.Batch == 0 || !mixedLengths)
            return loop;
        var alone = (_burstTail - 1) * load.OutputTokens * Line(load, loop.Batch).EmptySeconds;
        var seconds = (load.Concurrency / loop.Batch * loop.CycleSeconds) + alone;
        return loop with { OutputTokensPerSecond = load.Concurrency * load.OutputTokens / seconds, RequestsPerSecond = load.Concurrency / seconds };
    }

    /// <summary>Delivers a static batch: all prompts first, then all sequences decode together to the end.</summary>
    public ReplicaPerformance Static(ReplicaLoad load)
    {
        var fits = CapacitySequences(load);
        if (!(fits >= 1))
            return default;
        var (input, output) = (load.ComputedTokens, load.OutputTokens);
        var batch = Math.Min(load.Concurrency, fits);
        var host = _hostSeconds + (_sequenceSeconds * batch / _data);
        var prompts = batch * input / _data;
        var chunk = Math.Min(_chunk, prompts);
        var ranks = _data * _pipeline;
        var prefill = prompts / chunk * (Pass(0, 0, 0, chunk, input, chunk / input, ExpertsTouched(chunk * _data)) + _hostSeconds);
        var step = (_pipeline * Pass(batch / ranks, 0, load.InputTokens + (output / 2), 0, 0, 0, ExpertsTouched(batch / _pipeline))) + host;
        var cycle = prefill + (output * step);
        return new ReplicaPerformance(fits, batch, batch * output / cycle, batch / cycle, prefill, prefill + step, step, step, cycle);
    }

    /// <summary>The step of the engine as a straight line over the running sequences and the prompts that start, for open arrivals.</summary>
    /// <param name="load">Lengths; the concurrency is not used.</param>
    /// <param name="running">Running sequences at which the share of experts read is taken.</param>
    public StepLine Line(ReplicaLoad load, double running)
    {
        var (draft, context, computed) = (load.Speculation, load.InputTokens + (load.OutputTokens / 2), load.ComputedTokens);
        var drafting = 1 + (draft.DraftTokens * draft.DraftShare);
        var empty = (_pipeline * Pass(0, 0, 0, 0, 0, 0, ExpertsTouched(running * (draft.DraftTokens + 1) / _pipeline)) * drafting) + _hostSeconds;
        var none = Pass(0, 0, 0, 0, 0, 0, 0);
        var sequence = ((Pass(1, draft.DraftTokens, context, 0, 0, 0, 0) - none) * drafting / _data) + (_sequenceSeconds / _data);
        var prompt = Pass(0, 0, 0, computed, load.InputTokens, 1, 0) - none;
        return new StepLine(empty, sequence, prompt / _data, prompt * (_data > 1 ? 1 : _pipeline), _ttftSeconds, draft.TokensPerStep);
    }

    /// <summary>Prefill of one prompt alone, seconds.</summary>
    public double Prefill(ReplicaLoad load)
    {
        var input = load.ComputedTokens;
        var chunk = Math.Min(_chunk, input);
        var pass = Pass(0, 0, 0, chunk, input, chunk / input, ExpertsTouched(chunk * _data));
        return input / chunk * (((_data > 1 ? 1 : _pipeline) * pass) + _hostSeconds);
    }

    /// <summary>One forward pass of one stage, seconds.</summary>
    /// <param name="decoding">Sequences being continued, a rank.</param>
    /// <param name="drafted">Proposed tokens that are checked for each of them besides its own.</param>
    /// <param name="context">Their mean context, tokens.</param>
    /// <param name="prompt">Prompt tokens, a rank.</param>
    /// <param name="promptLength">Length of the prompts that they belong to.</param>
    /// <param name="ending">Prompts that end in this pass, a rank.</param>
    /// <param name="covered">Share of the experts that some token visits.</param>
    private double Pass(double decoding, double drafted, double context, double prompt, double promptLength, double ending, double covered)
    {
        var generating = decoding * (1 + drafted);
        var tokens = generating + prompt;
        return _fixed
            + ((_dense + _head + (_experts * covered)) / _bandwidth)
            + (tokens * _perToken)
            + (_perHeadToken * (generating + ending))
            + (tokens * _data * _perRankToken)
            + (decoding * Attended(context) * ((_kvBytes / _bandwidth) + ((1 + drafted) * _decodeFlop * _attention)))
            + (prompt * Attended(promptLength / 2) * _prefillFlop * _attention)
            + (_pipeline > 1 ? PipelineHopSeconds + (tokens * _hop) : 0);
    }

    /// <summary>Share of the experts that at least one of so many tokens visits, were they chosen evenly.</summary>
    private double ExpertsTouched(double tokens) => _logMissed == 0 ? 0 : 1 - Math.Exp(_logMissed * tokens);

    /// <summary>The same over a cycle, in which some steps carry prompt tokens and the others only decode.</summary>
    private double ExpertsTouched(double steps, double batch, double input, double decoding)
    {
        if (_logMissed == 0)
            return 0;
        var mixed = Math.Min(steps, batch * Math.Max(1, input / _chunk));
        return (((steps - mixed) * ExpertsTouched(decoding)) + (mixed * ExpertsTouched(decoding + (batch * input / (mixed * _pipeline))))) / steps;
    }

    /// <summary>FLOP/s that matrix products reach: a share of the peak that falls as the peak rises.</summary>
    private static double Effective(double peak, bool dequantized, CapacityParameters fit, VendorFactors vendor) =>
        peak * fit.ComputeShare * Math.Pow(peak / ReferencePeak, -fit.ComputeSlope) * (dequantized ? fit.Dequantization : 1) * vendor.Compute;

    /// <summary>FLOP/s that the products of experts reach.</summary>
    private static double ExpertRate(ReplicaSpec spec, Peaks peaks, CapacityParameters fit, VendorFactors vendor) =>
        Effective(peaks.Experts, peaks.ExpertsAreDequantized, fit, vendor) * fit.ExpertCompute * Math.Pow(peaks.Experts / ReferenceExpertPeak, -fit.ExpertComputeSlope)
        * (spec.Precision == WeightPrecision.Int8 && !peaks.ExpertsAreDequantized ? fit.Int8Compute : 1);

    private static EngineTimes TimesOf(EngineTiming engine, CapacityParameters fit) => engine switch
    {
        EngineTiming.Vllm2024 => fit.Vllm2024,
        EngineTiming.Sglang => fit.Sglang,
        EngineTiming.TensorRtLlm => fit.TensorRtLlm,
        EngineTiming.OptimumHabana => fit.OptimumHabana,
        _ => fit.Vllm,
    };
}
