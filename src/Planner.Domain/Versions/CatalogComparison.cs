using Planner.Domain.Catalogs;
using Planner.Domain.Planning;

namespace Planner.Domain.Versions;

/// <summary>A catalog row that two versions used with other values.</summary>
/// <param name="Kind">One of <see cref="DecisionCauseKinds"/>.</param>
/// <param name="Key">Key of the row; empty for the measurements.</param>
/// <param name="Prices">Its prices that differ, USD in the field's unit; empty where other facts do.</param>
/// <param name="Old">Where the earlier values came from; null for the measurements.</param>
/// <param name="New">Where the later values came from, likewise.</param>
public sealed record CatalogRowChange(string Kind, string Key, IReadOnlyList<PriceMove> Prices, Provenance? Old, Provenance? New);

/// <summary>Compares the catalog rows that two versions used. Pure.</summary>
public static class CatalogComparison
{
    /// <summary>Rows that both used and that say something else. Rows that only one used are told by its inputs.</summary>
    /// <param name="before">The earlier rows.</param>
    /// <param name="after">The later rows.</param>
    public static IReadOnlyList<CatalogRowChange> Of(CatalogSnapshot before, CatalogSnapshot after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var deployments = before.Corrections.Select(correction => correction.Deployment).Intersect(after.Corrections.Select(correction => correction.Deployment)).ToList();
        return
        [
            .. CatalogMoves.Of(before.Prices, after.Prices).Where(row => before.Prices.ContainsKey(row.Key))
                .Select(row => new CatalogRowChange(DecisionCauseKinds.PriceSheet, row.Key, CatalogMoves.Between(before.Prices[row.Key].Prices, row.Prices), before.Prices[row.Key].Provenance, row.Provenance)),
            .. CatalogMoves.Of(before.Instances, after.Instances).Where(row => before.Instances.ContainsKey(row.Key))
                .Select(row => new CatalogRowChange(DecisionCauseKinds.Instance, row.Key, CatalogMoves.Between(before.Instances[row.Key].Prices, row.Prices), before.Instances[row.Key].Provenance, row.Provenance)),
            .. CatalogMoves.Of(before.Models, after.Models).Where(row => before.Models.ContainsKey(row.Key))
                .Select(row => new CatalogRowChange(DecisionCauseKinds.Model, row.Key, [], before.Models[row.Key].Provenance, row.Provenance)),
            .. CatalogMoves.Of(before.Gpus, after.Gpus).Where(row => before.Gpus.ContainsKey(row.Key))
                .Select(row => new CatalogRowChange(DecisionCauseKinds.Gpu, row.Key, [], before.Gpus[row.Key].Provenance, row.Provenance)),
            .. CatalogMoves.Of(before.Engines, after.Engines).Where(row => before.Engines.ContainsKey(row.Key))
                .Select(row => new CatalogRowChange(DecisionCauseKinds.Engine, row.Key, [], before.Engines[row.Key].Provenance, row.Provenance)),
            .. deployments.Exists(deployment => !CatalogMoves.IsSame(CorrectionOf(before, deployment), CorrectionOf(after, deployment)))
                ? (CatalogRowChange[])[new CatalogRowChange(DecisionCauseKinds.Measurement, "", [], null, null)]
                : [],
        ];
    }

    private static Capacity.Correction CorrectionOf(CatalogSnapshot catalog, Capacity.Deployment deployment) => catalog.Corrections.First(correction => correction.Deployment == deployment);
}
