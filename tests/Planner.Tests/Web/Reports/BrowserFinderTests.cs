using Planner.Web.Reports;
using Xunit;

namespace Planner.Tests.Web.Reports;

public class BrowserFinderTests
{
    [Fact]
    public void Configured_browser_is_taken_before_an_installed_one()
    {
        var found = Find(BrowserPlatform.Linux, "/opt/mine/chrome", ["/usr/bin/chromium", "/opt/mine/chrome"]);

        Assert.Equal("/opt/mine/chrome", found.Path);
    }

    [Fact]
    public void Configured_browser_that_is_missing_is_named_and_not_replaced()
    {
        var found = Find(BrowserPlatform.Linux, "/opt/mine/chrome", ["/usr/bin/chromium"]);

        Assert.Null(found.Path);
        Assert.Contains("/opt/mine/chrome", found.Reason, StringComparison.Ordinal);
        Assert.Contains("Pdf:BrowserPath", found.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BrowserPlatform.Linux, "/usr/bin/chromium")]
    [InlineData(BrowserPlatform.Linux, "/snap/bin/chromium")]
    [InlineData(BrowserPlatform.Linux, "/usr/bin/microsoft-edge-stable")]
    [InlineData(BrowserPlatform.MacOS, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")]
    [InlineData(BrowserPlatform.MacOS, "/Users/ann/Applications/Chromium.app/Contents/MacOS/Chromium")]
    [InlineData(BrowserPlatform.Windows, @"C:\Program Files\Google\Chrome\Application\chrome.exe")]
    [InlineData(BrowserPlatform.Windows, @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe")]
    public void Browser_in_its_usual_place_is_found(BrowserPlatform platform, string path) => Assert.Equal(path, Find(platform, null, [path]).Path);

    [Theory]
    [InlineData(BrowserPlatform.Linux, "/home/ann/bin/google-chrome")]
    [InlineData(BrowserPlatform.Windows, @"D:\Tools\chrome.exe")]
    public void Browser_on_the_search_path_is_found(BrowserPlatform platform, string path) => Assert.Equal(path, Find(platform, "", [path]).Path);

    [Fact]
    public void Usual_place_comes_before_the_search_path() =>
        Assert.Equal("/usr/bin/google-chrome", Find(BrowserPlatform.Linux, null, ["/home/ann/bin/chromium", "/usr/bin/google-chrome"]).Path);

    [Fact]
    public void Without_a_browser_the_reason_says_what_to_install()
    {
        var found = Find(BrowserPlatform.Linux, null, []);

        Assert.Null(found.Path);
        Assert.Contains("Install Chromium", found.Reason, StringComparison.Ordinal);
    }

    private static FoundBrowser Find(BrowserPlatform platform, string? configured, string[] files) =>
        BrowserFinder.Find(configured, platform, files.Contains, name => Environments[platform].GetValueOrDefault(name));

    private static readonly Dictionary<BrowserPlatform, Dictionary<string, string>> Environments = new()
    {
        [BrowserPlatform.Linux] = new() { ["PATH"] = "/usr/local/bin::/home/ann/bin/" },
        [BrowserPlatform.MacOS] = new() { ["PATH"] = "/usr/bin", ["HOME"] = "/Users/ann" },
        [BrowserPlatform.Windows] = new()
        {
            ["PATH"] = @"C:\Windows;D:\Tools\",
            ["ProgramFiles"] = @"C:\Program Files",
            ["ProgramFiles(x86)"] = @"C:\Program Files (x86)",
        },
    };
}
