using Planner.Domain;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Reports;

/// <summary>An input in words.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">Its value with its unit.</param>
/// <param name="Note">What a reader should know about it; null for nothing.</param>
public sealed record Assumption(string Label, string Value, string? Note = null);

/// <summary>Inputs that belong together.</summary>
/// <param name="Title">What they describe.</param>
/// <param name="Rows">The inputs.</param>
public sealed record AssumptionGroup(string Title, IReadOnlyList<Assumption> Rows)
{
    /// <summary>All inputs that decide a figure of a scenario, in words.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    public static IReadOnlyList<AssumptionGroup> Of(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        return
        [
            new("Workload", [.. WorkloadAssumptions.Of(scenario)]),
            new("Plan", [.. Plan(scenario)]),
            .. scenario.Options.Select(option => new AssumptionGroup(option.Name, [.. option switch
            {
                ApiOption api => OptionAssumptions.Of(api, catalog),
                SelfHostOption fleet => OptionAssumptions.Of(fleet, scenario, catalog),
                HybridOption mix => MixAssumptions.Of(mix, scenario),
                _ => [],
            }])),
            .. scenario.Evidence.Count == 0 ? [] : new AssumptionGroup[] { new("Notes and evidence", [.. scenario.Evidence.Select(entry => Noted(scenario, entry))]) },
        ];
    }

    private static Assumption Noted(Scenario scenario, Evidence entry) => new(InputNames.Of(scenario, entry.Path), entry.Note, entry.Url);

    private static IEnumerable<Assumption> Plan(Scenario scenario)
    {
        yield return new("First month", scenario.StartMonth);
        yield return new("Hours in a month", Format.Number(scenario.HoursPerMonth));
        if (DisplayCurrency.Of(scenario) is { IsUsd: false } currency)
            yield return new("Currency", $"{currency.Code} at {Format.Number(currency.UnitsPerUsd)} per USD", $"{Format.Day(currency.AsOf)} {currency.Source}".TrimEnd() + "; the inputs below are in USD");
        var baseline = scenario.Options.FirstOrDefault(option => option.Id == scenario.BaselineOptionId);
        yield return scenario.BaselineMonthlyUsd is { } bill
            ? new("Present bill", $"{Format.Money(bill)} a month", "as measured")
            : new("Present bill", baseline?.Name ?? "none", baseline is null ? "so no saving is stated" : "what this option costs");
        foreach (var row in Horizon(scenario))
            yield return row;
    }

    private static IEnumerable<Assumption> Horizon(Scenario scenario)
    {
        var horizon = scenario.Horizon;
        yield return new("Horizon", $"{horizon.Months} months", $"discounted at {Format.Percent((double)horizon.DiscountRatePerYear)} a year");
        if (scenario.Workload.GrowthPerMonth != 0)
            yield return new("Growth of requests", $"{Format.Percent((double)scenario.Workload.GrowthPerMonth)} a month");
        if (scenario.Workload.Seasonality is { } factors)
            yield return new("Season", string.Join(", ", factors.Select(factor => Format.Number(factor))), "factors on requests from January to December");
        if (horizon.ApiPriceDriftPerYear != 0)
            yield return new("API prices", $"{Format.Percent((double)horizon.ApiPriceDriftPerYear)} a year");
        if (horizon.InstancePriceDriftPerYear != 0)
            yield return new("Rents of instances", $"{Format.Percent((double)horizon.InstancePriceDriftPerYear)} a year", "reservations when their term ends");
        yield return new("Switch", horizon.SwitchMonth is { } month ? $"begins in month {month}" : "begins in the best month", horizon.RampMonths > 0 ? $"both sides serve for {horizon.RampMonths} months" : "all at once");
    }
}

