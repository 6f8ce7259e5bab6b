using System.Globalization;
using Planner.Data.Sqlite;

namespace Planner.Web.Hosting;

/// <summary>Backups of the database, as configured in <c>Backups:Enabled</c>, <c>Backups:Folder</c> and <c>Backups:Keep</c>.</summary>
public static class BackupSettings
{
    public static BackupOptions BackupOptions(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var folder = configuration["Backups:Folder"];
        var standard = new BackupOptions();
        return new BackupOptions(
            !bool.TryParse(configuration["Backups:Enabled"], out var enabled) || enabled,
            string.IsNullOrWhiteSpace(folder) ? null : folder,
            int.TryParse(configuration["Backups:Keep"], NumberStyles.None, CultureInfo.InvariantCulture, out var keep) && keep is >= 1 and <= 1_000 ? keep : standard.Keep);
    }
}
