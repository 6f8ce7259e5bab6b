using Planner.Data.Stores;
using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;

namespace Planner.Data.Benchmarks;

/// <summary>A deployment with everything measured on it, beside what is modelled.</summary>
/// <param name="Deployment">What was measured.</param>
/// <param name="Measurements">The files that brought runs of it, the last imported first.</param>
/// <param name="Modelled">What is modelled for each point, in the order of <paramref name="Measurements"/> and of their points; empty where nothing can be.</param>
/// <param name="Missing">Why nothing can be modelled, in a sentence; null where it is.</param>
/// <param name="Fit">What a calibration on these points would give; null where nothing compares.</param>
/// <param name="Correction">The stored calibration; null where there is none.</param>
public sealed record ReviewedDeployment(
    Deployment Deployment, IReadOnlyList<StoredMeasurement> Measurements, IReadOnlyList<ModelledPoint> Modelled, string? Missing, CorrectionFit? Fit,
    Correction? Correction)
{
    /// <summary>All points, in the order of <see cref="Modelled"/>.</summary>
    public IEnumerable<StoredPoint> Points => Measurements.SelectMany(measurement => measurement.Points);

    /// <summary>True where every word is part of a name of the deployment or of a file.</summary>
    public bool Matches(IReadOnlyList<string> words) => words.All(word =>
        $"{Deployment.Model} {Deployment.Precision} {Deployment.Engine} {Deployment.Gpu}".Contains(word, StringComparison.OrdinalIgnoreCase)
        || Measurements.Any(measurement => measurement.Source.FileName.Contains(word, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>Sets measured beside modelled, and calibrates. Safe to share.</summary>
public sealed class MeasurementReview(MeasurementStore store, CatalogStore catalog)
{
    /// <summary>All deployments with measurements, the one measured last first.</summary>
    public async Task<IReadOnlyList<ReviewedDeployment>> AllAsync(CancellationToken cancellationToken = default)
    {
        var measurements = await store.AllAsync(cancellationToken);
        var corrections = (await store.CorrectionsAsync(cancellationToken)).ToDictionary(correction => correction.Deployment);
        var groups = measurements.GroupBy(measurement => measurement.Deployment).ToList();
        // Retired rows are named too: what was measured on them still stands.
        var named = new Scenario { Options = [.. groups.Select(group => DeploymentModel.OptionOf(group.Key))] };
        var rows = await catalog.SnapshotAsync(named, cancellationToken);
        return [.. groups.Select(group => Review(group.Key, [.. group]))];

        ReviewedDeployment Review(Deployment deployment, List<StoredMeasurement> measured)
        {
            var (model, missing) = DeploymentModel.Of(deployment, rows);
            var points = measured.SelectMany(measurement => measurement.Points).Select(point => point.Point).ToList();
            List<ModelledPoint> modelled = model is null ? [] : [.. points.Select(model.At)];
            var fit = CorrectionFit.Of([.. points.Zip(modelled, (point, said) => new ComparedPoint(point, said))]);
            return new ReviewedDeployment(deployment, measured, modelled, missing, fit, corrections.GetValueOrDefault(deployment));
        }
    }

    /// <summary>Fits a deployment's correction on all that was measured on it, and stores it.</summary>
    /// <returns>The deployment as it stands then; null where nothing was measured on it. Without a <see cref="ReviewedDeployment.Fit"/> nothing was stored.</returns>
    public async Task<ReviewedDeployment?> CalibrateAsync(Deployment deployment, CancellationToken cancellationToken = default)
    {
        var reviewed = (await AllAsync(cancellationToken)).FirstOrDefault(candidate => candidate.Deployment == deployment);
        return reviewed is { Fit: { } fit } ? reviewed with { Correction = await store.SaveCorrectionAsync(deployment, fit, cancellationToken) } : reviewed;
    }
}
