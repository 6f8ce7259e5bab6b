using System.Globalization;
using Planner.Data.Usage;

namespace Planner.Web.Hosting;

/// <summary>Where and how far logs are taken in, as configured in <c>Usage:Folder</c>, <c>Usage:MaxMegabytes</c> and <c>Usage:MemoryMegabytes</c>.</summary>
public static class UsageSettings
{
    // Below this the reader cannot hold a block of rows of each column.
    private const int LeastMemory = 100;

    public static UsageOptions UsageOptions(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var limits = new UsageLimits();
        var folder = configuration["Usage:Folder"];
        return new UsageOptions
        {
            Folder = Path.GetFullPath(string.IsNullOrWhiteSpace(folder) ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configuration.DatabasePath()))!, "usage") : folder),
            Limits = limits with
            {
                MaxBytes = Megabytes(configuration["Usage:MaxMegabytes"], 1) is { } most ? most * 1024L * 1024 : limits.MaxBytes,
                MemoryMb = Megabytes(configuration["Usage:MemoryMegabytes"], LeastMemory) ?? limits.MemoryMb,
            },
        };
    }

    private static int? Megabytes(string? text, int least) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least ? value : null;
}
