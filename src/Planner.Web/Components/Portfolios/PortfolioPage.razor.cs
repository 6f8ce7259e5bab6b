using Microsoft.AspNetCore.Components;
using Planner.Data.Stores;
using Planner.Web.Comparisons;

namespace Planner.Web.Components.Portfolios;

/// <summary>What saved scenarios cost together.</summary>
public sealed partial class PortfolioPage
{
    private const int MostListed = 200;

    private PortfolioAnswer? _answer;
    private IReadOnlyList<ScenarioSummary> _known = [];
    private int _older;

    [Inject]
    public required ComparisonDesk Desk { get; init; }

    [Inject]
    public required ScenarioStore Scenarios { get; init; }

    private List<ScenarioSummary> Others => [.. _known.Where(row => _answer!.Scenarios.All(scenario => scenario.Id != row.Id))];

    /// <summary>What is added up, its versions pinned: what is downloaded or compared is what stands here.</summary>
    private List<ScenarioPick> Picks => [.. _answer!.Scenarios.Select(scenario => scenario.Pick)];

    /// <summary>What the address would name if it named each; a version stays open where it is open.</summary>
    private List<ScenarioPick> Named
    {
        get
        {
            var asked = State.With.Select(ScenarioPick.Read).OfType<ScenarioPick>().ToList();
            return [.. _answer!.Scenarios.Select(scenario => asked.Find(pick => pick.Id == scenario.Id) ?? new ScenarioPick(scenario.Id))];
        }
    }

    protected override PortfolioState Read(Uri address) => PortfolioState.Read(address);

    protected override string Write(PortfolioState state) => state.Write();

    protected override async Task LoadAsync(PortfolioState state, CancellationToken cancellationToken)
    {
        var answer = await Desk.AddUpAsync(state.With, cancellationToken);
        var listed = await Scenarios.ListAsync(take: MostListed, cancellationToken: cancellationToken);
        (_known, _older) = (listed.Items, listed.Total - listed.Items.Count);
        _answer = answer;
    }

    private Task ChooseAsync((string Id, string? OptionId) chosen) => GoAsync(new PortfolioState([.. Named.Select(pick => (pick.Id == chosen.Id ? pick with { OptionId = chosen.OptionId } : pick).ToString())]), replace: true);

    private Task RemoveAsync(string id) => GoAsync(new PortfolioState([.. Named.Where(pick => pick.Id != id).Select(pick => pick.ToString())]));

    private Task AddAsync(string id) => GoAsync(new PortfolioState([.. Named.Select(pick => pick.ToString()), id]));
}
