using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>An input in words.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value with its unit.</param>
/// <param name="Note">What a reader should know about it; null for nothing.</param>
public sealed record Assumption(string Label, string Value, string? Note = null)
{
    /// <summary>The inputs that it tells, as paths within the part of the document that its group describes; all below a path belong to it.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What the user noted on them.</summary>
    public IReadOnlyList<AssumptionNote> Notes { get; init; } = [];
}

/// <summary>A user's note on an input.</summary>
/// <param name="Text">The note; empty where there is only a link.</param>
/// <param name="Url">What proves it; null for none.</param>
public sealed record AssumptionNote(string Text, string? Url);

/// <summary>Inputs that belong together.</summary>
/// <param name="Title">What they describe.</param>
/// <param name="Rows">The inputs.</param>
public sealed record AssumptionGroup(string Title, IReadOnlyList<Assumption> Rows)
{
    // The month, the ledger and the break-even are those of the start month.
    private static string InHorizon => ReportsTexts.CountsInHorizon;

    /// <summary>All inputs that decide a figure of a scenario, in words, each with the notes on it; notes on anything else come last.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    public static IReadOnlyList<AssumptionGroup> Of(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        var open = scenario.Evidence.ToList();
        List<AssumptionGroup> groups = [Noted(ReportsTexts.Workload, "workload.", WorkloadAssumptions.Of(scenario), open), Noted(ReportsTexts.Plan, "", Plan(scenario), open)];
        foreach (var (i, option) in scenario.Options.Index())
        {
            groups.Add(Noted(option.Name, $"options[{i}].", option switch
            {
                ApiOption api => OptionAssumptions.Of(api, catalog),
                SelfHostOption fleet => OptionAssumptions.Of(fleet, scenario, catalog),
                HybridOption mix => MixAssumptions.Of(mix, scenario),
                _ => [],
            }, open));
        }

        if (open.Count > 0)
            groups.Add(new(ReportsTexts.FurtherNotes, [.. open.Select(entry => new Assumption(InputNames.Of(scenario, entry.Path), entry.Note, entry.Url))]));
        return groups;
    }

    /// <summary>A group whose rows take the notes on their inputs out of <paramref name="open"/>.</summary>
    private static AssumptionGroup Noted(string title, string part, IEnumerable<Assumption> rows, List<Evidence> open)
    {
        List<Assumption> noted = [];
        foreach (var row in rows)
        {
            var own = open.FindAll(entry => row.Paths.Any(path => Covers(part + path, entry.Path)));
            open.RemoveAll(own.Contains);
            noted.Add(own.Count == 0 ? row : row with { Notes = [.. own.Select(entry => new AssumptionNote(Said(row, part, entry), entry.Url))] });
        }

        return new AssumptionGroup(title, noted);
    }

    private static bool Covers(string path, string noted) =>
        noted.StartsWith(path, StringComparison.Ordinal) && (noted.Length == path.Length || noted[path.Length] is '.' or '[');

    /// <summary>A note, with the input's name before it where the row tells several.</summary>
    private static string Said(Assumption row, string part, Evidence entry)
    {
        var name = InputNames.Words(entry.Path[(entry.Path.LastIndexOf('.') + 1)..]);
        return (row.Paths.Count == 1 && entry.Path == part + row.Paths[0]) || row.Label.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            ? entry.Note
            : $"{name}: {entry.Note}".TrimEnd(' ', ':');
    }

    private static IEnumerable<Assumption> Plan(Scenario scenario)
    {
        yield return new(ReportsTexts.FirstMonth, scenario.StartMonth) { Paths = ["startMonth"] };
        yield return new(ReportsTexts.HoursInMonth, Format.Number(scenario.HoursPerMonth)) { Paths = ["hoursPerMonth"] };
        if (DisplayCurrency.Of(scenario) is { IsUsd: false } currency)
            yield return new(ReportsTexts.Currency, ReportsTexts.CurrencyRate.With(currency.Code, Format.Number(currency.UnitsPerUsd)), ReportsTexts.InputsInUsd.With($"{Format.Day(currency.AsOf)} {currency.Source}".TrimEnd())) { Paths = ["currency", "exchange"] };
        var baseline = scenario.Options.FirstOrDefault(option => option.Id == scenario.BaselineOptionId);
        yield return scenario.BaselineMonthlyUsd is { } bill
            ? new(ReportsTexts.PresentBill, ReportsTexts.AmountAMonth.With(Format.Money(bill)), ReportsTexts.AsMeasured) { Paths = ["baselineMonthlyUsd"] }
            : new(ReportsTexts.PresentBill, baseline?.Name ?? ReportsTexts.None, baseline is null ? ReportsTexts.NoSaving : ReportsTexts.OptionCosts) { Paths = ["baselineOptionId"] };
        foreach (var row in Horizon(scenario))
            yield return row;
    }

    private static IEnumerable<Assumption> Horizon(Scenario scenario)
    {
        var horizon = scenario.Horizon;
        yield return new(ReportsTexts.Horizon, ReportsTexts.Months.With(horizon.Months), ReportsTexts.DiscountedAt.With(Format.Percent((double)horizon.DiscountRatePerYear))) { Paths = ["horizon.months", "horizon.discountRatePerYear"] };
        if (scenario.Workload.GrowthPerMonth != 0)
            yield return new(ReportsTexts.Growth, ReportsTexts.AmountAMonth.With(Format.Percent((double)scenario.Workload.GrowthPerMonth)), InHorizon) { Paths = ["workload.growthPerMonth"] };
        if (scenario.Workload.Seasonality is { } factors)
            yield return new(ReportsTexts.Season, string.Join(", ", factors.Select(factor => Format.Number(factor))), ReportsTexts.SeasonNote) { Paths = ["workload.seasonality"] };
        if (horizon.ApiPriceDriftPerYear != 0)
            yield return new(ReportsTexts.ApiPrices, ReportsTexts.AmountAYear.With(Format.Percent((double)horizon.ApiPriceDriftPerYear)), InHorizon) { Paths = ["horizon.apiPriceDriftPerYear"] };
        if (horizon.InstancePriceDriftPerYear != 0)
            yield return new(ReportsTexts.Rents, ReportsTexts.AmountAYear.With(Format.Percent((double)horizon.InstancePriceDriftPerYear)), ReportsTexts.RentsNote) { Paths = ["horizon.instancePriceDriftPerYear"] };
        yield return new(ReportsTexts.Switch, horizon.SwitchMonth is { } month ? ReportsTexts.SwitchIn.With(month) : ReportsTexts.SwitchBest, horizon.RampMonths > 0 ? ReportsTexts.SwitchRamp.With(horizon.RampMonths) : ReportsTexts.SwitchAtOnce) { Paths = ["horizon.switchMonth", "horizon.rampMonths"] };
    }
}

