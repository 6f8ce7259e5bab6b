using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Layout;

/// <summary>An entry of the main navigation.</summary>
/// <param name="Href">Path of the page.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Icon">Its icon.</param>
/// <param name="OnBar">True where it has a place of its own in the bottom bar of a phone; the others are behind "More".</param>
/// <param name="ForAdmins">True where only Admins are offered it.</param>
/// <param name="ForKeepers">True where only those are who look after the installation.</param>
internal sealed record NavigationItem(string Href, string Label, IconName Icon, bool OnBar, bool ForAdmins = false, bool ForKeepers = false)
{
    public static IReadOnlyList<NavigationItem> All { get; } =
    [
        new("/", "Overview", IconName.Overview, true),
        new("/scenarios", "Scenarios", IconName.Scenarios, true),
        new("/compare", "Compare", IconName.Compare, false),
        new("/usage", "Usage", IconName.Usage, false),
        new("/prices", "Prices", IconName.Prices, true),
        new("/instances", "Instances", IconName.Instances, false),
        new("/models", "Models", IconName.Models, false),
        new("/measurements", "Measurements", IconName.Measurements, false),
        new("/feeds", "Feeds", IconName.Feeds, true),
        new("/alerts", "Alerts", IconName.Alerts, false),
        new("/method", "Method", IconName.Method, false),
        new("/audit", "Audit log", IconName.Audit, false, ForAdmins: true),
        new("/system", "System", IconName.System, false, ForKeepers: true),
    ];
}
