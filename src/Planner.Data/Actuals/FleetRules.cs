using Planner.Domain;
using Planner.Domain.Scenarios;

namespace Planner.Data.Actuals;

/// <summary>What a target has to be like.</summary>
public static class FleetRules
{
    public const int LongestName = 100;
    public const int LongestAddress = 500;
    public const int MostAddresses = 64;
    public const int LongestIntervalMinutes = 30;

    /// <summary>Most machines of a fleet.</summary>
    public const int MostInstances = 100_000;

    /// <summary>Most targets of a scenario.</summary>
    public const int MostTargets = 20;

    /// <summary>What is wrong with a draft, by field; empty where it may be stored.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="scenario">The scenario of the option; null to leave the option alone, as for a trial.</param>
    /// <param name="others">The scenario's other targets: what one of them reads would count twice.</param>
    public static IReadOnlyList<Problem> Check(FleetTargetDraft draft, Scenario? scenario, IEnumerable<FleetTarget>? others = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var problems = new List<Problem>();
        if (scenario is not null && !scenario.Options.Any(option => option is SelfHostOption && option.Id == draft.OptionId))
            problems.Add(new("optionId", ActualsTexts.OptionUnknown.With(draft.OptionId)));
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > LongestName || draft.Name.Any(char.IsControl))
            problems.Add(new("name", ActualsTexts.NameBad.With(LongestName)));
        if (!FleetTargetKinds.All.Contains(draft.Kind))
            problems.Add(new("kind", ActualsTexts.KindUnknown.With(draft.Kind, string.Join(", ", FleetTargetKinds.All))));
        problems.AddRange(OfAddresses(draft, [.. (others ?? []).Where(other => other.Kind == draft.Kind && other.OptionId == draft.OptionId && other.Selector == draft.Selector).SelectMany(other => other.Addresses).Select(Source)]));
        if (!string.IsNullOrWhiteSpace(draft.Selector) && (draft.Kind != FleetTargetKinds.Prometheus || LabelSelector.Read(draft.Selector) is null))
            problems.Add(new("selector", draft.Kind == FleetTargetKinds.Prometheus ? ActualsTexts.SelectorBad : ActualsTexts.SelectorUnused));
        if (draft.Instances is <= 0 or > MostInstances)
            problems.Add(new("instances", ActualsTexts.InstancesBad.With(MostInstances)));
        if (draft.IntervalMinutes is < 1 or > LongestIntervalMinutes)
            problems.Add(new("intervalMinutes", ActualsTexts.IntervalBad.With(LongestIntervalMinutes)));
        return problems;
    }

    private static IEnumerable<Problem> OfAddresses(FleetTargetDraft draft, HashSet<string> taken)
    {
        var most = draft.Kind == FleetTargetKinds.Prometheus ? 1 : MostAddresses;
        if (draft.Addresses.Count == 0 || draft.Addresses.Count > most)
        {
            yield return new("addresses", most == 1 ? ActualsTexts.OneAddress : ActualsTexts.AddressCount.With(most));
            yield break;
        }

        for (var i = 0; i < draft.Addresses.Count; i++)
        {
            var address = draft.Addresses[i];
            if (!IsPlain(address))
                yield return new($"addresses[{i}]", ActualsTexts.AddressBad.With(LongestAddress));
            else if (taken.Contains(Source(address)) || draft.Addresses.Take(i).Any(earlier => earlier.IsAbsoluteUri && Source(earlier) == Source(address)))
                yield return new($"addresses[{i}]", ActualsTexts.AddressTwice);
        }
    }

    /// <summary>What an address reads: a path that is left out is that of the metrics.</summary>
    private static string Source(Uri address) => address.AbsolutePath is "/" or "" ? new Uri(address, "/metrics").AbsoluteUri : address.AbsoluteUri.TrimEnd('/');

    /// <summary>An address is stored and shown, so it holds no account and no key.</summary>
    private static bool IsPlain(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0 && address.UserInfo.Length == 0
        && address.Query.Length == 0 && address.Fragment.Length == 0 && address.AbsoluteUri.Length <= LongestAddress;
}
