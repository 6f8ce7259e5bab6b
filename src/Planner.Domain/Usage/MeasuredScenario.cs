using System.Globalization;
using Planner.Domain.Loads;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Usage;

/// <summary>An input of a scenario that a measured workload sets.</summary>
/// <param name="Path">Path of the input in the document, such as <c>workload.inputTokens</c>.</param>
/// <param name="Before">Its value before; null for a list, or none.</param>
/// <param name="After">Its value now; null for a list.</param>
/// <param name="Note">How it was measured, a sentence for the user.</param>
public sealed record MeasuredInput(string Path, decimal? Before, decimal? After, string Note)
{
    /// <summary>True where the scenario said something else.</summary>
    public bool Changes => Before != After || (Before is null && After is null);
}

/// <summary>A scenario with measured inputs.</summary>
/// <param name="Scenario">The scenario, each measured input with its evidence.</param>
/// <param name="Inputs">The measured inputs, those included that did not change.</param>
/// <param name="Unknown">What the source does not tell, so that the scenario keeps what it had; sentences for the user.</param>
public sealed record MeasuredScenario(Scenario Scenario, IReadOnlyList<MeasuredInput> Inputs, IReadOnlyList<string> Unknown)
{
    /// <summary>Days at the end of the measured time whose volume is planned with: four weeks weigh every weekday alike, and older ones were before the growth.</summary>
    public const int VolumeDays = 28;

    /// <summary>Shortest measured time of which a month is told, days: an hour may be any of a day's.</summary>
    public const double LeastDays = 1;

    // A trend that explains less than half of the ups and downs is no plan.
    private const double LeastFit = 0.5;

    /// <summary>Sets what a measured workload tells; everything else stays.</summary>
    /// <param name="scenario">The scenario to set it in.</param>
    /// <param name="profile">The measured workload.</param>
    /// <param name="name">What the measured workload is called, for the evidence.</param>
    /// <param name="zone">Time zone in which the hours of the week are counted.</param>
    /// <param name="volumeDays">Days at the end of the measured time whose volume counts.</param>
    public static MeasuredScenario Of(Scenario scenario, UsageProfile profile, string name, TimeZoneInfo zone, int volumeDays = VolumeDays)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(zone);
        var measured = Set();
        // The evidence is stored with the scenario; what is told of it is the reader's.
        return Language.IsStored ? measured : measured with { Scenario = Language.Stored(() => Set().Scenario) };

