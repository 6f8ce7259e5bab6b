using System.Globalization;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>What a hosted API costs: per request <c>(ISL − cached − written) × input + cached × cacheRead + written × cacheWrite + (OSL + reasoning) × output</c>, by tier and batch share, with retries and discount.</summary>
internal sealed class ApiCost : OptionCost
{
    private readonly ApiOption _option;
    private readonly string _path;
    private readonly List<Rate> _rates = [];

    /// <summary>Tokens of one kind that one request causes, and their price.</summary>
    private readonly record struct Rate(string Group, string Item, string Operand, decimal TokensPerRequest, decimal UsdPerM, string PriceSource)
    {
        public double UsdPerRequest => (double)TokensPerRequest * (double)UsdPerM / 1e6;
    }

    public ApiCost(ApiOption option, string path, Scenario scenario, CatalogSnapshot catalog)
        : base(option, scenario)
    {
        (_option, _path) = (option, path);
        var sheet = option.PriceKey is { } key ? catalog.Prices.GetValueOrDefault(key) : null;
        if ((option.Price ?? sheet?.Prices) is not { } prices)
        {
            Unpriced.Add(Texts.ReasonNoPrice);
            return;
        }

        var source = option.Price is not null ? Texts.SourceOwn : Wording.CatalogSource(sheet!.Key, sheet.Provenance);
        AddRates(prices, source);
        AddConstraints(sheet);
    }

    public override double? CarriesRequests => double.PositiveInfinity;

    /// <summary>Mean prompt length as this vendor counts it, tokens.</summary>
    private decimal Prompt => Scenario.Workload.InputTokens * _option.TokenFactor;

    /// <summary>Usage of one request before retries and discount, USD.</summary>
    private double UsdPerRequest => _rates.Sum(rate => rate.UsdPerRequest);

    public override MonthCost Month(in MonthTerms terms)
    {
        var curve = Curve(firstMonth: false, capacityChecked: false);
        return new MonthCost(curve.Fixed + (curve.PerRequest * terms.ApiFactor * terms.Requests));
    }

    public override CostCurve Curve(bool firstMonth, bool capacityChecked) => new()
    {
        Fixed = (double)_option.CommittedMonthlyUsd,
        PerRequest = UsdPerRequest * (1 + (double)Scenario.Workload.RetryShare) * (1 - (double)_option.DiscountShare),
    };

    public override OptionResult Evaluate() => Result(Unpriced.Count == 0 ? Ledger() : [], []);

    private List<LedgerLine> Ledger()
    {
        var workload = Scenario.Workload;
        var requests = new Operand("requests", (double)workload.RequestsPerMonth, "requests/month", "workload.requestsPerMonth");
        var ledger = new List<LedgerLine>(_rates.Count + 3);
        foreach (var rate in _rates)
        {
            ledger.Add(new LedgerLine(
                rate.Group, rate.Item, false, "requests × tokens × price ÷ 10⁶",
                [
                    requests,
                    new Operand("tokens", (double)rate.TokensPerRequest, "tokens/request", rate.Operand),
                    new Operand("price", (double)rate.UsdPerM, "USD/M tokens", rate.PriceSource),
                ],
                Money.Round(requests.Value * rate.UsdPerRequest), rate.PriceSource));
        }

        var usage = requests.Value * UsdPerRequest;
        if (workload.RetryShare > 0)
            ledger.Add(ShareOf(Texts.ItemRetries, "usage × retries", usage, "retries", (double)workload.RetryShare, "workload.retryShare", 1));
        if (_option.DiscountShare > 0)
            ledger.Add(ShareOf(Texts.ItemDiscount, "−usage × discount", usage * (1 + (double)workload.RetryShare), "discount", (double)_option.DiscountShare, $"{_path}.discountShare", -1));
        if (_option.CommittedMonthlyUsd > 0)
        {
            var committed = new Operand("fixed", (double)_option.CommittedMonthlyUsd, "USD/month", $"{_path}.committedMonthlyUsd");
            ledger.Add(new LedgerLine(LedgerGroups.ApiOther, Texts.ItemCommitted, false, "fixed", [committed], Money.Round(committed.Value), Texts.SourceOwn));
        }

        return ledger;
    }

