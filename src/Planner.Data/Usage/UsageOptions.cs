namespace Planner.Data.Usage;

/// <summary>Where and how far logs are taken in.</summary>
public sealed record UsageOptions
{
    /// <summary>Folder of the normalised rows, and of the work on files; it is made where it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>What a file may be at most.</summary>
    public UsageLimits Limits { get; init; } = new();

    internal string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Makes a folder for some work, to be removed with all that is in it; what is left over is swept at the next start.</summary>
    internal string NewWorkFolder() => PrivateFiles.MakeFolder(PathOf($"work-{Guid.NewGuid():N}"));
}
