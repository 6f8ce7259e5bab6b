using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;

namespace Planner.Web.Components.Scenarios;

/// <summary>A stored scenario in a list, with its stored answer.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its current version.</param>
/// <param name="UpdatedAt">When it was last saved.</param>
/// <param name="SavedBy">The person who saved it; null where nobody signs in.</param>
/// <param name="Sentence">The verdict.</param>
/// <param name="Amounts">The options' months.</param>
/// <param name="BreakEven">The crossing of what can carry the load that is nearest to the volume, requests a month; null where there is none.</param>
/// <param name="Fault">Why what is stored cannot be shown; null where it can.</param>
public sealed record ScenarioRowView(
    string Id, string Name, int Version, DateTimeOffset UpdatedAt, string? SavedBy, string? Sentence, IReadOnlyList<OptionAmount> Amounts, double? BreakEven, string? Fault);

/// <summary>An option's month in a list.</summary>
/// <param name="Name">The option.</param>
/// <param name="Style">Its colour.</param>
/// <param name="Usd">Its ongoing month; null where unknown.</param>
/// <param name="Feasible">False where it cannot serve the workload.</param>
/// <param name="IsCheapest">True for the verdict's option.</param>
/// <param name="Currency">The currency in which it is shown.</param>
public sealed record OptionAmount(string Name, OptionStyle Style, decimal? Usd, bool Feasible, bool IsCheapest, DisplayCurrency Currency);

/// <summary>What the lists of scenarios show. Safe to share.</summary>
public sealed class ScenarioOverview(ScenarioStore scenarios)
{
    /// <summary>A page of scenarios with their stored answers, the last saved first.</summary>
    public async Task<Page<ScenarioRowView>> ListAsync(string? text, int skip, int take, CancellationToken cancellationToken = default)
    {
        var page = await scenarios.ListAsync(text, skip, take, cancellationToken);
        var rows = new List<ScenarioRowView>();
        foreach (var summary in page.Items)
        {
            rows.Add(await RowAsync(summary, cancellationToken));
        }

        return new Page<ScenarioRowView>(rows, page.Total);
    }

    private async Task<ScenarioRowView> RowAsync(ScenarioSummary summary, CancellationToken cancellationToken)
    {
        DateTimeOffset updated = summary.UpdatedUtc;
        try
        {
            var stored = await scenarios.GetAsync(summary.Id, summary.Version, cancellationToken);
            var result = stored?.Result;
            return new ScenarioRowView(summary.Id, summary.Name, summary.Version, updated, Actor.Person(stored?.SavedBy), summary.Sentence, AmountsOf(result, stored is null ? DisplayCurrency.Usd : DisplayCurrency.Of(stored.Scenario)), stored is null ? null : NearestCrossing(stored.Scenario, stored.Result), null);
        }
        catch (InvalidDataException)
        {
            return new ScenarioRowView(summary.Id, summary.Name, summary.Version, updated, null, null, [], null, Texts.ScenarioUnreadablePage);
        }
    }

    private static List<OptionAmount> AmountsOf(Result? result, DisplayCurrency currency)
    {
        if (result is null)
        {
            return [];
        }

        var styles = OptionPalette.ForKinds(result.Options.Select(option => option.Kind));
        return [.. result.Options.Select((option, i) => new OptionAmount(option.Name, styles[i], option.OngoingMonthlyUsd, option.Feasible, option.Id == result.Verdict.CheapestOptionId, currency))];
    }

    /// <summary>The crossing of what can carry the load that is nearest to the volume, as alerts have it, requests a month; null where there is none.</summary>
    internal static double? NearestCrossing(Scenario scenario, Result result) =>
        result.AlongRequests(firstMonth: false, capacityChecked: true)?.NearestTo((double)scenario.Workload.RequestsPerMonth);
}
