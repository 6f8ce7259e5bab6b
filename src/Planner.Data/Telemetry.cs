using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Planner.Data;

/// <summary>
/// What Planner measures of itself, as metrics and traces of the source <c>Planner</c>. Names and tags hold ids and outcomes only, never what somebody wrote. Nobody listening, it costs next to nothing.
/// </summary>
public static class Telemetry
{
    public const string Name = "Planner";

    /// <summary>Where traces begin.</summary>
    public static ActivitySource Source { get; } = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Evaluations of a scenario, s.</summary>
    public static Histogram<double> Evaluations { get; } = Seconds("planner.evaluation.duration", "Evaluations of a scenario");

    /// <summary>Searches for plans, s.</summary>
    public static Histogram<double> Searches { get; } = Seconds("planner.search.duration", "Searches for plans");

    /// <summary>Runs of price feeds, s, by <c>feed</c> and <c>outcome</c>.</summary>
    public static Histogram<double> FeedRuns { get; } = Seconds("planner.feed.run.duration", "Runs of price feeds");

    /// <summary>Rows that runs of price feeds read, by <c>feed</c>.</summary>
    public static Counter<long> FeedRows { get; } = Meter.CreateCounter<long>("planner.feed.rows", "{row}", "Rows that runs of price feeds read");

    /// <summary>Files of usage taken in, s, by <c>outcome</c>.</summary>
    public static Histogram<double> Imports { get; } = Seconds("planner.usage.import.duration", "Files of usage taken in");

    /// <summary>Prints, s, by <c>outcome</c>.</summary>
    public static Histogram<double> Prints { get; } = Seconds("planner.pdf.duration", "Reports printed");

    /// <summary>Prints that wait for their turn.</summary>
    public static UpDownCounter<long> PrintsWaiting { get; } = Meter.CreateUpDownCounter<long>("planner.pdf.waiting", "{print}", "Reports that wait to be printed");

    /// <summary>Pages that are open in browsers.</summary>
    public static UpDownCounter<long> Circuits { get; } = Meter.CreateUpDownCounter<long>("planner.circuits", "{circuit}", "Pages that are open in browsers");

    /// <summary>How long writers waited for their turn, s.</summary>
    public static Histogram<double> WriteWaits { get; } = Seconds("planner.database.write.wait", "Waits of writers for their turn");

    /// <summary>Begins to measure something that has a trace of its own.</summary>
    public static Measured Begin(string activity, Histogram<double> duration, params KeyValuePair<string, object?>[] tags) => new(Source.StartActivity(activity), duration, tags);

    /// <summary>Measures something short, without a trace.</summary>
    public static T Time<T>(Histogram<double> duration, Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(duration);
        ArgumentNullException.ThrowIfNull(work);
        var clock = Stopwatch.GetTimestamp();
        var done = work();
        duration.Record(Stopwatch.GetElapsedTime(clock).TotalSeconds);
        return done;
    }

    private static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram<double>(name, "s", description);

    /// <summary>Something under way. What ends without an <see cref="Outcome"/> has failed.</summary>
    public sealed class Measured : IDisposable
    {
        private readonly Activity? _activity;
        private readonly Histogram<double> _duration;
        private readonly KeyValuePair<string, object?>[] _tags;
        private readonly long _clock = Stopwatch.GetTimestamp();

        internal Measured(Activity? activity, Histogram<double> duration, KeyValuePair<string, object?>[] tags)
        {
            (_activity, _duration, _tags) = (activity, duration, tags);
            foreach (var (key, value) in tags)
                activity?.SetTag(key, value);
        }

        /// <summary>How it ended.</summary>
        public string Outcome { get; set; } = "failed";

        /// <summary>Notes something on the trace alone, such as an id.</summary>
        public void Note(string key, object? value) => _activity?.SetTag(key, value);

        /// <inheritdoc/>
        public void Dispose()
        {
            _duration.Record(Stopwatch.GetElapsedTime(_clock).TotalSeconds, [.. _tags, new("outcome", Outcome)]);
            _activity?.SetTag("outcome", Outcome);
            if (Outcome == "failed")
                _activity?.SetStatus(ActivityStatusCode.Error);
            _activity?.Dispose();
        }
    }
}
