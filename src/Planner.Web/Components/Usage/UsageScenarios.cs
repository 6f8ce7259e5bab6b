using System.Globalization;
using Planner.Data.Usage;
using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;
using Planner.Domain.Usage;
using Planner.Web.Components.Scenarios;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Usage;

/// <summary>Scenarios of measured workloads: new ones, and the way into the editor.</summary>
internal static class UsageScenarios
{
    /// <summary>A new scenario: the measured workload, an API option for each price sheet, and the present bill.</summary>
    /// <param name="set">The measured workload.</param>
    /// <param name="profile">Its rows summed up.</param>
    /// <param name="sheets">Price sheets to compare.</param>
    /// <param name="zone">Time zone of the hours of the week.</param>
    /// <param name="now">The scenario begins with the next month.</param>
    public static MeasuredScenario Begin(UsageSet set, UsageProfile profile, IReadOnlyList<PriceSheet> sheets, TimeZoneInfo zone, DateTimeOffset now)
    {
        var scenario = OptionEdits.Blank(now) with
        {
            Name = set.Name,
            Options = [.. sheets.Take(ScenarioRules.MostOptions).Select((sheet, place) => new ApiOption { Id = place == 0 ? "api" : string.Create(CultureInfo.InvariantCulture, $"api-{place + 1}"), Name = sheet.Name, PriceKey = sheet.Key })],
        };
        var measured = MeasuredScenario.Of(scenario, profile, set.Name, zone);
        // Without a bill in the source, what is paid today follows where all went to the one model that is compared.
        return measured.Scenario is { BaselineMonthlyUsd: null, Options: [var only] } && UsageModels.Of(profile) is [var model] && UsageModels.Match(model, sheets).Count > 0
            ? measured with { Scenario = measured.Scenario with { BaselineOptionId = only.Id } }
            : measured;
    }

    /// <summary>Address of the editor with a measured workload set in a scenario, nothing of it saved.</summary>
    /// <param name="setId">The measured workload.</param>
    /// <param name="zone">Time zone of the hours of the week.</param>
    /// <param name="scenarioId">The scenario; null for a new one.</param>
    /// <param name="priceKeys">Price sheets that a new one compares.</param>
    public static string Address(long setId, string zone, string? scenarioId, IEnumerable<string> priceKeys)
    {
        var address = QueryText.Write(
            $"/scenarios/{scenarioId ?? "new"}", ("usage", setId.ToString(CultureInfo.InvariantCulture)), ("zone", zone == "UTC" ? null : zone));
        return scenarioId is null ? priceKeys.Aggregate(address, (whole, key) => QueryText.Write(whole, ("price", key))) : address;
    }

    /// <summary>A time zone by its name; UTC where there is none of that name.</summary>
    public static TimeZoneInfo ZoneOf(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