    private static LedgerLine ShareOf(string item, string formula, double usage, string name, double share, string path, int sign) => new(
        LedgerGroups.ApiOther, item, false, formula,
        [new Operand("usage", usage, "USD/month", Texts.SourceLinesAbove), new Operand(name, share, "share", path)],
        Money.Round(sign * usage * share), Texts.SourceOwn);

    private void AddRates(TokenPrices prices, string source)
    {
        var workload = Scenario.Workload;
        var (live, batch) = (1 - workload.BatchShare, workload.BatchShare);
        var output = (workload.OutputTokens + workload.ReasoningTokens) * _option.TokenFactor;
        foreach (var band in PromptTiers.Split(prices, Prompt, workload.InputCv))
        {
            var input = Prompt * band.PromptTokens;
            var suffix = band.AboveTokens > 0 ? Wording.Say(Texts.ItemAboveTokens, Wording.Count((double)band.AboveTokens)) : "";
            var plain = 1 - workload.CacheReadShare - workload.CacheWriteShare;
            Add(LedgerGroups.ApiInput, Texts.ItemInput + suffix, "workload.inputTokens", live * input * plain, band.Prices.InputUsdPerM, source);
            Add(LedgerGroups.ApiInput, Texts.ItemCacheRead + suffix, "workload.cacheReadShare", live * input * workload.CacheReadShare, band.Prices.CacheReadUsdPerM, source);
            Add(LedgerGroups.ApiInput, Texts.ItemCacheWrite + suffix, "workload.cacheWriteShare", live * input * workload.CacheWriteShare, band.Prices.CacheWriteUsdPerM ?? band.Prices.InputUsdPerM, source);
            Add(LedgerGroups.ApiOutput, Texts.ItemOutput + suffix, "workload.outputTokens", live * output * band.Requests, band.Prices.OutputUsdPerM, source);
            var (batchInput, batchInputSource) = Batch(band.Prices.BatchInputUsdPerM, band.Prices.InputUsdPerM, source);
            var (batchOutput, batchOutputSource) = Batch(band.Prices.BatchOutputUsdPerM, band.Prices.OutputUsdPerM, source);
            Add(LedgerGroups.ApiInput, Texts.ItemBatchInput + suffix, "workload.batchShare", batch * input, batchInput, batchInputSource);
            Add(LedgerGroups.ApiOutput, Texts.ItemBatchOutput + suffix, "workload.batchShare", batch * output * band.Requests, batchOutput, batchOutputSource);
        }
    }

    private (decimal? Price, string Source) Batch(decimal? listed, decimal? normal, string source) =>
        listed is null && _option.AssumedBatchPriceShare is { } share
            ? (normal * share, Wording.Say(Texts.SourceAssumedBatch, share))
            : (listed, source);

    private void Add(string group, string item, string operand, decimal tokensPerRequest, decimal? usdPerM, string source)
    {
        if (tokensPerRequest == 0)
            return;
        if (usdPerM is { } price)
            _rates.Add(new Rate(group, item, operand, tokensPerRequest, price, source));
        else
            Unpriced.Add(Wording.Say(Texts.ReasonPriceMissing, item));
    }

    private void AddConstraints(PriceSheet? sheet)
    {
        var requirements = Scenario.Workload.Requirements;
        if (requirements.DataStaysInside)
            Excluded.Add(Texts.ReasonDataStaysInside);
        if (sheet?.ContextTokens is { } context && Prompt > context)
            Excluded.Add(Wording.Say(Texts.ReasonContext, Wording.Count((double)Prompt), Wording.Count(context)));
        if (sheet?.DeprecatedFrom is { } end && Scenario.FirstDay is { } start && end <= start)
            Excluded.Add(Wording.Say(Texts.ReasonDeprecated, end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        if (requirements.CustomModel)
            Checks.Add(new Check("api-custom-model", CheckSeverities.Warning, Texts.CheckCustomModel, Id));
    }
}
