namespace Planner.Web.Components.Shared;

/// <summary>What a status means for the reader.</summary>
public enum StatusKind
{
    Neutral,
    Good,
    Warning,
    Bad,
}
