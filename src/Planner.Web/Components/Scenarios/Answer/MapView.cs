using Planner.Domain;
using Planner.Domain.BreakEvens;
using Planner.Domain.Catalogs;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Web.Components.Charts;
using Planner.Web.Components.Shared;
using MapAxis = Planner.Web.Components.Charts.MapAxis;
using WinnerMap = Planner.Domain.BreakEvens.WinnerMap;

namespace Planner.Web.Components.Scenarios.Answer;

/// <summary>Who is cheapest over two inputs at once.</summary>
/// <param name="Faces">Ongoing and first month; empty where it cannot be asked.</param>
/// <param name="Problems">Why it cannot be asked.</param>
public sealed record MapView(IReadOnlyList<MapFace> Faces, IReadOnlyList<string> Problems)
{
    /// <summary>Columns and rows: as fine as a chart of this size shows.</summary>
    private const int Cells = 60;

    /// <summary>The map of one month.</summary>
    public MapFace? Face(bool firstMonth) => Faces.FirstOrDefault(face => face.FirstMonth == firstMonth);

    /// <summary>Works it out, capacity checked.</summary>
    /// <param name="scenario">A scenario without faults.</param>
    /// <param name="catalog">The catalog rows that it names.</param>
    /// <param name="x">The axis of the columns.</param>
    /// <param name="y">The axis of the rows.</param>
    /// <param name="options">The options in the scenario's order.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static MapView Of(Scenario scenario, CatalogSnapshot catalog, AxisOffer x, AxisOffer y, IReadOnlyList<OptionView> options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var (across, up) = (new Domain.BreakEvens.MapAxis(x.Axis, x.OptionId), new Domain.BreakEvens.MapAxis(y.Axis, y.OptionId));
        if (Engine.CheckMap(scenario, catalog, across, up, Cells, Cells) is { Count: > 0 } problems)
        {
            return new MapView([], [.. problems.Select(problem => $"{(problem.Path.StartsWith('x') ? x.Name : y.Name)}: {problem.Message}")]);
        }

        return new MapView([.. ((bool[])[false, true]).Select(firstMonth => MapFace.Of(Engine.Map(scenario, catalog, across, up, Cells, Cells, firstMonth, cancellationToken), x, y, options))], []);
    }
}

/// <summary>A map of one month, ready to be drawn.</summary>
/// <param name="FirstMonth">True where one-off costs count.</param>
/// <param name="Title">The finding in a few words.</param>
/// <param name="Sentence">Who wins how much of the map.</param>
/// <param name="X">The axis of the columns.</param>
/// <param name="Y">The axis of the rows.</param>
/// <param name="Options">The options in the scenario's order.</param>
/// <param name="Winners">Number of the winner in each cell, −1 where none can serve; along x first, from the least y on.</param>
/// <param name="Here">The scenario's own point; null where it is unknown or lies beyond the map.</param>
/// <param name="Elsewhere">Why that point is not on the map; null where it is.</param>
public sealed record MapFace(
    bool FirstMonth, string Title, string Sentence, MapAxis X, MapAxis Y, IReadOnlyList<MapOption> Options, IReadOnlyList<int> Winners, MapHere? Here, string? Elsewhere)
{
    internal static MapFace Of(WinnerMap map, AxisOffer x, AxisOffer y, IReadOnlyList<OptionView> options)
    {
        var currency = options.Count > 0 ? options[0].Currency : DisplayCurrency.Usd;
        List<int> winners = [.. map.Cells.SelectMany(row => row)];
        var (own, words) = (
            map is { X.Here: { } across, Y.Here: { } up } ? (X: across, Y: up) : ((double X, double Y)?)null,
            AnswerTexts.YouAtBoth.With(Say(map.X, currency), Say(map.Y, currency)));
        var isOn = own is var (left, bottom) && left >= map.X.Centres[0] && left <= map.X.Centres[^1] && bottom >= map.Y.Centres[0] && bottom <= map.Y.Centres[^1];
        return new MapFace(
            map.FirstMonth, TitleOf(map, winners, options), SentenceOf(winners, options), Axis(map.X, x), Axis(map.Y, y),
            [.. options.Select(option => new MapOption(option.Name, option.Style.Hue.Fill))], winners, isOn ? new MapHere(own!.Value.X, own.Value.Y, words) : null,
            isOn ? null : own is null ? Texts.AxisHereUnknown : Texts.MapHereBeyond.With(words));
    }

    private static string Say(MapSide side, DisplayCurrency currency) => side.Here is { } here ? AxisWords.Label(side.Axis, here, currency) : Format.Unknown;

    private static MapAxis Axis(MapSide side, AxisOffer offer) => new(AxisWords.Title(offer.Axis, offer.OptionName), AxisWords.Unit(offer.Axis), side.Centres, !side.IsLinear);

    private static string TitleOf(WinnerMap map, List<int> winners, IReadOnlyList<OptionView> options)
    {
        var subject = map.FirstMonth ? AnswerTexts.FirstMonth : AnswerTexts.Ongoing;
        if (winners.Distinct().ToList() is [var only])
        {
            return only < 0 ? AnswerTexts.MapNobody.With(subject) : AnswerTexts.MapOne.With(subject, options[only].Name);
        }

        var here = options.Where(option => option.Result.Feasible).MinBy(option => map.FirstMonth ? option.Result.FirstMonthUsd : option.Result.OngoingMonthlyUsd);
        return here is null ? AnswerTexts.MapNobodyHere.With(subject) : AnswerTexts.MapHere.With(subject, here.Name);
    }

    private static string SentenceOf(List<int> winners, IReadOnlyList<OptionView> options)
    {
        var shares = winners.GroupBy(winner => winner).OrderByDescending(group => group.Count()).Select(group =>
            (group.Key < 0 ? Texts.MapShareNone : Texts.MapShare).With(group.Key < 0 ? null : options[group.Key].Name, Format.Percent((double)group.Count() / winners.Count)));
        return Texts.MapShares.With(string.Join(", ", shares));
    }
}
