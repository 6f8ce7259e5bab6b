namespace Planner.Web.Reports;

/// <summary>Operating systems whose usual places of a browser are known.</summary>
public enum BrowserPlatform
{
    Linux,
    MacOS,
    Windows,
}

/// <summary>What the search for a browser found.</summary>
/// <param name="Path">The program; null where there is none.</param>
/// <param name="Reason">Why there is none, as a sentence; null where there is one.</param>
public sealed record FoundBrowser(string? Path, string? Reason);

/// <summary>Finds an installed Chromium, Chrome or Edge. It downloads nothing.</summary>
public static class BrowserFinder
{
    private static readonly string[] LinuxNames =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge"];

    private static readonly string[] LinuxPaths =
        [.. LinuxNames.Select(name => $"/usr/bin/{name}"), "/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge"];

    private static readonly string[] MacPaths =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private static readonly string[] WindowsRoots = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"];

    private static readonly string[] WindowsPaths =
        [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];

    private static readonly string[] WindowsNames = ["chrome.exe", "chromium.exe", "msedge.exe"];

    /// <summary>The platform this process runs on.</summary>
    public static BrowserPlatform CurrentPlatform =>
        OperatingSystem.IsWindows() ? BrowserPlatform.Windows : OperatingSystem.IsMacOS() ? BrowserPlatform.MacOS : BrowserPlatform.Linux;

    /// <summary>Finds a browser: the configured one and no other, else the first of the usual places, else the first on PATH.</summary>
    /// <param name="configured">Path from the configuration; null or empty for none.</param>
    /// <param name="platform">Where it runs.</param>
    /// <param name="fileExists">Whether there is a file at a path.</param>
    /// <param name="environment">Value of an environment variable.</param>
    public static FoundBrowser Find(string? configured, BrowserPlatform platform, Func<string, bool> fileExists, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(fileExists);
        ArgumentNullException.ThrowIfNull(environment);
        if (!string.IsNullOrWhiteSpace(configured))
            return fileExists(configured)
                ? new FoundBrowser(configured, null)
                : new FoundBrowser(null, Texts.PdfConfiguredBrowserMissing.With(configured));
        return UsualPlaces(platform, environment).Concat(OnPath(platform, environment)).FirstOrDefault(fileExists) is { } path
            ? new FoundBrowser(path, null)
            : new FoundBrowser(null, Texts.PdfNoBrowser);
    }

    /// <summary>Finds a browser on this machine.</summary>
    public static FoundBrowser Find(string? configured) => Find(configured, CurrentPlatform, File.Exists, Environment.GetEnvironmentVariable);

    private static IEnumerable<string> UsualPlaces(BrowserPlatform platform, Func<string, string?> environment) => platform switch
    {
        BrowserPlatform.Windows => WindowsRoots.Select(environment).OfType<string>().SelectMany(root => WindowsPaths.Select(path => $@"{root}\{path}")),
        BrowserPlatform.MacOS => MacPaths.Concat(MacPaths.Select(path => environment("HOME") + path)),
        _ => LinuxPaths,
    };

    // Separators are the named platform's, not those of the machine that asks.
    private static IEnumerable<string> OnPath(BrowserPlatform platform, Func<string, string?> environment)
    {
        var (listSeparator, separator, names) = platform == BrowserPlatform.Windows ? (';', '\\', WindowsNames) : (':', '/', LinuxNames);
        var folders = (environment("PATH") ?? "").Split(listSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return folders.SelectMany(folder => names.Select(name => $"{folder.TrimEnd(separator)}{separator}{name}"));
    }
}
