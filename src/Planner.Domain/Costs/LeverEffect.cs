using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>A workload after the token levers, and what they cost themselves.</summary>
/// <remarks>
/// Each acts on what the ones before it leave: the response cache removes requests, compression shortens what no cache serves of the prompt, the prefix cache
/// lets more of the prompt be read, the output limit shortens answers, the batch API takes requests that can wait, and the smaller model takes its share of the rest:
/// requests × (1 − hits); input × (kept + (1 − kept) × (1 − compression)), where kept is the share of the typed prompt that is read from or written to the cache;
/// read share = max(read share, prefix cache) of the typed prompt; output × (1 − limit); batch share = max(batch share, lever).
/// </remarks>
internal sealed class LeverEffect
{
    private readonly decimal _compressedTokens;
    private readonly PromptCompression? _compression;
    private readonly ResponseCache? _responses;

    private LeverEffect(Workload typed, decimal cached, decimal written)
    {
        Workload = typed;
        if (typed.Levers is not { } levers)
            return;
        _responses = levers.ResponseCache is { On: true } responses ? responses : null;
        _compression = levers.PromptCompression is { On: true } compression ? compression : null;
        Smaller = levers.Distillation is { On: true } smaller ? smaller : null;
        var prefix = levers.PrefixCache is { On: true } cache ? cache : null;
        var limit = levers.OutputLimit is { On: true } shorter ? shorter : null;
        var batch = levers.BatchApi is { On: true } waiting ? waiting : null;
        if (_responses is null && _compression is null && Smaller is null && prefix is null && limit is null && batch is null)
            return;
        IsOn = true;
        RequestShare = 1 - (_responses?.HitShare ?? 0);
        // A prompt read more often is written less often: both are parts of the typed prompt.
        var read = Math.Max(cached, prefix?.Share ?? 0);
        var write = Math.Min(written, 1 - read);
        // What is stored as a prefix has to stay as it is, or it would not be found again.
        var compressible = 1 - read - write;
        var left = 1 - (compressible * (_compression?.Share ?? 0));
        _compressedTokens = typed.InputTokens * compressible;
        Workload = typed with
        {
            RequestsPerMonth = typed.RequestsPerMonth * RequestShare,
            InputTokens = typed.InputTokens * left,
            CacheReadShare = read / left,
            CacheWriteShare = write / left,
            OutputTokens = typed.OutputTokens * (1 - (limit?.Share ?? 0)),
            BatchShare = Math.Max(typed.BatchShare, batch?.Share ?? 0),
            Levers = Smaller is null ? null : new TokenLevers { Distillation = Smaller },
        };
        FixedUsd = (double)(_responses?.UsdPerMonth ?? 0);
        UsdPerRequest = (double)(RequestShare * _compressedTokens) * (double)(_compression?.UsdPerMillionTokens ?? 0) / 1e6;
        OneOffUsd = (double)(Smaller?.OneOffUsd ?? 0);
    }

    /// <summary>The workload that is left to serve: what was typed where no lever is on. Its levers keep only a smaller model, which changes prices and loads but no tokens.</summary>
    public Workload Workload { get; }

    /// <summary>Requests left ÷ requests as typed, above 0 to 1.</summary>
    public decimal RequestShare { get; } = 1;

    /// <summary>The smaller model that takes a share of the requests; null for none.</summary>
    public Distillation? Smaller { get; }

    /// <summary>Recurring cost of the levers that does not depend on the volume, USD a month.</summary>
    public double FixedUsd { get; }

    /// <summary>Cost of the levers for one request as typed, USD.</summary>
    public double UsdPerRequest { get; }

    /// <summary>Cost of the levers in the first month only, USD.</summary>
    public double OneOffUsd { get; }

    /// <summary>True where a lever changes the workload or its cost.</summary>
    public bool IsOn { get; }

    /// <summary>An API's bill ÷ what it would be without the smaller model, 0 to 1.</summary>
    public double PriceFactor => Smaller is { } smaller ? 1 - (double)(smaller.Share * (1 - smaller.ApiPriceShare)) : 1;

    /// <summary>Load on machines ÷ what it would be without the smaller model, as numerator and denominator so that whole units stay exact.</summary>
    public (decimal Above, decimal Below) LoadFactor => Smaller is { } smaller
        ? (((1 - smaller.Share) * smaller.ThroughputFactor) + smaller.Share, smaller.ThroughputFactor)
        : (1m, 1m);

    /// <summary>For an API: what is cached is what the workload says.</summary>
    public static LeverEffect Of(Workload workload) => new(workload, workload.CacheReadShare, workload.CacheWriteShare);

    /// <summary>For a fleet: what is cached is what its engine finds, and it pays for no writing.</summary>
    /// <param name="workload">The workload as typed.</param>
    /// <param name="prefixCacheShare">Share of the typed prompt that the engine finds in its prefix cache.</param>
    public static LeverEffect Of(Workload workload, decimal prefixCacheShare) => new(workload, prefixCacheShare, 0);

    /// <summary>Where an amount of the workload comes from: the path of what was typed, and that the levers changed it.</summary>
    public string SourceOf(string path) => IsOn ? Texts.SourceLevers.With(path) : path;

    /// <summary>The lines of the levers' own cost.</summary>
    /// <param name="ledger">The bill that they are added to.</param>
    /// <param name="requestsPerMonth">Requests as typed.</param>
    public void AddLines(List<LedgerLine> ledger, decimal requestsPerMonth)
    {
        if (_responses?.UsdPerMonth is > 0 and { } month)
            ledger.Add(new LedgerLine(LedgerGroups.Extras, Texts.ItemResponseCache, false, "fixed", [new Operand("fixed", (double)month, "USD/month", "workload.levers.responseCache.usdPerMonth")], Money.Round((double)month), Texts.SourceOwn));
        if (_compression?.UsdPerMillionTokens is > 0 and { } perMillion)
        {
            var requests = (double)requestsPerMonth * (double)RequestShare;
            ledger.Add(new LedgerLine(
                LedgerGroups.Extras, Texts.ItemCompressor, false, "requests × tokens × price ÷ 10⁶",
                [
                    new Operand("requests", requests, "requests/month", SourceOf("workload.requestsPerMonth")),
                    new Operand("tokens", (double)_compressedTokens, "tokens/request", Texts.SourceCompressible.With("workload.inputTokens")),
                    new Operand("price", (double)perMillion, "USD/M tokens", "workload.levers.promptCompression.usdPerMillionTokens"),
                ],
                Money.Round((double)requestsPerMonth * UsdPerRequest), Texts.SourceOwn));
        }

        if (Smaller?.OneOffUsd is > 0 and { } once)
            ledger.Add(new LedgerLine(LedgerGroups.OneOff, Texts.ItemDistilling, true, "sum", [new Operand("sum", (double)once, "USD", "workload.levers.distillation.oneOffUsd")], Money.Round((double)once), Texts.SourceOwn));
    }
}
