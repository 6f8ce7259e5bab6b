using Planner.Domain.Loads;
using Planner.Domain.Numerics;
using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>Which volume fits under an API's limits by the minute. The busiest minute is the week's busiest hour, spread evenly over its minutes.</summary>
/// <remarks>Requests in a batch and those of a smaller model have limits of their own, which are not asked for; cached tokens count like others.</remarks>
internal sealed class ApiCapacity
{
    private readonly string _unit;
    private readonly decimal _limit;
    private readonly ExactQuotient _load;
    private readonly double _beside;

    private ApiCapacity(double beside, string unit, decimal limit, ExactQuotient load) =>
        (_beside, _unit, _limit, _load) = (beside, unit, limit, load);

    /// <summary>Requests a month, as typed, that fit; infinite where none of them counts.</summary>
    public double CarriesRequests => _beside + _load.Inverse(1);

    /// <summary>The tightest of an option's limits; null where none is known.</summary>
    /// <param name="option">The option.</param>
    /// <param name="levers">What is to be served.</param>
    /// <param name="hoursPerMonth">Hours of the month.</param>
    /// <param name="beside">Requests a month, as typed, that something else serves in the busiest hour too.</param>
    public static ApiCapacity? Of(ApiOption option, LeverEffect levers, decimal hoursPerMonth, double beside)
    {
        if (option.Limits is not { } limits)
            return null;
        var workload = levers.Workload;
        var prompt = workload.InputTokens * option.TokenFactor;
        var output = (workload.OutputTokens + workload.ReasoningTokens) * option.TokenFactor;
        ApiCapacity? tightest = null;
        Take(Texts.UnitRequestsPerMinute, limits.RequestsPerMinute, 1);
        Take(Texts.UnitTokensPerMinute, limits.TokensPerMinute, prompt + output);
        Take(Texts.UnitInputPerMinute, limits.InputTokensPerMinute, prompt);
        Take(Texts.UnitOutputPerMinute, limits.OutputTokensPerMinute, output);
        return tightest;

        void Take(string unit, decimal? limit, decimal perRequest)
        {
            if (limit is not { } most)
                return;
            var week = LoadWeek.Of(workload.Shape);
            var kept = levers.RequestShare * (1 - workload.BatchShare) * (1 - (levers.Smaller?.Share ?? 0));
            var load = new ExactQuotient(
                [perRequest, 1 + workload.RetryShare, kept, week.Levels[0].Weight, LoadWeek.Hours, week.BurstAbove],
                [week.Sum, week.BurstBelow, most, hoursPerMonth, 60m]);
            var found = new ApiCapacity(beside, unit, most, load);
            if (tightest is null || found.CarriesRequests < tightest.CarriesRequests)
                tightest = found;
        }
    }

    /// <summary>Does a volume fit? At exactly the limit it does.</summary>
    /// <param name="requests">Requests a month, as typed.</param>
    public bool Carries(decimal requests) => _beside > 0 ? (double)requests <= CarriesRequests : _load.CeilingTimes(requests) <= 1;

    /// <summary>Why a volume does not fit, in a sentence.</summary>
    public string Shortfall(decimal requests) => Texts.ReasonRateLimit.With(Wording.Count((double)_limit), _unit, Wording.Count(((double)requests - _beside) * _load.Value * (double)_limit), Wording.Count(CarriesRequests));
}
