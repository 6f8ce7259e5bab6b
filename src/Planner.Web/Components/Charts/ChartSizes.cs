namespace Planner.Web.Components.Charts;

/// <summary>Sizes in CSS pixels.</summary>
public static class ChartSizes
{
    /// <summary>What fits between the margins of A4 and Letter.</summary>
    public const int PrintWidth = 680;

    /// <summary>Below this width charts of cells stand upright; mirrored in chart-cells.ts and ChartFrame.razor.css.</summary>
    public const int Narrow = 560;
}