/// <summary>The workload in words.</summary>
internal static class WorkloadAssumptions
{
    public static IEnumerable<Assumption> Of(Scenario scenario)
    {
        var workload = scenario.Workload;
        yield return new("Requests a month", Format.Number(workload.RequestsPerMonth), workload.Volume is { } typed ? Volume(typed, scenario.HoursPerMonth) : null);
        yield return new("Input tokens a request", Format.Number(workload.InputTokens), Spread(workload.InputCv));
        yield return new("Output tokens a request", Format.Number(workload.OutputTokens), Spread(workload.OutputCv));
        if (workload.ReasoningTokens > 0)
            yield return new("Reasoning tokens a request", Format.Number(workload.ReasoningTokens), "billed and generated as output");
        yield return new("Prompt cache", $"{Share(workload.CacheReadShare)} of input read, {Share(workload.CacheWriteShare)} written");
        yield return new("Batch", $"{Share(workload.BatchShare)} of requests can wait");
        yield return new("Retries", $"{Share(workload.RetryShare)} of requests");
        yield return new("Shape of the week", Shape(workload.Shape));
        if (Latency(workload.Slo) is { } latency)
            yield return new("Latency targets", latency, scenario.Options.OfType<SelfHostOption>().Any(option => option.Throughput.IsGiven) ? "stated and measured throughput is taken to keep them" : "kept by modelled throughput");
        foreach (var requirement in Requirements(workload.Requirements))
            yield return new("Required", requirement);
        foreach (var lever in workload.Levers is { } levers ? LeverAssumptions.Of(levers) : [])
            yield return lever;
    }

    /// <summary>What was typed: "20 requests a user and day × 500 users × 22 days".</summary>
    private static string Volume(VolumeEntry volume, decimal hoursPerMonth)
    {
        var days = $" × {Format.Number(decimal.Round(volume.DaysPerMonth ?? hoursPerMonth / 24, 2))} days";
        return volume.Basis switch
        {
            VolumeBases.RequestsPerDay => $"{Format.Number(volume.Value)} requests a day{days}",
            VolumeBases.RequestsPerUserPerDay => $"{Format.Number(volume.Value)} requests a user and day × {Format.Number(volume.Users)} users{days}",
            VolumeBases.TokensPerMonth => $"{Format.Number(volume.Value)} tokens a month ÷ tokens of a request",
            VolumeBases.TokensPerDay => $"{Format.Number(volume.Value)} tokens a day{days} ÷ tokens of a request",
            _ => $"{Format.Number(volume.Value)} requests a month",
        };
    }

    private static string Share(decimal share) => Format.Percent((double)share);

    private static string? Spread(decimal cv) => cv == 0 ? null : $"coefficient of variation {Format.Number(cv)}";

    private static string Shape(LoadShape shape)
    {
        var peak = shape.PeakToMean == 1 ? "" : $", moments of {Format.Number(shape.PeakToMean)} × the mean";
        return shape.Kind switch
        {
            ShapeKinds.Peak => $"bursts, the busiest hour {Format.Number(shape.PeakToMean)} × the mean",
            ShapeKinds.BusinessHours => $"business hours, Monday to Friday, {shape.TimeZone}",
            ShapeKinds.ConsumerEvening => $"consumers, busiest in the evening, {shape.TimeZone}",
            ShapeKinds.BatchWindow => $"all within {HoursInWords.Of(shape.Hours)}, {shape.TimeZone}",
            ShapeKinds.Weights => $"168 hourly weights, {shape.TimeZone}",
            _ => $"the same load in every hour{peak}",
        };
    }

    private static string? Latency(ServiceLevel slo)
    {
        List<string> targets = [];
        if (slo.TtftMs is { } first)
            targets.Add($"first token in {Format.Number(first)} ms");
        if (slo.TpotMs is { } each)
            targets.Add($"{Format.Number(each)} ms a token");
        return targets.Count == 0 ? null : $"{string.Join(", ", targets)}, p{Format.Number(slo.Percentile)}";
    }

    private static IEnumerable<string> Requirements(Requirements requirements)
    {
        if (requirements.DataStaysInside)
            yield return "prompts do not leave the organisation";
        if (requirements.CustomModel)
            yield return "a model of one's own";
        if (requirements.Regions.Count > 0)
            yield return $"regions: {string.Join(", ", requirements.Regions)}";
        if (requirements.MinimumQualityTier is { } tier)
            yield return $"quality tier {tier} or better, on your own scale";
    }
}
