using Planner.Data.Actuals;
using Planner.Domain;
using Planner.Web.Components.Shared;

namespace Planner.Web.Components.Actuals;

/// <summary>A target as its form has it: addresses are text, a line each.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">One of <see cref="FleetTargetKinds"/>.</param>
/// <param name="Addresses">Addresses, one a line.</param>
/// <param name="Selector">Prometheus' label selector.</param>
/// <param name="Instances">Instances that it runs on; null for as planned.</param>
/// <param name="IntervalMinutes">Minutes between readings; null while nothing is typed.</param>
public sealed record FleetForm(string? Name, string Kind, string? Addresses, string? Selector, decimal? Instances, decimal? IntervalMinutes)
{
    public static FleetForm Of(FleetTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new(target.Name, target.Kind, string.Join('\n', target.Addresses.Select(address => address.AbsoluteUri)), target.Selector, target.Instances, target.IntervalMinutes);
    }

    /// <summary>The draft, and the lines that are no addresses.</summary>
    public (FleetTargetDraft Draft, IReadOnlyList<Problem> Problems) Read(string optionId)
    {
        var (addresses, problems) = (new List<Uri>(), new List<Problem>());
        foreach (var line in (Addresses ?? "").Split(['\n', '\r', ' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Uri.TryCreate(line, UriKind.Absolute, out var address))
                addresses.Add(address);
            else
                problems.Add(new Problem($"addresses[{addresses.Count + problems.Count}]", Texts.ActualsNoAddress.With(line)));
        }

        var minutes = IntervalMinutes is { } typed && typed == decimal.Truncate(typed) && Math.Abs(typed) <= 1_000 ? (int)typed : 0;
        // What is typed for a Prometheus server has no meaning for engines.
        var selector = Kind == FleetTargetKinds.Prometheus && !string.IsNullOrWhiteSpace(Selector) ? Selector.Trim() : null;
        return (new FleetTargetDraft(optionId, Name?.Trim() ?? "", Kind, addresses, selector, Instances, minutes), problems);
    }
}

/// <summary>Fleets in words.</summary>
public static class FleetWords
{
    /// <summary>"2 addresses, 3 instances, every 5 min".</summary>
    public static string Of(FleetTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var where = target switch
        {
            { Kind: FleetTargetKinds.Prometheus, Addresses: [var server, ..] } => (target.Selector is null ? ActualsTexts.AtPrometheus : ActualsTexts.AtPrometheusSelected).With(server.Host, target.Selector),
            { Addresses: [var only] } => only.AbsoluteUri,
            _ => ActualsTexts.AtAddresses.With(Format.Number(target.Addresses.Count)),
        };
        var instances = target.Instances is { } count ? (count == 1 ? ActualsTexts.InstancesOne : ActualsTexts.InstancesMany).With(Format.Number(count)) : ActualsTexts.InstancesPlanned;
        return ActualsTexts.FleetDetail.With(where, instances, Format.Number(target.IntervalMinutes));
    }

    /// <summary>The state in a word.</summary>
    public static string StatusOf(FleetTargetState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch { { Fault: not null } => ActualsTexts.StateFault, { ReadUtc: null } => ActualsTexts.StateUnread, _ => ActualsTexts.StateRead };
    }

    /// <summary>When it was read last, and its fault.</summary>
    public static string Of(FleetTargetState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (one, engine, replicas) = (state.Replicas == 1, state.Engine, Format.Number(state.Replicas));
        return (state.Fault, state.ReadUtc) switch
        {
            (null, null) => ActualsTexts.ReadFollows,
            (null, { } at) => (one ? ActualsTexts.ReadOne : ActualsTexts.ReadMany).With(Format.Moment(at), engine, replicas),
            ({ } fault, null) => ActualsTexts.FaultSince.With(Format.Moment(state.FaultSinceUtc), fault),
            ({ } fault, { } at) => (one ? ActualsTexts.FaultReadOne : ActualsTexts.FaultReadMany).With(Format.Moment(state.FaultSinceUtc), fault, Format.Moment(at), engine, replicas),
        };
    }
}
