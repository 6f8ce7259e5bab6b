namespace Planner.Data.Feeds;

/// <summary>Codes of what is odd about a published price. They are stored with the row; their sentences are in the interface's resources.</summary>
public static class PriceWarnings
{
    /// <summary>Input and output are 0: unknown or free. Published as unknown.</summary>
    public const string Zero = "zero";

    /// <summary>Input is 0 and output is not. Published as unknown.</summary>
    public const string ZeroInput = "zeroInput";

    /// <summary>Output is 0 and input is not. Published as unknown.</summary>
    public const string ZeroOutput = "zeroOutput";

    /// <summary>Reading the cache is 0. Published as unknown.</summary>
    public const string ZeroCacheRead = "zeroCacheRead";

    /// <summary>Writing the cache is 0. Published as unknown, which is the input price.</summary>
    public const string ZeroCacheWrite = "zeroCacheWrite";

    /// <summary>A batch price is 0. Published as unknown.</summary>
    public const string ZeroBatch = "zeroBatch";

    /// <summary>A tier's price is 0. Published as the base price.</summary>
    public const string ZeroTier = "zeroTier";

    /// <summary>A chat model's output is cheaper than half of its input.</summary>
    public const string OutputBelowHalfInput = "outputBelowHalfInput";

    /// <summary>Reading the cache is dearer than plain input.</summary>
    public const string CacheReadAboveInput = "cacheReadAboveInput";

    /// <summary>Writing the cache is cheaper than plain input.</summary>
    public const string CacheWriteBelowInput = "cacheWriteBelowInput";

    /// <summary>A batch price is no lower than the normal one.</summary>
    public const string BatchNotCheaper = "batchNotCheaper";

    /// <summary>A batch price is below a quarter of the normal one; vendors grant half.</summary>
    public const string BatchFarBelow = "batchFarBelow";

    /// <summary>Long prompts are cheaper than short ones.</summary>
    public const string TierBelowBase = "tierBelowBase";

    /// <summary>Reasoning tokens have a price of their own; the sheet has the one of output.</summary>
    public const string ReasoningApart = "reasoningApart";

    /// <summary>The feed also has prices by length of the prompt in a form that is not read; the sheet has those of the shortest.</summary>
    public const string RangesNotRead = "rangesNotRead";

    /// <summary>The prices are a discount off the public ones of the day on which the list came; they do not follow these.</summary>
    public const string Discounted = "discounted";

    /// <summary>The list leaves some of these prices out: they are the public ones of the day on which it came, and do not follow these.</summary>
    public const string PartlyPublic = "partlyPublic";

    /// <summary>A price moved by more than 40 % against the last good one.</summary>
    public const string Moved = "moved";
}
