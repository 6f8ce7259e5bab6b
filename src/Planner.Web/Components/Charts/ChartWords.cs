using System.Text.Encodings.Web;
using System.Text.Json;

namespace Planner.Web.Components.Charts;

/// <summary>The words that the scripts draw and speak, in the reader's language; mirrors chart-words.ts.</summary>
internal static class ChartWords
{
    // Stands in an attribute, which Razor encodes.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>They as JSON; {0} and {1} are places for what is drawn.</summary>
    public static string Json() => JsonSerializer.Serialize(
        new
        {
            Scales = new[] { Domain.Texts.ScaleTrillion, Domain.Texts.ScaleBillion, Domain.Texts.ScaleMillion },
            Scenarios.Answer.WithinSentence.KeepsCapitals,
            ChartTexts.Nearer,
            ChartTexts.Farther,
            ChartTexts.Back,
            ChartTexts.On,
            ChartTexts.All,
            ChartTexts.Span,
            ChartTexts.CheapestOf,
            ChartTexts.NoneServes,
            ChartTexts.None,
            Cheapest = ChartTexts.DrawnCheapest,
            FullAt = ChartTexts.DrawnFullAt,
            Full = ChartTexts.DrawnFull,
            Beyond = ChartTexts.DrawnBeyond,
            Today = ChartTexts.DrawnToday,
            InAll = ChartTexts.DrawnInAll,
            NoChange = ChartTexts.DrawnNoChange,
            NoResult = ChartTexts.DrawnNoResult,
            AnotherWins = ChartTexts.DrawnAnotherWins,
            AsItStands = ChartTexts.DrawnAsItStands,
            Total = ChartTexts.DrawnTotal,
            ThisStep = ChartTexts.DrawnThisStep,
            TotalSoFar = ChartTexts.DrawnTotalSoFar,
            NotKnown = ChartTexts.DrawnNotKnown,
            Tallest = ChartTexts.DrawnTallest,
            Runs = ChartTexts.DrawnRuns,
            OfRuns = ChartTexts.DrawnOfRuns,
            UpToHere = ChartTexts.DrawnUpToHere,
            Tokens = ChartTexts.DrawnTokens,
            NoTokens = ChartTexts.DrawnNoTokens,
        },
        Options);
}
