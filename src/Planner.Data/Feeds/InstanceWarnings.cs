namespace Planner.Data.Feeds;

/// <summary>Codes of what is odd about a machine's published price. They are stored with the row; their sentences are in the interface's resources.</summary>
public static class InstanceWarnings
{
    /// <summary>The feed's memory of a GPU is more than 15 % off the catalog's.</summary>
    public const string GpuMemoryApart = "gpuMemoryApart";

    /// <summary>Spot is no cheaper than on demand: there is no market. Published without it.</summary>
    public const string SpotNotCheaper = "spotNotCheaper";

    /// <summary>Spot is below a tenth of the price on demand.</summary>
    public const string SpotFarBelow = "spotFarBelow";

    /// <summary>Spot has no price on demand beside it, so that nobody can tell whether it is a discount. Published without it.</summary>
    public const string SpotAlone = "spotAlone";

    /// <summary>A reservation is dearer than on demand.</summary>
    public const string ReservedAboveOnDemand = "reservedAboveOnDemand";

    /// <summary>Another region asks twice as much or more for this machine.</summary>
    public const string CheapRegion = "cheapRegion";

    /// <summary>Another region asks half as much or less for this machine.</summary>
    public const string DearRegion = "dearRegion";
}
