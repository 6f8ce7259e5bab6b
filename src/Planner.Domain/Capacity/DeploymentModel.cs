using Planner.Domain.Catalogs;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Capacity;

/// <summary>What the capacity model says of loads that were measured on a deployment, without any correction.</summary>
public sealed class DeploymentModel
{
    /// <summary>Share of the generated tokens asked for below which a run at a rate did not keep up.</summary>
    private const double KeptUp = 0.95;

    private readonly ReplicaSpec _spec;
    private readonly ReplicaModel _replica;
    private readonly bool _isLlamaCpp;
    private readonly double _speed;

    private DeploymentModel(CapacityEstimator.Parts parts)
    {
        _spec = parts.Spec();
        _replica = new ReplicaModel(_spec, Calibration.Shipped.Parameters);
        _isLlamaCpp = parts.Engine.Timing == EngineTimings.LlamaCpp;
        _speed = (double)parts.Engine.SpeedFactor;
    }

    /// <summary>The deployment as an option of a scenario, with the engine's defaults: it names the catalog rows that are needed.</summary>
    public static SelfHostOption OptionOf(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return new SelfHostOption
        {
            Model = deployment.Model,
            Precision = deployment.Precision,
            KvPrecision = deployment.KvPrecision,
            Engine = deployment.Engine,
            Gpu = deployment.Gpu,
            TensorParallel = deployment.TensorParallel,
            PipelineParallel = deployment.PipelineParallel,
            DataParallel = deployment.DataParallel,
        };
    }

    /// <summary>The model of a deployment, or a sentence on what it would need.</summary>
    /// <param name="deployment">What was measured.</param>
    /// <param name="catalog">The catalog rows that the deployment names.</param>
    public static (DeploymentModel? Model, string? Missing) Of(Deployment deployment, CatalogSnapshot catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var (parts, missing) = CapacityEstimator.PartsOf(OptionOf(deployment), catalog);
        if (parts is null)
            return (null, missing);
        return CapacityEstimator.IsEncoder(parts) ? (null, Texts.MeasuredEncoder) : (new DeploymentModel(parts), null);
    }

    /// <summary>What is modelled for a measured load; a figure that would compare nothing is null.</summary>
    /// <remarks>
    /// In a closed loop all figures compare. Where all requests came at once, each waited for those before it, so the time to the first token does not. At a
    /// rate the arrivals set the output rate unless the replica is overrun, and latencies compare up to <see cref="Arrivals.HighestUtilization"/>.
    /// </remarks>
    public ModelledPoint At(BenchmarkPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var load = new ReplicaLoad(point.InputTokens, Math.Max(1, point.OutputTokens), point.Concurrency ?? double.PositiveInfinity);
        var closed = _isLlamaCpp ? LlamaCppModel.At(_spec, _replica, load) : _replica.At(load);
        if (closed.Batch == 0)
            return new ModelledPoint(null, null, null);
        if (point.RequestsPerSecond is { } rate)
            return AtRate(point, load, closed, rate);
        return new ModelledPoint(closed.OutputTokensPerSecond * _speed, point.Concurrency is null ? null : closed.TtftSeconds / _speed, closed.ItlSeconds / _speed);
    }

    private ModelledPoint AtRate(BenchmarkPoint point, ReplicaLoad load, in ReplicaPerformance saturated, double rate)
    {
        var most = saturated.RequestsPerSecond * _speed;
        var asked = rate * load.OutputTokens;
        double? output = rate >= most || point.OutputTokensPerSecond < KeptUp * asked ? Math.Min(rate, most) * load.OutputTokens : null;
        if (_isLlamaCpp || rate > Arrivals.HighestUtilization * most)
            return new ModelledPoint(output, null, null);
        // A faster engine is the same engine in slower time. The mean of a benchmark's TTFT is read at the median: the tail is short at these loads.
        var latency = new Arrivals(ArrivalsCv2: 1, OutputCv2: 0, Quantile: 0.5).At(_replica, load, saturated, rate / _speed);
        return new ModelledPoint(output, latency.TtftSeconds / _speed, latency.TpotSeconds / _speed);
    }
}
