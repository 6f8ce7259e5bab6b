using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Planner.Data.Entities;
using Planner.Domain;
using Planner.Domain.Catalogs;

namespace Planner.Data.Stores;

/// <summary>A list of models, GPUs or engines. It is short enough to be read as a whole.</summary>
public sealed class FactList<TFacts>(IDbContextFactory<PlannerDbContext> contexts, TimeProvider time)
    : CatalogList<FactRow<TFacts>, FactEntry<TFacts>, FactEdit<TFacts>>(contexts, time) where TFacts : CatalogFacts
{
    /// <summary>All rows by name, with the retired ones where they are asked for.</summary>
    public async Task<IReadOnlyList<FactEntry<TFacts>>> EntriesAsync(bool includeRetired = false, CancellationToken cancellationToken = default)
    {
        await using var context = await OpenAsync(cancellationToken);
        var rows = await context.Set<FactRow<TFacts>>().AsNoTracking().Where(row => includeRetired || row.RetiredUtc == null).ToListAsync(cancellationToken);
        return [.. (await ToEntriesAsync(context, rows, null, cancellationToken)).OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
    }

    /// <summary>What is known of all current rows, by name.</summary>
    public async Task<IReadOnlyList<TFacts>> AllAsync(CancellationToken cancellationToken = default) =>
        [.. (await EntriesAsync(cancellationToken: cancellationToken)).Select(entry => entry.Facts)];

    protected override string ValuesPath => "";

    protected override FactEdit<TFacts> Trimmed(FactEdit<TFacts> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var key = Trimmed(edit.Key);
        return edit with { Key = key, Facts = edit.Facts with { Key = key, Name = Trimmed(edit.Facts.Name), Provenance = new Provenance(Origins.User, null, Today) } };
    }

    protected override IReadOnlyList<Problem> Check(FactEdit<TFacts> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return [.. FactRules.Check(edit.Facts), .. CatalogRules.CheckNote(edit.Note)];
    }

    protected override FactRow<TFacts> NewRow(FactEdit<TFacts> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return new() { Key = edit.Key, Origin = Origins.User, Source = Origins.User };
    }

    protected override void Apply(FactRow<TFacts> row, FactEdit<TFacts> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        SetOverride(row, FactJson.Write(edit.Facts), edit.Note);
    }

    private protected override IEnumerable<NamedValue> NamedValues(FactRow<TFacts> row) => NamedValue.Of(JsonNode.Parse(FactJson.Write(row.Effective()))!);

    protected override Task<IReadOnlyList<FactEntry<TFacts>>> ToEntriesAsync(PlannerDbContext context, IReadOnlyList<FactRow<TFacts>> rows, DateOnly? asOf, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<FactEntry<TFacts>>>([.. rows.Select(row => new FactEntry<TFacts>(row.Effective(), row.Shipped(), StateOf(row)))]);
}
