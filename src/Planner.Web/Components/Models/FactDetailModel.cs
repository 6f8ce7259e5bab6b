using Planner.Data.Stores;
using Planner.Domain.Capacity;
using Planner.Domain.Catalogs;
using Planner.Web.Components.Catalog;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Models;

/// <summary>A fact as the drawer shows it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Applies">The value that applies.</param>
/// <param name="Shipped">The shipped value, where the user's differs; null otherwise.</param>
public sealed record FactLine(string Label, string Applies, string? Shipped);

/// <summary>Facts that belong together.</summary>
public sealed record FactSection(string Title, IReadOnlyList<FactLine> Lines);

/// <summary>What the drawer shows of a model, a GPU or an engine.</summary>
public sealed record FactDetailModel(
    string Key, IReadOnlyList<FactSection> Sections, string? Gap, IReadOnlyList<Flag> Flags, FactSource Source, FactSource? ShippedSource, string? Note,
    bool Retired)
{
    public static FactDetailModel From<TFacts>(FactSheet<TFacts> sheet, FactEntry<TFacts> entry) where TFacts : CatalogFacts
    {
        ArgumentNullException.ThrowIfNull(sheet);
        ArgumentNullException.ThrowIfNull(entry);
        var applies = FactValues.Of(entry.Facts);
        var shipped = entry.State.Overridden && entry.Shipped is { } facts ? FactValues.Of(facts) : null;
        var sections = sheet.Groups
            .Where(group => group.Path.Length == 0 || applies.At(group.Path) is not null || shipped?.At(group.Path) is not null)
            .Select(group => new FactSection(group.Title, [.. group.Fields.Select(field => LineOf(field, applies, shipped))]));
        var model = entry.Facts as LanguageModel;
        return new(
            entry.Key, [.. sections, .. model?.Architecture is { } shape ? [Derived(model, shape)] : Array.Empty<FactSection>()],
            model is { Architecture: null } ? ModelRowModel.NotModelled : null, Flag.Of(entry.State, []), FactSource.From(entry.Facts.Provenance, entry.State.UserPrices),
            shipped is null ? null : FactSource.From(entry.State.Source, false), entry.State.UserNote, entry.State.Retired);
    }

    private static FactLine LineOf(FactField field, FactValues applies, FactValues? shipped)
    {
        var value = FactValues.Shown(field, applies.At(field.Path));
        var before = shipped is null ? null : FactValues.Shown(field, shipped.At(field.Path));
        return new(field.Label, value, before == value ? null : before);
    }

    private static FactSection Derived(LanguageModel model, ModelArchitecture shape)
    {
        var billions = ModelMath.Parameters(shape) / 1e9;
        return new(ModelsTexts.DerivedTitle,
        [
            new(ModelsTexts.DerivedParameters, ModelsTexts.DerivedParametersValue.With(Format.Number(decimal.Round((decimal)billions, billions < 1 ? 4 : 2)), Format.Percent(billions / (double)model.ParametersB)), null),
            new(ModelsTexts.DerivedKvBf16, Kib(ModelMath.KvBytesPerToken(shape, 2)), null),
            new(ModelsTexts.DerivedKvFp8, Kib(ModelMath.KvBytesPerToken(shape, 1)), null),
        ]);
    }

    private static string Kib(double bytes) => $"{Format.Number(decimal.Round((decimal)(bytes / 1024), 1))} KiB";
}
