using Planner.Web.Components.Instances;
using Planner.Web.Components.Prices;

namespace Planner.Web.Components.Feeds;

/// <summary>What the prices of both lists are called where rows of either stand side by side.</summary>
public static class FeedField
{
    /// <summary>What a field of a feed's run is called on screen.</summary>
    public static string LabelOf(string name) => HourlyField.All.FirstOrDefault(field => field.Name == name)?.Label ?? PriceField.LabelOf(name);

    /// <summary>Whether a field is one of a machine's.</summary>
    public static bool IsHourly(string name) => HourlyField.All.Any(field => field.Name == name);

    /// <summary>The row's page in its list, retired or not.</summary>
    public static string LinkOf(string key, bool isInstance) =>
        isInstance ? new InstanceGridState { Row = key, Retired = true }.Write() : new PriceGridState { Row = key, Retired = true }.Write();
}
