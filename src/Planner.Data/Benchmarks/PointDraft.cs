using System.Globalization;
using Planner.Domain.Capacity;

namespace Planner.Data.Benchmarks;

/// <summary>Collects a run's figures and finds the first that cannot be. A run counts whole or not at all.</summary>
internal sealed class PointDraft(int row)
{
    private const double MostTokens = 1e7;
    private const double MostRate = 1e8;
    private const double LongestSeconds = 86_400;

    /// <summary>Means are taken over different things, so that figures of one run agree roughly only.</summary>
    private const double Slack = 1.5;

    /// <summary>The first fault; null while there is none.</summary>
    internal RowFault? Fault { get; private set; }

    /// <summary>Notes a fault unless there is one already.</summary>
    internal void Refuse(string field, string reason) => Fault ??= new RowFault(row, field, reason);

    /// <summary>A figure that must be there and above 0.</summary>
    internal double Needed(string field, double? value, double most)
    {
        if (value is null)
            Refuse(field, BenchmarkTexts.FieldMissing);
        return Above(field, value, most) ?? double.NaN;
    }

    /// <summary>A figure above 0, or none.</summary>
    internal double? Above(string field, double? value, double most)
    {
        switch (value)
        {
            case null:
                return null;
            case double.NaN:
                Refuse(field, BenchmarkTexts.FieldNaN);
                break;
            case <= 0:
                Refuse(field, BenchmarkTexts.FieldNotAbove.With(Written(value.Value)));
                break;
            case var given when given > most:
                Refuse(field, BenchmarkTexts.FieldTooLarge.With(Written(given.Value), Written(most)));
                break;
        }

        return value;
    }

    /// <summary>Tokens of a request, above 0.</summary>
    internal double Tokens(string field, double? value) => Needed(field, value, MostTokens);

    /// <summary>Tokens or requests a second, above 0.</summary>
    internal double Rate(string field, double? value) => Needed(field, value, MostRate);

    /// <inheritdoc cref="Rate"/>
    internal double? RateOrNone(string field, double? value) => Above(field, value, MostRate);

    /// <summary>Requests at once, at least 1.</summary>
    internal double? Concurrency(string field, double? value)
    {
        if (value is > 0 and < 1)
            Refuse(field, BenchmarkTexts.FieldBelowOne.With(Written(value.Value)));
        return Above(field, value, MostTokens);
    }

    /// <summary>Seconds of a time above 0, or none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">Its value.</param>
    /// <param name="perSecond">What the field's unit makes of a second: 1,000 for milliseconds.</param>
    internal double? Seconds(string field, double? value, double perSecond) => Above(field, value, LongestSeconds * perSecond) / perSecond;

    /// <summary>The run, where no fault was found.</summary>
    internal BenchmarkRun? ToRun(DeploymentWords words, BenchmarkPoint point, DateOnly? takenOn, string? note)
    {
        // So many requests in flight, each a token every so often, give no more than this.
        if (Fault is null && point is { Concurrency: { } flight, ItlSeconds: { } itl } && point.OutputTokensPerSecond > Slack * flight / itl)
            Refuse("output_tok_s", BenchmarkTexts.FieldImpossible.With(Written(point.OutputTokensPerSecond), Written(flight), Written(itl * 1000)));
        return Fault is null ? new BenchmarkRun(row, words, point, takenOn, note) : null;
    }

    private static string Written(double value) => value.ToString("0.######", CultureInfo.CurrentCulture);
}
