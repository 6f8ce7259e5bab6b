using Planner.Web.Accounts;
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
    /// <summary>First parts of the paths of the pages that it is the way to beside those below its own.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public static IReadOnlyList<NavigationItem> All =>
    [
        new("/", LayoutTexts.Overview, IconName.Overview, true),
        new("/scenarios", LayoutTexts.Scenarios, IconName.Scenarios, true) { Also = ["/examples", "/portfolio"] },
        new("/compare", LayoutTexts.Compare, IconName.Compare, false),
        new("/usage", LayoutTexts.Usage, IconName.Usage, false),
        new("/prices", LayoutTexts.Prices, IconName.Prices, true),
        new("/instances", LayoutTexts.Instances, IconName.Instances, false),
        new("/models", LayoutTexts.Models, IconName.Models, false),
        new("/measurements", LayoutTexts.Measurements, IconName.Measurements, false),
        new("/feeds", LayoutTexts.Feeds, IconName.Feeds, true),
        new("/alerts", LayoutTexts.Alerts, IconName.Alerts, false),
        new("/method", LayoutTexts.Method, IconName.Method, false) { Also = ["/glossary"] },
        new("/audit", LayoutTexts.AuditLog, IconName.Audit, false, ForAdmins: true),
        new("/system", LayoutTexts.System, IconName.System, false, ForKeepers: true),
    ];

    /// <summary>Those that a reader is offered.</summary>
    public static IEnumerable<NavigationItem> OfferedTo(Rights rights) => All.Where(item => (rights.MayAdminister || !item.ForAdmins) && (rights.MayKeep || !item.ForKeepers));
}