/// <summary>The workload in words.</summary>
internal static class WorkloadAssumptions
{
    public static IEnumerable<Assumption> Of(Scenario scenario)
    {
        var workload = scenario.Workload;
        yield return new(ReportsTexts.RequestsPerMonth, Format.Number(workload.RequestsPerMonth), workload.Volume is { } typed ? Volume(typed, scenario.HoursPerMonth) : null) { Paths = ["requestsPerMonth", "volume"] };
        yield return new(ReportsTexts.InputTokens, Format.Number(workload.InputTokens), Spread(workload.InputCv)) { Paths = ["inputTokens", "inputCv"] };
        yield return new(ReportsTexts.OutputTokens, Format.Number(workload.OutputTokens), Spread(workload.OutputCv)) { Paths = ["outputTokens", "outputCv"] };
        if (workload.ReasoningTokens > 0)
            yield return new(ReportsTexts.ReasoningTokens, Format.Number(workload.ReasoningTokens), ReportsTexts.ReasoningNote) { Paths = ["reasoningTokens"] };
        yield return new(ReportsTexts.PromptCache, ReportsTexts.PromptCacheValue.With(Format.Percent(workload.CacheReadShare), Format.Percent(workload.CacheWriteShare))) { Paths = ["cacheReadShare", "cacheWriteShare"] };
        yield return new(ReportsTexts.Batch, ReportsTexts.BatchValue.With(Format.Percent(workload.BatchShare))) { Paths = ["batchShare"] };
        yield return new(ReportsTexts.Retries, ReportsTexts.OfRequests.With(Format.Percent(workload.RetryShare))) { Paths = ["retryShare"] };
        yield return new(ReportsTexts.ShapeOfWeek, Shape(workload.Shape), Bursts(workload.Shape)) { Paths = ["shape"] };
        if (Latency(workload.Slo) is { } latency)
            yield return new(ReportsTexts.LatencyTargets, latency, Keeps(scenario)) { Paths = ["slo"] };
        foreach (var requirement in Requirements(workload.Requirements))
            yield return requirement;
        foreach (var lever in workload.Levers is { } levers ? LeverAssumptions.Of(levers) : [])
            yield return lever;
    }

