namespace Planner.Web.Components.Shared;

/// <summary>The drawings that <see cref="Icon"/> knows.</summary>
public enum IconName
{
    Add,
    Api,
    Check,
    ChevronDown,
    Close,
    Contrast,
    Copy,
    Delete,
    Download,
    Edit,
    Error,
    Feeds,
    Hybrid,
    Info,
    Instances,
    Method,
    Models,
    More,
    Overview,
    Prices,
    Report,
    Scenarios,
    Search,
    SelfHost,
    Share,
    Table,
    Undo,
    Warning,
}
