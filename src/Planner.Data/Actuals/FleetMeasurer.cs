using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Planner.Data.Benchmarks;
using Planner.Data.Stores;
using Planner.Domain.Actuals;
using Planner.Domain.Capacity;
using Planner.Domain.Scenarios;

namespace Planner.Data.Actuals;

/// <summary>Takes what fleets did in hours in which they were saturated as measured throughput of their options' deployments. Safe to share.</summary>
public sealed class FleetMeasurer(FleetStore fleets, ScenarioStore scenarios, MeasurementStore measurements)
{
    /// <summary>Looks at the hours that ended since the last look.</summary>
    /// <param name="cancellationToken">Ends it early; what is left is looked at the next time.</param>
    public async Task MeasureAsync(CancellationToken cancellationToken = default)
    {
        foreach (var ended in await fleets.EndedAsync(cancellationToken))
        {
            if (await DeploymentAsync(ended.Target, cancellationToken) is { } deployment)
                await MeasureAsync(ended, deployment, cancellationToken);
            await fleets.NoteMeasuredAsync(ended, cancellationToken);
        }
    }

    private async Task MeasureAsync(EndedHours ended, Deployment deployment, CancellationToken cancellationToken)
    {
        var hours = await fleets.HoursAsync(ended.Target.Id, ended.FromUtc, ended.ToUtc, cancellationToken);
        var points = hours.Select(hour => (hour.StartUtc, Point: SaturatedHour.Point(hour))).Where(hour => hour.Point is not null)
            .Select(hour => new StoredPoint(
                (int)FleetStore.HourFrom(hour.StartUtc), hour.Point!, DateOnly.FromDateTime(hour.StartUtc), hour.StartUtc.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)))
            .ToList();
        if (points.Count == 0)
            return;
        var oldest = FleetStore.HourFrom(ended.ToUtc.AddDays(-SaturatedHour.KeptDays));
        await measurements.MergeAsync(
            new MeasurementSource(BenchmarkTools.Metrics, ended.Target.Name, Digest(ended.Target, deployment), null), deployment, points,
            all => SaturatedHour.Chosen([.. all.Where(point => point.Row >= oldest)], point => point.Point), cancellationToken);
    }

    /// <summary>What the option deploys as it stands now; null where it names no model or no GPU.</summary>
    private async Task<Deployment?> DeploymentAsync(FleetTarget target, CancellationToken cancellationToken)
    {
        if (await ScenarioAsync(target.ScenarioId, cancellationToken) is not { } stored
            || stored.Scenario.Options.OfType<SelfHostOption>().FirstOrDefault(option => option.Id == target.OptionId) is not { Model: { } model } option)
        {
            return null;
        }

        var instance = option.InstanceKey is { } key ? stored.Snapshot.Instances.GetValueOrDefault(key) : null;
        if ((instance?.Gpu ?? option.Gpu) is not { } gpu)
            return null;
        // The metrics know better than the plan what runs, but not which release.
        var engine = target.State.Engine is { } running && !option.Engine.StartsWith(running, StringComparison.Ordinal) ? running : option.Engine;
        return new Deployment(model, option.Precision, option.KvPrecision, engine, gpu, option.TensorParallel, option.PipelineParallel, option.DataParallel);
    }

    /// <summary>Null also where what is stored cannot be read: that of one fleet must not stop the others.</summary>
    private async Task<StoredScenario?> ScenarioAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await scenarios.GetAsync(id, cancellationToken: cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string Digest(FleetTarget target, Deployment deployment) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"metrics|{target.Id}|{MeasurementStore.KeyOf(deployment)}"))));
}
