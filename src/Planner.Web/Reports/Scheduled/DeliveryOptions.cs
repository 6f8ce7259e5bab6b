using System.Globalization;
using System.Net.Mail;
using Planner.Web.Hosting;
using Planner.Web.Security;

namespace Planner.Web.Reports.Scheduled;

/// <summary>Where reports go by themselves: the section <c>Reports</c> of the configuration.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Folder of the server; null for none.</summary>
    public string? Folder { get; private init; }

    /// <summary>Days that reports stay in the folder; null for as long as nobody removes them.</summary>
    public int? KeepDays { get; private init; }

    /// <summary>The mail server; null for none.</summary>
    public MailOptions? Mail { get; private init; }

    /// <summary>Why the app may not start like this, as a sentence; null where it may.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads them.</summary>
    /// <param name="configuration">All of it.</param>
    public static DeliveryOptions From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Reports");
        var folder = SettingText.Of(section["Folder"]);
        if (folder is not null && !Path.IsPathFullyQualified(folder))
            return new DeliveryOptions { Fault = DeliveryTexts.FolderForm.With(folder) };
        int? days = null;
        if (SettingText.Of(section["KeepDays"]) is { } typed)
        {
            if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 36_500)
                return new DeliveryOptions { Fault = DeliveryTexts.KeepDaysForm.With(typed) };
            days = number;
        }

        var (mail, fault) = MailOptions.Read(section.GetSection("Smtp"));
        return new DeliveryOptions { Folder = folder is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), KeepDays = days, Mail = mail, Fault = fault };
    }
}

/// <summary>The mail server that reports are sent by, and to whom they may go.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="StartTls">True to encrypt the connection, and to send nothing where the server does not offer that.</param>
/// <param name="From">The sender.</param>
/// <param name="Allowed">Addresses and domains that mail may go to.</param>
public sealed record MailOptions(string Host, int Port, bool StartTls, MailAddress From, IReadOnlyList<string> Allowed)
{
    /// <summary>Who signs in; null for nobody.</summary>
    internal string? User { get; private init; }

    // Neither public nor written by ToString: what is not shown cannot be logged.
    internal string? Password { get; private init; }

    /// <summary>True where mail may go to an address.</summary>
    public bool Allows(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Allowed.Any(allowed => allowed.Contains('@', StringComparison.Ordinal)
            ? address.Equals(allowed, StringComparison.OrdinalIgnoreCase)
            : address.EndsWith("@" + allowed, StringComparison.OrdinalIgnoreCase));
    }

    internal static (MailOptions? Options, string? Fault) Read(IConfigurationSection section)
    {
        if (SettingText.Of(section["Host"]) is not { } host)
            return (null, section.GetChildren().Any(child => SettingText.Of(child.Value) is not null) ? DeliveryTexts.HostMissing : null);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return (null, DeliveryTexts.HostForm.With(host));
        var port = 587;
        if (SettingText.Of(section["Port"]) is { } typed && (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65_535))
            return (null, DeliveryTexts.PortForm.With(typed));
        var security = SettingText.Of(section["Security"]) ?? "startTls";
        var startTls = security.Equals("startTls", StringComparison.OrdinalIgnoreCase);
        if (IsImplicit(security) || port == 465)
            return (null, DeliveryTexts.ImplicitTls);
        if (!startTls && !security.Equals("none", StringComparison.OrdinalIgnoreCase))
            return (null, DeliveryTexts.SecurityForm.With(security));
        if (SettingText.Of(section["From"]) is not { } from || !MailAddress.TryCreate(from, out var sender) || !Recipients.IsAddress(sender.Address) || from.Any(char.IsControl))
            return (null, DeliveryTexts.FromForm);
        var (user, (password, fault)) = (SettingText.Of(section["User"]), PasswordOf(section));
        if (fault is not null)
            return (null, fault);
        if (user is null != password is null)
            return (null, DeliveryTexts.UserAndPassword);
        if (user is not null && !startTls && !ListenAddresses.IsLoopback(host))
            return (null, DeliveryTexts.PasswordInClear);
        var allowed = section.GetSection("AllowedRecipients").GetChildren().Select(child => child.Value).Append(section["AllowedRecipients"])
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(entry => entry.TrimStart('@')).Distinct().ToList();
        if (allowed.FirstOrDefault(entry => !(Recipients.IsAddress(entry) || Recipients.IsDomain(entry))) is { } unreadable)
            return (null, DeliveryTexts.AllowedForm.With(unreadable));
        // Whoever may edit a scenario could send it anywhere else: nobody outside before the operator says so.
        return (new MailOptions(host, port, startTls, sender, allowed.Count > 0 ? allowed : [sender.Host]) { User = user, Password = password }, null);
    }

    private static bool IsImplicit(string security) => new[] { "tls", "ssl", "implicit", "implicitTls", "smtps", "sslOnConnect" }.Contains(security, StringComparer.OrdinalIgnoreCase);

    private static (string? Password, string? Fault) PasswordOf(IConfigurationSection section)
    {
        var password = string.IsNullOrEmpty(section["Password"]) ? null : section["Password"];
        if (SettingText.Of(section["PasswordFile"]) is not { } file)
            return (password, null);
        if (password is not null)
            return (null, DeliveryTexts.TwoPasswords);
        try
        {
            // Editors end files with a new line, which no password has.
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } text ? (text, null) : (null, DeliveryTexts.PasswordFileEmpty.With(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (null, DeliveryTexts.PasswordFileUnreadable.With(file, exception.Message));
        }
    }
}
