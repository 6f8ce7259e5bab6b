using Planner.Data.Accounts;
using Planner.Data.Stores;
using Planner.Web.Components.Scenarios.Answer;
using Planner.Web.Components.Shared;
using Planner.Web.Hosting;

namespace Planner.Web.Components.Share;

/// <summary>What a link shows.</summary>
/// <param name="Answer">The answer as it was stored.</param>
/// <param name="Stamp">Which state of the scenario it is, in words.</param>
/// <param name="Stored">That state.</param>
/// <param name="MayTry">True where the reader may try other figures.</param>
public sealed record SharedScenario(AnswerModel Answer, string Stamp, StoredScenario Stored, bool MayTry);

/// <summary>Opens links, and works out what their readers ask. Safe to share.</summary>
public sealed class SharedScenarios(ScenarioStore scenarios, CurrentReach reach, TimeProvider clock) : IDisposable
{
    // Strangers get half of the machine at most, however many of them move grips.
    private readonly Turns _turns = new(SpareProcessors.Count);

    public void Dispose() => _turns.Dispose();

    /// <summary>Works something out for the reader of a link, when there is a turn.</summary>
    /// <param name="work">Finds it; pure.</param>
    /// <param name="cancellationToken">Ends the wait and the work: the reader has left or asks something else.</param>
    /// <exception cref="OperationCanceledException">The reader has left.</exception>
    public Task<T> WorkAsync<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken) => _turns.RunAsync(work, cancellationToken);

    /// <summary>What a link opens for who has its token, and its passcode where it has one.</summary>
    /// <returns>What it shows; null where the scenario was deleted.</returns>
    public async Task<SharedScenario?> OpenAsync(ShareTarget target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        // The token is the permission to read this one scenario.
        using var _ = reach.AsProgram();
        if (await scenarios.GetAsync(target.ScenarioId, target.Version, cancellationToken) is not { } stored)
            return null;
        var answer = AnswerModel.From(stored.Scenario, stored.Snapshot, stored.Result);
        var saved = Format.Day(DateOnly.FromDateTime(stored.SavedUtc));
        var stamp = target.Version is { } version
            ? Texts.ShareFrozen.With(version, saved, PricesInWords(answer.Sources))
            : Texts.ShareLive.With(stored.Version, saved, PricesInWords(answer.Sources), Format.Moment(clock.GetUtcNow().UtcDateTime));
        // Where today's formulas answer otherwise, what the reader tries would not stand beside what was shared.
        return new SharedScenario(answer, stamp, stored, target.Terms.AllowsWhatIf && answer.IsSound);
    }

    /// <summary>The days of the prices that were taken from the catalog.</summary>
    private static string PricesInWords(IReadOnlyList<SourceRow> sources)
    {
        var days = sources.Where(source => source.IsPrice).Select(source => source.Provenance.AsOf).Order().ToList();
        return days.Count == 0 ? Texts.SharePricesOwn
            : days[0] == days[^1] ? Texts.SharePricesOf.With(Format.Day(days[0]))
            : Texts.SharePricesBetween.With(Format.Day(days[0]), Format.Day(days[^1]));
    }
}
