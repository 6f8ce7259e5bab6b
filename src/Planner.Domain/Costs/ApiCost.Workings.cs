using Planner.Domain.Scenarios;

namespace Planner.Domain.Costs;

/// <summary>How an API's month follows from the inputs.</summary>
internal sealed partial class ApiCost
{
    /// <inheritdoc/>
    public override string FormulaOf(LedgerLine line) => line.Item == Texts.ItemTopUp ? "max(0; minimum − usage)" : line.Formula;

    /// <inheritdoc/>
    public override string? WorkingOf(LedgerLine line, Operand operand)
    {
        var typed = Scenario.Workload;
        var left = new WorkloadWorking(typed, "workload.cacheReadShare", "workload.cacheWriteShare");
        if (operand.Name == "requests")
            return _units is null ? left.Requests : null;
        if (line.Item == Texts.ItemCompressor && operand.Name == "tokens")
            return $"workload.inputTokens × {left.Compressible}";
        if (_rates?.All.FirstOrDefault(rate => TokenRates.Item(rate.Kind, rate.AboveTokens) == line.Item) is not { TokensPerRequest: > 0 } rate)
            return null;
        return operand.Name switch { "tokens" => TokensOf(rate, left), "price" => PriceOf(rate), _ => null };
    }

    /// <summary>Tokens of a kind; what falls into one of several tiers keeps its share.</summary>
    private string TokensOf(TokenRate rate, WorkloadWorking left)
    {
        var (prompt, answer) = ($"{left.Input} × option.tokenFactor", $"{left.Output} × option.tokenFactor");
        var live = $"(1 − {left.BatchShare})";
        var (formula, amount) = rate.Kind switch
        {
            TokenKind.Input => ($"{prompt} × (1 − {left.ReadShare} − {left.WriteShare}) × {live}", Workload.InputTokens * (1 - Workload.CacheReadShare - Workload.CacheWriteShare) * (1 - Workload.BatchShare)),
            TokenKind.CacheRead => ($"{prompt} × {left.ReadShare} × {live}", Workload.InputTokens * Workload.CacheReadShare * (1 - Workload.BatchShare)),
            TokenKind.CacheWrite => ($"{prompt} × {left.WriteShare} × {live}", Workload.InputTokens * Workload.CacheWriteShare * (1 - Workload.BatchShare)),
            TokenKind.Output => ($"{answer} × {live}", (Workload.OutputTokens + Workload.ReasoningTokens) * (1 - Workload.BatchShare)),
            TokenKind.BatchInput => ($"{prompt} × {left.BatchShare}", Workload.InputTokens * Workload.BatchShare),
            _ => ($"{answer} × {left.BatchShare}", (Workload.OutputTokens + Workload.ReasoningTokens) * Workload.BatchShare),
        };
        var share = (double)rate.TokensPerRequest / (double)(amount * _option.TokenFactor);
        return Math.Abs(share - 1) < 1e-12 ? formula : $"{formula} × {OptionWorkings.Number(share)}";
    }

    /// <summary>A price of the user's own; one of a tier, of a catalog or announced stands.</summary>
    private string? PriceOf(TokenRate rate)
    {
        if (_inForce is not null || _option.Price is not { } price || rate.AboveTokens > 0)
            return null;
        var kind = rate.Kind switch
        {
            // What has no price for writing is billed as input.
            TokenKind.CacheWrite when price.CacheWriteUsdPerM is null => TokenKind.Input,
            TokenKind.BatchInput when rate.IsAssumed => TokenKind.Input,
            TokenKind.BatchOutput when rate.IsAssumed => TokenKind.Output,
            _ => rate.Kind,
        };
        var member = $"option.price.{PricesByKind.NameOf(kind)}";
        return price.Of(kind) is null ? null : rate.IsAssumed ? $"{member} × option.assumedBatchPriceShare" : member;
    }
}
