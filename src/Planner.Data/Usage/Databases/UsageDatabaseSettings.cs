using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Planner.Data.Usage;

/// <summary>A database of logs as <c>Usage:Databases:{name}</c> configures it. It holds secrets, so it is neither logged nor shown, and prints as its name.</summary>
internal sealed class UsageDatabaseSettings
{
    internal const int DefaultTimeoutSeconds = 300;
    private const int LongestTimeoutSeconds = 3600;

    private readonly string? _password;
    private readonly string? _passwordFile;

    private UsageDatabaseSettings(IConfigurationSection section)
    {
        Name = section.Key;
        Kind = Enum.TryParse<UsageDatabaseKind>(section["Kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;
        ConnectionString = Filled(section["ConnectionString"]);
        Url = Filled(section["Url"]);
        User = Filled(section["User"]);
        Schema = Filled(section["Schema"]);
        _password = Filled(section["Password"]);
        _passwordFile = Filled(section["PasswordFile"]);
        Timeout = TimeSpan.FromSeconds(DefaultTimeoutSeconds);
        Fault = Check(section["Kind"], section["TimeoutSeconds"]);
    }

    internal string Name { get; }

    internal UsageDatabaseKind? Kind { get; }

    /// <summary>How PostgreSQL is reached, as Npgsql reads it.</summary>
    internal string? ConnectionString { get; }

    /// <summary>Where ClickHouse answers, http or https.</summary>
    internal string? Url { get; }

    internal string? User { get; }

    /// <summary>PostgreSQL's schema, or ClickHouse's database, that holds the table; null for where the server looks by itself.</summary>
    internal string? Schema { get; }

    /// <summary>The longest that one statement may take.</summary>
    internal TimeSpan Timeout { get; private set; }

    /// <summary>Why it cannot be used; null where it can be tried.</summary>
    internal string? Fault { get; }

    /// <summary>All that are configured, by name.</summary>
    internal static IReadOnlyList<UsageDatabaseSettings> All(IConfiguration configuration) =>
        [.. configuration.GetSection("Usage:Databases").GetChildren().Select(section => new UsageDatabaseSettings(section)).OrderBy(settings => settings.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The password as it stands now; null for none, or for that of the connection string.</summary>
    /// <exception cref="UsageRefusedException">Its file cannot be read.</exception>
    internal string? ReadPassword()
    {
        if (_passwordFile is null)
            return _password;
        try
        {
            return File.ReadAllText(_passwordFile).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageRefusedException(UsageTexts.DatabasePasswordFile);
        }
    }

    public override string ToString() => Name;

    private string? Check(string? kind, string? timeout)
    {
        if (Kind is null)
            return UsageTexts.DatabaseKindUnknown.With(kind ?? "", string.Join(", ", Enum.GetNames<UsageDatabaseKind>()));
        if (timeout is not null)
        {
            if (!int.TryParse(timeout, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > LongestTimeoutSeconds)
                return UsageTexts.DatabaseTimeoutBad.With(LongestTimeoutSeconds);
            Timeout = TimeSpan.FromSeconds(seconds);
        }

        if (Kind == UsageDatabaseKind.LiteLlmPostgres)
            return ConnectionString is null ? UsageTexts.DatabaseNoConnectionString : null;
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) || url.UserInfo.Length > 0 || url.Query.Length > 0)
            return UsageTexts.DatabaseUrlBad;
        // ClickHouse reads backslashes within names, so nothing but plain names is taken.
        return Schema is null || (Schema.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !char.IsAsciiDigit(Schema[0])) ? null : UsageTexts.DatabaseSchemaBad;
    }

    private static string? Filled(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
