namespace Planner.Web.Components.Shared;

/// <summary>Where an input's value comes from.</summary>
public enum SourceKind
{
    /// <summary>The product's default.</summary>
    Default,

    /// <summary>A row of the catalog.</summary>
    Catalog,

    /// <summary>The user's own entry.</summary>
    Yours,

    /// <summary>A measurement.</summary>
    Measured,
}
