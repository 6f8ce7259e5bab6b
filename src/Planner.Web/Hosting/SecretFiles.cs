namespace Planner.Web.Hosting;

/// <summary>Settings as files of a folder, as Docker and Kubernetes hand secrets over: <c>Secrets:Folder</c> names it, each file's name is a setting (<c>Reports__Smtp__Password</c>) and its content the value.</summary>
internal static class SecretFiles
{
    internal const string Setting = "Secrets:Folder";

    /// <summary>Reads them; what is in a file wins over what is set elsewhere.</summary>
    /// <returns>Why the program may not go on, as a sentence; null where it may.</returns>
    internal static string? AddTo(IConfigurationBuilder builder, IConfiguration configuration)
    {
        if (configuration[Setting] is not { } named || string.IsNullOrWhiteSpace(named))
            return null;
        var folder = named.Trim();
        try
        {
            folder = Path.GetFullPath(folder);
            // Read on their own first: a source that fails would take the others with it.
            new ConfigurationBuilder().AddKeyPerFile(folder, optional: false).Build();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return HostTexts.SecretsUnreadable.With(folder);
        }

        builder.AddKeyPerFile(folder, optional: false);
        return null;
    }
}