        MeasuredScenario Set()
        {
            var draft = new Draft(scenario, profile, name, volumeDays);
            draft.SetVolume();
            draft.SetLengths();
            draft.SetShares();
            draft.SetGrowth();
            draft.SetWeek(zone);
            draft.SetBill();
            return draft.Result();
        }
    }

    private sealed class Draft(Scenario before, UsageProfile profile, string name, int volumeDays)
    {
        private readonly List<MeasuredInput> _inputs = [];
        private readonly List<string> _unknown = [];
        private readonly UsageTotals _all = profile.Totals;
        private readonly double _days = Math.Min(profile.DaysMeasured, volumeDays);
        private Workload _workload = before.Workload;
        private decimal? _bill = before.BaselineMonthlyUsd;

        private UsageTotals Recent { get; } = profile.DaysMeasured <= volumeDays
            ? profile.Totals : UsageTotals.Sum(profile.Hours.Where(hour => hour.StartUtc >= profile.ToUtc.AddDays(-volumeDays)).Select(hour => hour.Totals));

        internal void SetVolume()
        {
            if (_days < LeastDays)
                _unknown.Add(Texts.MeasuredTooShort.With(_days * 24));
            else if (Recent.Requests is { } requests)
                Volume(PerMonth(requests), Texts.MeasuredRequests.With(requests, _days));
            else if (Recent.OutputTokens is { } output && _workload.OutputTokens > 0)
                Volume(PerMonth(output) / _workload.OutputTokens, Texts.MeasuredByTokens.With(output, _days, _workload.OutputTokens));
            else
                _unknown.Add(Texts.MeasuredNoRequests);
        }

        internal void SetLengths()
        {
            // Without a count of requests, the volume was set so that answers keep their length.
            var count = _all.Requests is { } counted ? counted : _workload.OutputTokens > 0 && _all.OutputTokens is { } generated ? generated / _workload.OutputTokens : 0;
            if (count <= 0)
                return;
            if (OfAnswered(profile.InputLengths, _all.InputTokens) is { } input)
                Set("workload.inputTokens", _workload.InputTokens, Rounded(input / count), Texts.MeasuredMean.With(input, count), value => _workload with { InputTokens = value });
            if (_all.Requests is not null && OfAnswered(profile.OutputLengths, _all.OutputTokens) is { } output)
            {
                // The source counts hidden reasoning among the answers.
                Set("workload.outputTokens", _workload.OutputTokens, Rounded(output / count), Texts.MeasuredMean.With(output, count), value => _workload with { OutputTokens = value });
                if (_workload.ReasoningTokens > 0)
                    Set("workload.reasoningTokens", _workload.ReasoningTokens, 0, Texts.MeasuredReasoning, value => _workload with { ReasoningTokens = value });
            }

            if (profile.InputLengths is { } prompts)
                Set("workload.inputCv", _workload.InputCv, Spread(prompts), Texts.MeasuredSpread.With(prompts.P50, prompts.P95, prompts.P99), value => _workload with { InputCv = value });
            if (profile.OutputLengths is { } answers)
                Set("workload.outputCv", _workload.OutputCv, Spread(answers), Texts.MeasuredSpread.With(answers.P50, answers.P95, answers.P99), value => _workload with { OutputCv = value });
        }

        internal void SetShares()
        {
            Share("workload.cacheReadShare", _workload.CacheReadShare, _all.CacheReadTokens, _all.InputTokens, Texts.MeasuredCacheRead, value => _workload with { CacheReadShare = value });
            Share("workload.cacheWriteShare", _workload.CacheWriteShare, _all.CacheWriteTokens, _all.InputTokens, Texts.MeasuredCacheWrite, value => _workload with { CacheWriteShare = value });
            Share("workload.batchShare", _workload.BatchShare, _all.BatchRequests, _all.Requests, Texts.MeasuredBatch, value => _workload with { BatchShare = value });
            SetRetries();
        }

        /// <summary>What failed requests used stands in the retries or in the lengths, never in both.</summary>
        private void SetRetries()
        {
            if (_all is not { Failed: { } failed, Requests: > 0 and var answered, Tokens: { } tokens })
                return;
            var inLengths = !IsWhole(profile.InputLengths) || !IsWhole(profile.OutputLengths);
            var useful = OfAnswered(profile.InputLengths, _all.InputTokens) + OfAnswered(profile.OutputLengths, _all.OutputTokens) ?? 0;
            var share = inLengths || useful == 0 ? 0 : Math.Clamp(decimal.Round((tokens - useful) / useful, 4), 0, 1);
            Set("workload.retryShare", _workload.RetryShare, share, (inLengths ? Texts.MeasuredFailedWithin : Texts.MeasuredRetries).With(failed, answered, share * 100), value => _workload with { RetryShare = value });
        }

        /// <summary>Tokens of the answered requests, where every row is a request; otherwise those of the failed ones are among them.</summary>
        private decimal? OfAnswered(LengthDistribution? lengths, long? all) => IsWhole(lengths) && all is not null ? decimal.Round((decimal)lengths!.Mean * lengths.Count) : all;

        private bool IsWhole(LengthDistribution? lengths) => lengths is not null && lengths.Count == _all.Requests;

        internal void SetGrowth()
        {
            if (UsageTrend.Of(profile) is not { } trend)
                _unknown.Add(Texts.MeasuredNoTrend.With(UsageTrend.FewestWeeks));
            else if (trend.FitShare < LeastFit)
                _unknown.Add(Texts.MeasuredWeakTrend.With(trend.Weeks, (decimal)(trend.FitShare * 100)));
            else
                Set("workload.growthPerMonth", _workload.GrowthPerMonth, Math.Clamp(decimal.Round((decimal)trend.PerMonth, 4), -0.9m, 2), Texts.MeasuredTrend.With(trend.Weeks), value => _workload with { GrowthPerMonth = value });
        }

        internal void SetWeek(TimeZoneInfo zone)
        {
            if (UsageWeek.Of(profile, zone) is not { } week)
                _unknown.Add(Texts.MeasuredNoWeek);
            else if (!week.IsWhole)
                _unknown.Add(Texts.MeasuredPartWeek);
            else
            {
                // Weights of four digits keep the document short; their sum does not matter.
                var highest = week.Means.Max();
                _workload = _workload with { Shape = new LoadShape { Kind = ShapeKinds.Weights, TimeZone = zone.Id, Burstiness = _workload.Shape.Burstiness, Weights = [.. week.Means.Select(mean => decimal.Round(mean / highest * 1000, 1))] } };
                _inputs.Add(new MeasuredInput("workload.shape", null, null, Texts.MeasuredWeek.With(LoadWeek.Hours, zone.Id, (decimal)week.PeakToMean)));
            }
        }

        internal void SetBill()
        {
            if (Recent.CostUsd is not { } cost || _days < LeastDays)
                return;
            var monthly = decimal.Round(PerMonth(cost), 2);
            _inputs.Add(new MeasuredInput("baselineMonthlyUsd", _bill, monthly, Texts.MeasuredBill.With(cost, _days)));
            _bill = monthly;
        }

        internal MeasuredScenario Result()
        {
            var source = Texts.MeasuredSource.With(name, Day(profile.FromUtc), Day(profile.ToUtc));
            var measured = _inputs.Select(input => new Evidence { Path = input.Path, Note = $"{source} {input.Note}", Measured = input.After });
            var kept = before.Evidence.Where(entry => _inputs.TrueForAll(input => input.Path != entry.Path));
            return new MeasuredScenario(before with { Workload = _workload, BaselineMonthlyUsd = _bill, Evidence = [.. kept, .. measured] }, _inputs, _unknown);
        }

        private void Volume(decimal requests, string note)
        {
            var rounded = decimal.Round(requests);
            _inputs.Add(new MeasuredInput("workload.requestsPerMonth", before.Workload.RequestsPerMonth, rounded, note));
            _workload = _workload.At(rounded);
        }

        private void Share(string path, decimal known, long? part, long? whole, string text, Func<decimal, Workload> with)
        {
            if (part is { } some && whole is > 0 and var all)
                Set(path, known, decimal.Round((decimal)some / all, 4), text.With(some, all), with);
        }

        private void Set(string path, decimal known, decimal value, string note, Func<decimal, Workload> with)
        {
            _inputs.Add(new MeasuredInput(path, known, value, note));
            _workload = with(value);
        }

        private decimal PerMonth(decimal used) => used / (decimal)(_days * 24) * before.HoursPerMonth;

        private static decimal Rounded(decimal tokens) => tokens < 100 ? decimal.Round(tokens, 1) : decimal.Round(tokens);

        private static decimal Spread(LengthDistribution lengths) => decimal.Round((decimal)Math.Min(lengths.Cv, 10), 2);

        private static string Day(DateTime time) => time.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    }
}
