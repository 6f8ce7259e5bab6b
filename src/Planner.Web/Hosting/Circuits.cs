using Microsoft.AspNetCore.Components.Server.Circuits;
using Planner.Data;

namespace Planner.Web.Hosting;

/// <summary>Counts the pages that are open in browsers. Thread-safe.</summary>
/// <param name="limits">How many may be.</param>
public sealed class Circuits(PageLimits limits) : CircuitHandler
{
    private readonly Lock _gate = new();

    /// <summary>Pages that are open now; one whose connection broke counts until it is given up.</summary>
    public int Open { get; private set; }

    /// <summary>Most that were open at the same time since the start.</summary>
    public int Most { get; private set; }

    /// <summary>How many may be open.</summary>
    public PageLimits Limits => limits;

    /// <summary>True where there is no room for another page.</summary>
    public bool IsFull => Open >= limits.Most;

    /// <inheritdoc/>
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Telemetry.Circuits.Add(1);
        lock (_gate)
            Most = Math.Max(Most, ++Open);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Telemetry.Circuits.Add(-1);
        lock (_gate)
            Open--;
        return Task.CompletedTask;
    }
}
