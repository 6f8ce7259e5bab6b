namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>A row that a <see cref="CatalogPicker"/> offers.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">Its name.</param>
/// <param name="Detail">What tells it from its neighbours: prices, size.</param>
public sealed record PickerItem(string Key, string Text, string Detail);
