namespace Planner.Web.Components.Scenarios.Inputs;

/// <summary>Time zones for a <see cref="CatalogPicker"/>.</summary>
internal static class TimeZoneItems
{
    private const int Most = 40;

    /// <summary>Time zones whose name has all the words, UTC first.</summary>
    public static Task<IReadOnlyList<PickerItem>> SearchAsync(string words, CancellationToken cancellationToken)
    {
        var parts = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Task.FromResult<IReadOnlyList<PickerItem>>(
        [
            .. TimeZoneInfo.GetSystemTimeZones().Where(zone => parts.All(part => zone.Id.Replace('_', ' ').Contains(part, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(zone => zone.Id != "UTC").ThenBy(zone => zone.Id, StringComparer.Ordinal).Take(Most)
                .Select(zone => new PickerItem(zone.Id, zone.Id, (zone.SupportsDaylightSavingTime ? InputsTexts.ZoneWithSummerTime : "{0}").With($"UTC{(zone.BaseUtcOffset < TimeSpan.Zero ? "−" : "+")}{zone.BaseUtcOffset:hh\\:mm}"))),
        ]);
    }
}
