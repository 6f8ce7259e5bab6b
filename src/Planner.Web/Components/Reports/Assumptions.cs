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
    private const string InHorizon = "counts in the horizon";

    /// <summary>All inputs that decide a figure of a scenario, in words, each with the notes on it; notes on anything else come last.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="catalog">The catalog rows that it used.</param>
    public static IReadOnlyList<AssumptionGroup> Of(Scenario scenario, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(catalog);
        var open = scenario.Evidence.ToList();
        List<AssumptionGroup> groups = [Noted("Workload", "workload.", WorkloadAssumptions.Of(scenario), open), Noted("Plan", "", Plan(scenario), open)];
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
            groups.Add(new("Further notes and evidence", [.. open.Select(entry => new Assumption(InputNames.Of(scenario, entry.Path), entry.Note, entry.Url))]));
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
        yield return new("First month", scenario.StartMonth) { Paths = ["startMonth"] };
        yield return new("Hours in a month", Format.Number(scenario.HoursPerMonth)) { Paths = ["hoursPerMonth"] };
        if (DisplayCurrency.Of(scenario) is { IsUsd: false } currency)
            yield return new("Currency", $"{currency.Code} at {Format.Number(currency.UnitsPerUsd)} per USD", $"{Format.Day(currency.AsOf)} {currency.Source}".TrimEnd() + "; the inputs below are in USD") { Paths = ["currency", "exchange"] };
        var baseline = scenario.Options.FirstOrDefault(option => option.Id == scenario.BaselineOptionId);
        yield return scenario.BaselineMonthlyUsd is { } bill
            ? new("Present bill", $"{Format.Money(bill)} a month", "as measured") { Paths = ["baselineMonthlyUsd"] }
            : new("Present bill", baseline?.Name ?? "none", baseline is null ? "so no saving is stated" : "what this option costs") { Paths = ["baselineOptionId"] };
        foreach (var row in Horizon(scenario))
            yield return row;
    }

    private static IEnumerable<Assumption> Horizon(Scenario scenario)
    {
        var horizon = scenario.Horizon;
        yield return new("Horizon", $"{horizon.Months} months", $"discounted at {Format.Percent((double)horizon.DiscountRatePerYear)} a year") { Paths = ["horizon.months", "horizon.discountRatePerYear"] };
        if (scenario.Workload.GrowthPerMonth != 0)
            yield return new("Growth of requests", $"{Format.Percent((double)scenario.Workload.GrowthPerMonth)} a month", InHorizon) { Paths = ["workload.growthPerMonth"] };
        if (scenario.Workload.Seasonality is { } factors)
            yield return new("Season", string.Join(", ", factors.Select(factor => Format.Number(factor))), $"factors on requests from January to December, {InHorizon}") { Paths = ["workload.seasonality"] };
        if (horizon.ApiPriceDriftPerYear != 0)
            yield return new("API prices", $"{Format.Percent((double)horizon.ApiPriceDriftPerYear)} a year", InHorizon) { Paths = ["horizon.apiPriceDriftPerYear"] };
        if (horizon.InstancePriceDriftPerYear != 0)
            yield return new("Rents of instances", $"{Format.Percent((double)horizon.InstancePriceDriftPerYear)} a year", $"{InHorizon}; reservations when their term ends") { Paths = ["horizon.instancePriceDriftPerYear"] };
        yield return new("Switch", horizon.SwitchMonth is { } month ? $"begins in month {month}" : "begins in the best month", horizon.RampMonths > 0 ? $"both sides serve for {horizon.RampMonths} months" : "all at once") { Paths = ["horizon.switchMonth", "horizon.rampMonths"] };
    }
}

/// <summary>The workload in words.</summary>
internal static class WorkloadAssumptions
{
    public static IEnumerable<Assumption> Of(Scenario scenario)
    {
        var workload = scenario.Workload;
        yield return new("Requests a month", Format.Number(workload.RequestsPerMonth), workload.Volume is { } typed ? Volume(typed, scenario.HoursPerMonth) : null) { Paths = ["requestsPerMonth", "volume"] };
        yield return new("Input tokens a request", Format.Number(workload.InputTokens), Spread(workload.InputCv)) { Paths = ["inputTokens", "inputCv"] };
        yield return new("Output tokens a request", Format.Number(workload.OutputTokens), Spread(workload.OutputCv)) { Paths = ["outputTokens", "outputCv"] };
        if (workload.ReasoningTokens > 0)
            yield return new("Reasoning tokens a request", Format.Number(workload.ReasoningTokens), "billed and generated as output") { Paths = ["reasoningTokens"] };
        yield return new("Prompt cache", $"{Share(workload.CacheReadShare)} of input read, {Share(workload.CacheWriteShare)} written") { Paths = ["cacheReadShare", "cacheWriteShare"] };
        yield return new("Batch", $"{Share(workload.BatchShare)} of requests can wait") { Paths = ["batchShare"] };
        yield return new("Retries", $"{Share(workload.RetryShare)} of requests") { Paths = ["retryShare"] };
        yield return new("Shape of the week", Shape(workload.Shape), Bursts(workload.Shape)) { Paths = ["shape"] };
        if (Latency(workload.Slo) is { } latency)
            yield return new("Latency targets", latency, Keeps(scenario)) { Paths = ["slo"] };
        foreach (var requirement in Requirements(workload.Requirements))
            yield return requirement;
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

    /// <summary>What the targets are held against.</summary>
    private static string? Keeps(Scenario scenario)
    {
        List<string> words = [];
        var fleets = scenario.Options.OfType<SelfHostOption>().ToList();
        if (fleets.Exists(fleet => !fleet.Throughput.IsGiven))
            words.Add("kept by modelled throughput");
        if (fleets.Exists(fleet => fleet.Throughput.IsGiven))
            words.Add("stated and measured throughput is taken to keep them");
        if (scenario.Options.OfType<ApiOption>().Any())
            words.Add("an API keeps them by its measured latency, where there is one");
        return words.Count == 0 ? null : string.Join("; ", words);
    }

    private static string? Bursts(LoadShape shape) => shape.Burstiness == 1 ? null : $"arrivals within an hour vary {Format.Number(shape.Burstiness)} × as much as random ones";

    private static IEnumerable<Assumption> Requirements(Requirements requirements)
    {
        if (requirements.DataStaysInside)
            yield return new("Required", "prompts do not leave the organisation", "so no API can serve") { Paths = ["requirements.dataStaysInside"] };
        if (requirements.CustomModel)
            yield return new("Required", "a model of one's own", "an API counts only if it hosts that model") { Paths = ["requirements.customModel"] };
        if (requirements.Regions.Count > 0)
            yield return new("Required", $"regions: {string.Join(", ", requirements.Regions)}") { Paths = ["requirements.regions"] };
        if (requirements.MinimumQualityTier is { } tier)
            yield return new("Required", $"quality tier {tier} or better, on your own scale", "a search for plans keeps to it; options carry no tier, so none is ruled out by it") { Paths = ["requirements.minimumQualityTier"] };
    }
}