    /// <summary>What was typed: "20 requests a user and day × 500 users × 22 days".</summary>
    private static string Volume(VolumeEntry volume, decimal hoursPerMonth)
    {
        var days = Format.Number(decimal.Round(volume.DaysPerMonth ?? hoursPerMonth / 24, 2));
        return volume.Basis switch
        {
            VolumeBases.RequestsPerDay => ReportsTexts.VolumeDay.With(Format.Number(volume.Value), days),
            VolumeBases.RequestsPerUserPerDay => ReportsTexts.VolumeUsers.With(Format.Number(volume.Value), Format.Number(volume.Users), days),
            VolumeBases.TokensPerMonth => ReportsTexts.VolumeTokensMonth.With(Format.Number(volume.Value)),
            VolumeBases.TokensPerDay => ReportsTexts.VolumeTokensDay.With(Format.Number(volume.Value), days),
            _ => ReportsTexts.RequestsAMonth.With(Format.Number(volume.Value)),
        };
    }

    private static string? Spread(decimal cv) => cv == 0 ? null : ReportsTexts.Variation.With(Format.Number(cv));

    private static string Shape(LoadShape shape)
    {
        return shape.Kind switch
        {
            ShapeKinds.Peak => ReportsTexts.ShapeBursts.With(Format.Number(shape.PeakToMean)),
            ShapeKinds.BusinessHours => ReportsTexts.ShapeBusiness.With(shape.TimeZone),
            ShapeKinds.ConsumerEvening => ReportsTexts.ShapeEvening.With(shape.TimeZone),
            ShapeKinds.BatchWindow => ReportsTexts.ShapeWindow.With(HoursInWords.Of(shape.Hours), shape.TimeZone),
            ShapeKinds.Weights => ReportsTexts.ShapeWeights.With(shape.TimeZone),
            _ => shape.PeakToMean == 1 ? ReportsTexts.ShapeFlat : ReportsTexts.ShapeFlatPeaks.With(Format.Number(shape.PeakToMean)),
        };
    }

    private static string? Latency(ServiceLevel slo)
    {
        List<string> targets = [];
        if (slo.TtftMs is { } first)
            targets.Add(ReportsTexts.FirstTokenIn.With(Format.Number(first)));
        if (slo.TpotMs is { } each)
            targets.Add(ReportsTexts.MsAToken.With(Format.Number(each)));
        return targets.Count == 0 ? null : $"{string.Join(", ", targets)}, p{Format.Number(slo.Percentile)}";
    }

    /// <summary>What the targets are held against.</summary>
    private static string? Keeps(Scenario scenario)
    {
        List<string> words = [];
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        if (fleets.Exists(fleet => !fleet.Throughput.IsGiven))
            words.Add(ReportsTexts.KeptByModel);
        if (fleets.Exists(fleet => fleet.Throughput.IsGiven))
            words.Add(ReportsTexts.KeptByStated);
        if (scenario.Options.OfType<ApiOption>().Any())
            words.Add(ReportsTexts.KeptByApi);
        return words.Count == 0 ? null : string.Join("; ", words);
    }

    private static string? Bursts(LoadShape shape) => shape.Burstiness == 1 ? null : ReportsTexts.Burstiness.With(Format.Number(shape.Burstiness));

    private static IEnumerable<Assumption> Requirements(Requirements requirements)
    {
        if (requirements.DataStaysInside)
            yield return new(ReportsTexts.Required, ReportsTexts.RequiredInside, ReportsTexts.RequiredInsideNote) { Paths = ["requirements.dataStaysInside"] };
        if (requirements.CustomModel)
            yield return new(ReportsTexts.Required, ReportsTexts.RequiredModel, ReportsTexts.RequiredModelNote) { Paths = ["requirements.customModel"] };
        if (requirements.Regions.Count > 0)
            yield return new(ReportsTexts.Required, ReportsTexts.RequiredRegions.With(string.Join(", ", requirements.Regions))) { Paths = ["requirements.regions"] };
        if (requirements.MinimumQualityTier is { } tier)
            yield return new(ReportsTexts.Required, ReportsTexts.RequiredTier.With(tier), ReportsTexts.RequiredTierNote) { Paths = ["requirements.minimumQualityTier"] };
    }
}
