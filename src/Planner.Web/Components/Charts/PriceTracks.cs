namespace Planner.Web.Components.Charts;

/// <summary>Whose prices a track shows.</summary>
public enum TrackKind
{
    /// <summary>Those that applied and apply.</summary>
    Own,

    /// <summary>Those that are announced.</summary>
    Announced,

    /// <summary>Those of another source.</summary>
    Other,
}

/// <summary>A price between two days; a point where both are the same.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day that is drawn.</param>
/// <param name="Usd">The price.</param>
public sealed record TrackStep(DateOnly From, DateOnly To, decimal Usd);

/// <summary>Prices of one source over time.</summary>
/// <param name="Name">The source.</param>
/// <param name="Kind">Whose prices they are.</param>
/// <param name="Steps">The prices, the earliest first.</param>
public sealed record PriceTrack(string Name, TrackKind Kind, IReadOnlyList<TrackStep> Steps);

/// <summary>One price over time, by source.</summary>
/// <param name="Name">Which price, as the document names it.</param>
/// <param name="Label">The same as it is called on screen.</param>
/// <param name="Today">The day on which what is known ends and what is announced begins.</param>
/// <param name="Tracks">The sources, the one whose price applies first.</param>
public sealed record PriceTracks(string Name, string Label, DateOnly Today, IReadOnlyList<PriceTrack> Tracks)
{
    /// <summary>What happened to the price, in a sentence.</summary>
    public string Finding
    {
        get
        {
            var own = Tracks.FirstOrDefault(track => track.Kind == TrackKind.Own)?.Steps ?? [];
            return own switch
            {
                [] => ChartTexts.NoPrice.With(Label),
                [var only] => ChartTexts.PriceSince.With(Label, Shared.Format.Rate(only.Usd), Shared.Format.Day(only.From)),
                [.., var before, var last] => ChartTexts.PriceSinceBefore.With(Label, Shared.Format.Rate(last.Usd), Shared.Format.Day(last.From), Shared.Format.Rate(before.Usd)),
            };
        }
    }
}
