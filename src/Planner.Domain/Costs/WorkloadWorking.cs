using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>How a workload that the token levers leave follows from the typed one, as formulas of the document's paths (<see cref="LineWorking.Operands"/>); the figures are <see cref="LeverEffect"/>'s.</summary>
internal sealed class WorkloadWorking
{
    private const string Levers = "workload.levers";

    /// <param name="typed">The workload as typed.</param>
    /// <param name="cached">Formula of the share of the typed prompt that is read from a cache without levers.</param>
    /// <param name="written">Formula of the share that is written to one.</param>
    public WorkloadWorking(Workload typed, string cached, string written)
    {
        (Requests, Input, Output) = ("workload.requestsPerMonth", "workload.inputTokens", "(workload.outputTokens + workload.reasoningTokens)");
        (ReadShare, WriteShare, BatchShare) = (cached, written, "workload.batchShare");
        if (typed.Levers is not { } levers)
            return;
        if (levers.ResponseCache is { On: true })
            RequestShare = $"(1 − {Levers}.responseCache.hitShare)";
        if (levers.OutputLimit is { On: true })
            Output = $"(workload.outputTokens × (1 − {Levers}.outputLimit.share) + workload.reasoningTokens)";
        if (levers.BatchApi is { On: true })
            BatchShare = $"max(workload.batchShare; {Levers}.batchApi.share)";
        if (levers.Distillation is { On: true })
        {
            const string smaller = $"{Levers}.distillation";
            MachineLoad = $"((1 − {smaller}.share) + {smaller}.share ÷ {smaller}.throughputFactor)";
        }

        var read = levers.PrefixCache is { On: true } ? $"max({cached}; {Levers}.prefixCache.share)" : cached;
        var write = levers.On.Count > 0 && written != "0" ? $"min({written}; 1 − {read})" : written;
        Compressible = $"(1 − {read} − {write})";
        var left = levers.PromptCompression is { On: true } ? $"(1 − {Compressible} × {Levers}.promptCompression.share)" : "1";
        (Requests, Input) = ($"workload.requestsPerMonth × {RequestShare}", $"workload.inputTokens × {left}");
        (ReadShare, WriteShare) = ($"({read}) ÷ {left}", $"({write}) ÷ {left}");
    }

    /// <summary>Requests left to serve, a month.</summary>
    public string Requests { get; }

    /// <summary>Requests left ÷ requests as typed.</summary>
    public string RequestShare { get; } = "1";

    /// <summary>Prompt tokens of a request.</summary>
    public string Input { get; }

    /// <summary>Generated and reasoning tokens of a request.</summary>
    public string Output { get; }

    /// <summary>Share of the prompt that is read from a cache.</summary>
    public string ReadShare { get; }

    /// <summary>Share of the prompt that is written to one.</summary>
    public string WriteShare { get; }

    /// <summary>Share of the typed prompt that compression may shorten.</summary>
    public string Compressible { get; } = "1";

    /// <summary>Share of the requests that waits for a batch.</summary>
    public string BatchShare { get; }

    /// <summary>Load on machines ÷ what it would be without a smaller model.</summary>
    public string MachineLoad { get; } = "1";
}
