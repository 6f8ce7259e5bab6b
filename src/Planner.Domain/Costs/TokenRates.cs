using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Tokens of one kind that one request causes, and their price.</summary>
/// <param name="Kind">Kind of the tokens.</param>
/// <param name="AboveTokens">Prompt length above which the price applies; 0 for the base.</param>
/// <param name="TokensPerRequest">Tokens, as the vendor counts them.</param>
/// <param name="UsdPerM">Price, USD per million tokens.</param>
/// <param name="IsAssumed">True where the price is the user's assumption and not the sheet's.</param>
internal readonly record struct TokenRate(TokenKind Kind, decimal AboveTokens, decimal TokensPerRequest, decimal UsdPerM, bool IsAssumed)
{
    public double UsdPerRequest => (double)TokensPerRequest * (double)UsdPerM / 1e6;
}

/// <summary>What one request costs by one price sheet, before retries and discounts.</summary>
internal sealed class TokenRates
{
    // A share that is a quotient has all digits that a decimal holds; those beyond these would reach a double as noise.
    private const int Digits = 15;

    private readonly List<TokenRate> _rates = new(2);
    private List<(TokenKind Kind, decimal AboveTokens)>? _missing;

    /// <param name="prices">The sheet.</param>
    /// <param name="workload">What is to be served, levers counted.</param>
    /// <param name="option">The option.</param>
    public TokenRates(TokenPrices prices, Workload workload, ApiOption option)
    {
        var (live, batch) = (1 - workload.BatchShare, workload.BatchShare);
        var prompt = workload.InputTokens * option.TokenFactor;
        var output = (workload.OutputTokens + workload.ReasoningTokens) * option.TokenFactor;
        foreach (var band in PromptTiers.Split(prices, prompt, workload.InputCv))
        {
            var (sheet, above) = (band.Prices, band.AboveTokens);
            var input = prompt * band.PromptTokens;
            var plain = 1 - workload.CacheReadShare - workload.CacheWriteShare;
            Add(TokenKind.Input, above, live * input, plain, sheet.InputUsdPerM);
            Add(TokenKind.CacheRead, above, live * input, workload.CacheReadShare, sheet.CacheReadUsdPerM);
            Add(TokenKind.CacheWrite, above, live * input, workload.CacheWriteShare, sheet.CacheWriteUsdPerM ?? sheet.InputUsdPerM);
            Add(TokenKind.Output, above, live * output, band.Requests, sheet.OutputUsdPerM);
            if (batch == 0)
                continue;
            Add(TokenKind.BatchInput, above, input, batch, sheet.BatchInputUsdPerM, sheet.InputUsdPerM * option.AssumedBatchPriceShare);
            Add(TokenKind.BatchOutput, above, batch * output, band.Requests, sheet.BatchOutputUsdPerM, sheet.OutputUsdPerM * option.AssumedBatchPriceShare);
        }

        foreach (var rate in _rates)
            UsdPerRequest += rate.UsdPerRequest;
    }

    /// <summary>Usage of one request, USD.</summary>
    public double UsdPerRequest { get; }

    /// <summary>The parts of it.</summary>
    public IReadOnlyList<TokenRate> All => _rates;

    /// <summary>Tokens that occur and that the sheet has no price for.</summary>
    public IReadOnlyList<(TokenKind Kind, decimal AboveTokens)> Missing => _missing ?? [];

    /// <summary>What a line for such tokens is called.</summary>
    public static string Item(TokenKind kind, decimal aboveTokens) => kind switch
    {
        TokenKind.Input => Texts.ItemInput,
        TokenKind.CacheRead => Texts.ItemCacheRead,
        TokenKind.CacheWrite => Texts.ItemCacheWrite,
        TokenKind.Output => Texts.ItemOutput,
        TokenKind.BatchInput => Texts.ItemBatchInput,
        _ => Texts.ItemBatchOutput,
    } + (aboveTokens > 0 ? Texts.ItemAboveTokens.With(Wording.Count((double)aboveTokens)) : "");

    /// <summary>The ledger's group of such tokens.</summary>
    public static string Group(TokenKind kind) => PricesByKind.IsOutput(kind) ? LedgerGroups.ApiOutput : LedgerGroups.ApiInput;

    /// <summary>The input that their number comes from.</summary>
    public static string Path(TokenKind kind) => kind switch
    {
        TokenKind.Input => "workload.inputTokens",
        TokenKind.CacheRead => "workload.cacheReadShare",
        TokenKind.CacheWrite => "workload.cacheWriteShare",
        TokenKind.Output => "workload.outputTokens",
        _ => "workload.batchShare",
    };

    private void Add(TokenKind kind, decimal above, decimal of, decimal share, decimal? listed, decimal? assumed = null)
    {
        if (share == 0 || of == 0)
            return;
        if ((listed ?? assumed) is { } price)
            _rates.Add(new TokenRate(kind, above, decimal.Round(of * share, Digits), price, listed is null));
        else
            (_missing ??= []).Add((kind, above));
    }
}
