using Planner.Domain.Costs;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Charts;

/// <summary>A colour with the variants that each theme needs.</summary>
/// <param name="Name">Name of its CSS variables: <c>--series-NAME</c> and <c>--series-NAME-text</c>.</param>
/// <param name="Light">Lines and bars on the light surfaces, at least 3:1.</param>
/// <param name="Dark">Lines and bars on the dark surfaces, at least 3:1.</param>
/// <param name="LightText">Text on the light surfaces, at least 4.5:1.</param>
/// <param name="DarkText">Text on the dark surfaces, at least 4.5:1.</param>
public sealed record Hue(string Name, string Light, string Dark, string LightText, string DarkText)
{
    /// <summary>CSS value for lines and bars; follows the theme.</summary>
    public string Fill => $"var(--series-{Name})";
}

/// <summary>How an option is drawn throughout the product.</summary>
/// <param name="Hue">Its colour.</param>
/// <param name="Dash">Length of a dash in pixels; 0 is a solid line.</param>
/// <param name="Marker">Its marker, so that it can be told apart without colour.</param>
public sealed record OptionStyle(Hue Hue, int Dash, ChartMarker Marker);

/// <summary>Colours of options and of ledger groups. Okabe and Ito's colour-blind safe set, shifted only where a background asks for more contrast.</summary>
public static class OptionPalette
{
    /// <summary>The kind of an option that mixes the other two.</summary>
    public const string Hybrid = "hybrid";

    public static readonly Hue Api = new("api", "#0072B2", "#1A81BA", "#0072B2", "#4799C8");
    public static readonly Hue SelfHost = new("selfhost", "#D55E00", "#D55E00", "#B55000", "#DB7524");
    public static readonly Hue Mixed = new("hybrid", "#009E73", "#009E73", "#007D5B", "#0FA47B");
    public static readonly Hue Purple = new("purple", "#C2739F", "#CC79A7", "#975A7C", "#CC79A7");
    public static readonly Hue Amber = new("amber", "#BA8100", "#E69F00", "#916400", "#E69F00");
    public static readonly Hue Sky = new("sky", "#4794BF", "#56B4E9", "#377395", "#56B4E9");
    public static readonly Hue Neutral = new("neutral", "#767D88", "#8A919C", "#545B66", "#A8AFBA");

    private static readonly Hue[] Further = [Purple, Amber, Sky];

    public static IReadOnlyList<Hue> All { get; } = [Api, SelfHost, Mixed, Purple, Amber, Sky, Neutral];

    /// <summary>
    /// Styles of a scenario's options in its order: the first of each kind has the kind's colour, the others take what is free, then dashes differ.
    /// </summary>
    public static IReadOnlyList<OptionStyle> ForKinds(IEnumerable<string> kinds)
    {
        var used = new Dictionary<Hue, int>();
        var styles = new List<OptionStyle>();
        foreach (var kind in kinds)
        {
            var own = OfKind(kind);
            var hue = used.ContainsKey(own) ? Least(used, own) : own;
            var turn = used.GetValueOrDefault(hue);
            used[hue] = turn + 1;
            styles.Add(new OptionStyle(hue, Dash(hue, turn), (ChartMarker)((Array.IndexOf([.. All], hue) + turn) % 4)));
        }

        return styles;
    }

    /// <summary>Colour of a ledger group: the API's in blues, the fleet's in warm colours, one-off costs in grey.</summary>
    public static Hue ForLedgerGroup(string group) => group switch
    {
        LedgerGroups.ApiInput => Api,
        LedgerGroups.ApiOutput => Sky,
        LedgerGroups.ApiOther => Mixed,
        LedgerGroups.Compute => SelfHost,
        LedgerGroups.Extras => Amber,
        LedgerGroups.Operations => Purple,
        _ => Neutral,
    };

    private static Hue OfKind(string kind) => kind switch
    {
        OptionKinds.Api => Api,
        OptionKinds.SelfHost => SelfHost,
        Hybrid => Mixed,
        _ => Purple,
    };

    private static Hue Least(Dictionary<Hue, int> used, Hue own) => Further.Append(own).MinBy(used.GetValueOrDefault)!;

    private static int Dash(Hue hue, int turn)
    {
        var first = hue == Api ? 0 : hue == SelfHost ? 8 : hue == Mixed ? 4 : 2 + (2 * Array.IndexOf(Further, hue));
        return first + (turn * 6);
    }
}
