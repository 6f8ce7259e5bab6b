namespace Planner.Domain.Scenarios;

/// <summary>Ranges of an API's limits, latency, commitments, units and announced prices.</summary>
internal static class ApiTermsRules
{
    private const int MostChanges = 24;

    public static void Check(ApiOption option, string path, Scenario scenario, FaultList faults)
    {
        faults.Above($"{path}.limits.requestsPerMinute", option.Limits?.RequestsPerMinute, 0, 1e9m);
        faults.Above($"{path}.limits.tokensPerMinute", option.Limits?.TokensPerMinute, 0, 1e12m);
        faults.Above($"{path}.limits.inputTokensPerMinute", option.Limits?.InputTokensPerMinute, 0, 1e12m);
        faults.Above($"{path}.limits.outputTokensPerMinute", option.Limits?.OutputTokensPerMinute, 0, 1e12m);
        faults.Above($"{path}.latency.ttftMs", option.Latency?.TtftMs, 0, 1e7m);
        faults.Above($"{path}.latency.tpotMs", option.Latency?.TpotMs, 0, 1e6m);
        faults.Between($"{path}.commitment.minimumMonthlyUsd", option.Commitment?.MinimumMonthlyUsd, 0, OptionRules.HighestAmount);
        faults.Between($"{path}.commitment.discountShare", option.Commitment?.DiscountShare, 0, 1);
        faults.Between($"{path}.creditsUsd", option.CreditsUsd, 0, OptionRules.HighestAmount);
        if (option.Provisioned is { } provisioned)
            CheckUnits(provisioned, $"{path}.provisioned", scenario.Workload, faults);
        CheckChanges(option.PriceChanges, $"{path}.priceChanges", scenario, faults);
    }

    private static void CheckUnits(ProvisionedThroughput units, string path, Workload workload, FaultList faults)
    {
        faults.Above($"{path}.usdPerUnitHour", units.UsdPerUnitHour, 0, PriceRules.MostUsdPerHour);
        faults.Between($"{path}.tokensPerSecondPerUnit", units.TokensPerSecondPerUnit, 0.01m, 1e8m);
        faults.OneOf($"{path}.basis", units.Basis, ThroughputBases.Total, ThroughputBases.Output);
        if (units.Basis == ThroughputBases.Output && workload.OutputTokens + workload.ReasoningTokens == 0)
            faults.Add($"{path}.basis", Texts.BasisWithoutTokens);
        faults.Between($"{path}.units", units.Units, 1, 100_000);
        if (units is { SpillToTokens: true, Units: null })
            faults.Add($"{path}.units", Texts.UnitsToSpillFrom);
    }

    private static void CheckChanges(IReadOnlyList<AnnouncedPrice> changes, string path, Scenario scenario, FaultList faults)
    {
        if (changes.Count > MostChanges)
            faults.Add(path, Texts.TooMany.With(MostChanges));
        if (changes.Count > 0 && scenario.StartMonth.Length == 0)
            faults.Add(path, Texts.ChangeWithoutStart);
        var months = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].FirstDay is null)
                faults.Add($"{path}[{i}].from", Texts.MonthForm);
            else if (!months.Add(changes[i].From))
                faults.Add($"{path}[{i}].from", Texts.ChangeTwice);
            PriceRules.Check(changes[i].Price, $"{path}[{i}].price", faults);
        }
    }
}
