using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>The lines of an API's month.</summary>
internal sealed class ApiLedger(ApiOption option, string path, Scenario scenario, LeverEffect levers, ProvisionedUnits? units)
{
    private readonly List<LedgerLine> _lines = [];

    /// <summary>The lines in the order in which each builds on those above it.</summary>
    /// <param name="rates">What is paid by the token; null where nothing is.</param>
    /// <param name="priceSource">Where the token prices come from.</param>
    public List<LedgerLine> Lines(TokenRates? rates, string priceSource)
    {
        if (rates is not null)
            AddUsage(rates, priceSource);
        AddMinimum();
        if (option.CommittedMonthlyUsd > 0)
        {
            var committed = new Operand("fixed", (double)option.CommittedMonthlyUsd, "USD/month", $"{path}.committedMonthlyUsd");
            _lines.Add(new LedgerLine(LedgerGroups.ApiOther, Texts.ItemCommitted, false, "fixed", [committed], Money.Round(committed.Value), Texts.SourceOwn));
        }

        AddUnits();
        levers.AddLines(_lines, scenario.Workload.RequestsPerMonth);
        return _lines;
    }

    private void AddUsage(TokenRates rates, string priceSource)
    {
        var requests = Requests();
        foreach (var rate in rates.All)
        {
            var source = rate.IsAssumed ? Texts.SourceAssumedBatch.With(option.AssumedBatchPriceShare) : priceSource;
            _lines.Add(new LedgerLine(
                TokenRates.Group(rate.Kind), TokenRates.Item(rate.Kind, rate.AboveTokens), false, "requests × tokens × price ÷ 10⁶",
                [
                    requests,
                    new Operand("tokens", (double)rate.TokensPerRequest, "tokens/request", levers.SourceOf(TokenRates.Path(rate.Kind))),
                    new Operand("price", (double)rate.UsdPerM, "USD/M tokens", source),
                ],
                Money.Round(requests.Value * rate.UsdPerRequest), source));
        }

        var usage = requests.Value * rates.UsdPerRequest;
        if (levers.Smaller is { } smaller)
        {
            _lines.Add(new LedgerLine(
                LedgerGroups.ApiOther, Texts.ItemSmallerModel, false, "−usage × share × (1 − price)",
                [
                    new Operand("usage", usage, "USD/month", Texts.SourceLinesAbove), new Operand("share", (double)smaller.Share, "share", "workload.levers.distillation.share"),
                    new Operand("price", (double)smaller.ApiPriceShare, "share", "workload.levers.distillation.apiPriceShare"),
                ],
                Money.Round(usage * (levers.PriceFactor - 1)), Texts.SourceOwn));
            usage *= levers.PriceFactor;
        }

        usage = AddShare(Texts.ItemRetries, "usage × retries", usage, "retries", scenario.Workload.RetryShare, "workload.retryShare", 1);
        usage = AddShare(Texts.ItemDiscount, "−usage × discount", usage, "discount", option.DiscountShare, $"{path}.discountShare", -1);
        AddShare(Texts.ItemCommitmentDiscount, "−usage × discount", usage, "discount", option.Commitment?.DiscountShare ?? 0, $"{path}.commitment.discountShare", -1);
    }

    /// <summary>The requests that are paid by the token.</summary>
    private Operand Requests()
    {
        var typed = scenario.Workload.RequestsPerMonth;
        if (units is null)
            return new Operand("requests", (double)levers.Workload.RequestsPerMonth, "requests/month", levers.SourceOf("workload.requestsPerMonth"));
        var spilled = units.Spilled((double)typed);
        return new Operand("requests", spilled * (double)levers.RequestShare, "requests/month", Texts.SourceSpilled.With(typed > 0 ? spilled * 100 / (double)typed : 0));
    }

    private double AddShare(string item, string formula, double usage, string name, decimal share, string sharePath, int sign)
    {
        if (share == 0)
            return usage;
        var change = sign * usage * (double)share;
        _lines.Add(new LedgerLine(
            LedgerGroups.ApiOther, item, false, formula,
            [new Operand("usage", usage, "USD/month", Texts.SourceLinesAbove), new Operand(name, (double)share, "share", sharePath)],
            Money.Round(change), Texts.SourceOwn));
        return usage + change;
    }

    /// <summary>What is missing to the least bill; to the cent of the lines above, so that the sum is the minimum.</summary>
    private void AddMinimum()
    {
        if (option.Commitment is not { } commitment || commitment.MinimumMonthlyUsd - _lines.Sum(line => line.AmountUsd) is not (> 0 and var missing))
            return;
        _lines.Add(new LedgerLine(
            LedgerGroups.ApiOther, Texts.ItemTopUp, false, "minimum − usage",
            [
                new Operand("minimum", (double)commitment.MinimumMonthlyUsd, "USD/month", $"{path}.commitment.minimumMonthlyUsd"),
                new Operand("usage", (double)(commitment.MinimumMonthlyUsd - missing), "USD/month", Texts.SourceLinesAbove),
            ],
            missing, Texts.SourceOwn));
    }

    private void AddUnits()
    {
        if (units is null)
            return;
        var count = new Operand(
            "units", units.UnitsAt(scenario.Workload.RequestsPerMonth), "units",
            units.IsSized ? Texts.SourceUnitsSized.With(Wording.Count(units.PeakTokensPerSecond((double)scenario.Workload.RequestsPerMonth))) : $"{path}.provisioned.units");
        _lines.Add(new LedgerLine(
            LedgerGroups.ApiOther, Texts.ItemUnits, false, "units × hours × price",
            [
                count, new Operand("hours", units.HoursPerMonth, "h/month", "hoursPerMonth"),
                new Operand("price", (double)option.Provisioned!.UsdPerUnitHour, "USD/h", $"{path}.provisioned.usdPerUnitHour"),
            ],
            Money.Round(count.Value * units.UnitUsd), Texts.SourceOwn));
    }
}
