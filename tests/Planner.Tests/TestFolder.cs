namespace Planner.Tests;

/// <summary>Folders of tests that run the whole app; the browser's tests have this file too.</summary>
internal static class TestFolder
{
    /// <summary>Removes a folder, also where the app writes its last while it goes: keys of sessions are made in the background, and pages end in their own time.</summary>
    internal static async Task DeleteAsync(string path)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (IOException) when (tries < 10)
            {
                await Task.Delay(100);
            }
        }
    }
}
