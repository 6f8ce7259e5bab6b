using Planner.Domain;
using Planner.Domain.Planning;
using Planner.Domain.Scenarios;
using Planner.Domain.Versions;
using Planner.Web.Components.Alerts;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Versions;

/// <summary>A figure of an option that differs, ready for a row of a table.</summary>
/// <param name="OptionId">The option.</param>
/// <param name="Option">Its name.</param>
/// <param name="Figure">What it is: VersionsTexts.FigureMonth.</param>
/// <param name="Old">Before.</param>
/// <param name="New">After.</param>
/// <param name="Difference">By how much and by what share; empty where one of the two is not known.</param>
public sealed record FigureRow(string OptionId, string Option, string Figure, string Old, string New, string Difference)
{
    /// <summary>The figure's id, one of <see cref="AnswerFigures"/>; null where the row tells whether the option can serve.</summary>
    public string? Id { get; init; }

    /// <summary>The figure before, USD or a count; null where it is not known.</summary>
    public double? OldValue { get; init; }

    /// <summary>The figure after, likewise.</summary>
    public double? NewValue { get; init; }

    /// <summary>The figure as it is called within a sentence: "a month".</summary>
    internal string Within { get; init; } = Figure;

    /// <summary>The row as a sentence.</summary>
    public string Sentence => $"{Bidi.Isolated(Option)}, {Within}: {Old} → {New}{(Difference.Length == 0 ? "" : $" ({Difference})")}";
}

/// <summary>How two answers differ, in words.</summary>
internal static class AnswerWords
{
    private const int MostCrossings = 8;

    /// <summary>"Cheapest: API at $7,500 a month → Fleet at $7,200 a month"; null where it is the same option.</summary>
    public static string? Verdict(AnswerChanges changes) => changes.Verdict is { } verdict
        ? VersionsTexts.CheapestMoved.With(Named(verdict.Old), Named(verdict.New))
        : null;

    private static string Named(DecisionAnswer answer) => DecisionWords.Of(answer with { OptionName = answer.OptionName is { } name ? Bidi.Isolated(name) : null });

    public static IReadOnlyList<FigureRow> Figures(AnswerChanges changes, DisplayCurrency currency) => [.. changes.Options.SelectMany(option => FiguresOf(option, currency))];

    private static IEnumerable<FigureRow> FiguresOf(OptionChange option, DisplayCurrency currency)
    {
        if (option.OldFeasible != option.NewFeasible)
            yield return new(option.Id, option.Name, VersionsTexts.CanServe, YesNo(option.OldFeasible), YesNo(option.NewFeasible), "") { Within = VersionsTexts.CanServeWithin };
        foreach (var figure in option.Figures)
        {
            var (old, now) = (Written(figure.Figure, figure.Old, currency), Written(figure.Figure, figure.New, currency));
            yield return new(option.Id, option.Name, NameOf(figure.Figure), old, now, Difference(figure, currency)) { Id = figure.Figure, OldValue = figure.Old, NewValue = figure.New, Within = NameWithin(figure.Figure) };
        }
    }

    /// <summary>Break-even points that moved, came or went, as sentences; the first ones where there are many.</summary>
    public static IReadOnlyList<string> BreakEven(AnswerChanges changes, Scenario before, Scenario after)
    {
        List<string> all = [.. changes.BreakEven.Select(change =>
        {
            var text = change.FirstMonth ? VersionsTexts.CrossingFirstMonth : VersionsTexts.CrossingOngoing;
            var moved = change is { Old: { } was and not 0, New: { } becomes } ? $" ({InputWords.Share((becomes - was) / was)})" : "";
            return text.With(
                Bidi.Isolated(Name(change.FromOptionId)), Bidi.Isolated(Name(change.ToOptionId)), DecisionWords.BreakEven(change.Old), DecisionWords.BreakEven(change.New), moved);
        })];
        return all.Count <= MostCrossings ? all : [.. all.Take(MostCrossings), VersionsTexts.AndMoreCrossings.With(Format.Number(all.Count - MostCrossings))];

        string Name(string? id) => id is null ? VersionsTexts.None : (after.Options.FirstOrDefault(option => option.Id == id) ?? before.Options.FirstOrDefault(option => option.Id == id))?.Name ?? id;
    }

    /// <summary>Rows of the catalog whose prices or facts differ, as sentences.</summary>
    public static IReadOnlyList<string> Rows(IReadOnlyList<CatalogRowChange> rows) => [.. rows.SelectMany(row => row.Prices.Count == 0
        ? [$"{(row.Key.Length > 0 ? row.Key : VersionsTexts.Measurements)}: {DecisionWords.Kind(row.Kind)}{Dates(row)}"]
        : row.Prices.Select(move => $"{row.Key}: {DecisionWords.Field(move.Field)} {DecisionWords.Price(move.Old)} → {DecisionWords.Price(move.New)}{InputWords.Moved(move.Old, move.New)}{Dates(row)}"))];

    private static string Dates(CatalogRowChange row) => row is { Old: { } old, New: { } now } && (old.Source, old.AsOf) != (now.Source, now.AsOf)
        ? VersionsTexts.SourceMoved.With(old.Source, Format.Day(old.AsOf), now.Source, Format.Day(now.AsOf))
        : "";

    public static string NameOf(string figure) => figure switch
    {
        AnswerFigures.OngoingMonthlyUsd => VersionsTexts.FigureMonth,
        AnswerFigures.FirstMonthUsd => VersionsTexts.FigureFirstMonth,
        AnswerFigures.PresentCostUsd => VersionsTexts.FigurePresent,
        AnswerFigures.UsdPerMillionTokens => VersionsTexts.FigureTokens,
        AnswerFigures.CapacityRequests => VersionsTexts.FigureCarries,
        _ => VersionsTexts.FigureInstances,
    };

    private static string NameWithin(string figure) => figure switch
    {
        AnswerFigures.OngoingMonthlyUsd => VersionsTexts.FigureMonthWithin,
        AnswerFigures.FirstMonthUsd => VersionsTexts.FigureFirstMonthWithin,
        AnswerFigures.PresentCostUsd => VersionsTexts.FigurePresentWithin,
        AnswerFigures.UsdPerMillionTokens => VersionsTexts.FigureTokensWithin,
        AnswerFigures.CapacityRequests => VersionsTexts.FigureCarriesWithin,
        _ => VersionsTexts.FigureInstancesWithin,
    };

    private static string Written(string figure, double? value, DisplayCurrency currency) => value is null ? VersionsTexts.NotKnown : figure switch
    {
        AnswerFigures.CapacityRequests => VersionsTexts.RequestsAMonth.With(Format.Count(value)),
        AnswerFigures.Instances => Format.Count(value),
        AnswerFigures.UsdPerMillionTokens => Format.Rate(value, currency),
        _ => Format.Money((decimal)value.Value, currency),
    };

    private static string Difference(FigureChange change, DisplayCurrency currency)
    {
        if (change.Difference is not { } difference)
            return "";
        var amount = (difference > 0 ? "+" : "") + (change.Figure is AnswerFigures.CapacityRequests or AnswerFigures.Instances
            ? Format.Count(difference)
            : change.Figure == AnswerFigures.UsdPerMillionTokens ? Format.Rate(difference, currency) : Format.Money((decimal)difference, currency));
        return change.Share is { } share ? $"{amount}, {InputWords.Share(share)}" : amount;
    }

    private static string YesNo(bool value) => value ? VersionsTexts.Yes : VersionsTexts.No;
}
