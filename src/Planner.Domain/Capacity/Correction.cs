namespace Planner.Domain.Capacity;

/// <summary>By what modelled figures are multiplied; null where nothing was measured, and then the modelled figure stands.</summary>
/// <param name="Output">Factor of the output rate, 0.1 to 10; above 1 where the machine is faster than modelled.</param>
/// <param name="Ttft">Factor of the time to the first token, 0.1 to 10; above 1 where it is slower.</param>
/// <param name="Itl">Factor of the time between tokens, 0.1 to 10; above 1 where it is slower.</param>
public sealed record CorrectionFactors(double? Output, double? Ttft, double? Itl)
{
    /// <summary>Part of each factor: its logarithm times <paramref name="share"/>.</summary>
    /// <param name="share">0 (none of it) to 1 (all of it).</param>
    public CorrectionFactors Part(double share)
    {
        return new(Of(Output), Of(Ttft), Of(Itl));

        double? Of(double? factor) => factor is { } value ? Math.Pow(value, share) : null;
    }
}

/// <summary>What was learned from measuring a deployment: how far the capacity model is off there.</summary>
/// <param name="Deployment">What was measured.</param>
/// <param name="Factors">By what modelled figures are to be multiplied.</param>
/// <param name="Points">Measured points that it was fitted on, at least 1.</param>
/// <param name="FittedUtc">When it was fitted.</param>
public sealed record Correction(Deployment Deployment, CorrectionFactors Factors, int Points, DateTime FittedUtc)
{
    /// <summary>Share of a correction's logarithm that carries over to other layouts of the same model.</summary>
    /// <remarks>
    /// The errors of one model on different machines have most, not all, in common. With one measured point, 0.7 took the error of an older fit over models left out of
    /// it from 9.7 % to 7.4 %, and that of mixtures of experts from 18 % to 10 % (4,616 published benchmark rows, see the method page).
    /// </remarks>
    public const double OtherLayoutShare = 0.7;

    /// <summary>
    /// The correction that holds for a deployment: its own in full; else <see cref="OtherLayoutShare"/> of the one whose deployment of the same model is most
    /// like it; null where the model was never measured.
    /// </summary>
    /// <param name="deployment">What is to be estimated.</param>
    /// <param name="corrections">What was measured, in any order.</param>
    public static AppliedCorrection? For(Deployment deployment, IReadOnlyList<Correction> corrections)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(corrections);
        Correction? nearest = null;
        foreach (var candidate in corrections)
        {
            if (candidate.Deployment with { Precision = deployment.Precision } == deployment && SamePrecision(candidate))
                return new AppliedCorrection(candidate.Factors, candidate, 1);
            if (candidate.Deployment.Model == deployment.Model && (nearest is null || Rank(candidate).CompareTo(Rank(nearest)) > 0))
                nearest = candidate;
        }

        return nearest is null ? null : new AppliedCorrection(nearest.Factors.Part(OtherLayoutShare), nearest, OtherLayoutShare);

        // AWQ and GPTQ are words for INT4; what a word means is what counts.
        bool SamePrecision(Correction correction) =>
            correction.Deployment.Precision == deployment.Precision
            || (WeightPrecisions.Parse(correction.Deployment.Precision) is { } one && one == WeightPrecisions.Parse(deployment.Precision));

        // The GPU's and the engine's kernels make most of an error, then the precision; the time makes the choice the same whatever the order.
        (int Likeness, int Points, DateTime Fitted) Rank(Correction correction)
        {
            var other = correction.Deployment;
            var likeness = (other.Gpu == deployment.Gpu ? 8 : 0) + (other.Engine == deployment.Engine ? 4 : 0) + (SamePrecision(correction) ? 3 : 0)
                + (other.GpuCount == deployment.GpuCount ? 1 : 0) + (other.KvPrecision == deployment.KvPrecision ? 1 : 0);
            return (likeness, correction.Points, correction.FittedUtc);
        }
    }
}

/// <summary>A correction as it is applied to a deployment.</summary>
/// <param name="Factors">By what to multiply modelled figures.</param>
/// <param name="Source">The measurement that it comes from.</param>
/// <param name="Share">Share of the source's logarithm in <paramref name="Factors"/>: 1 for the deployment itself, <see cref="Correction.OtherLayoutShare"/> for another layout of its model.</param>
public sealed record AppliedCorrection(CorrectionFactors Factors, Correction Source, double Share);
