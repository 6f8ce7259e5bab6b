using System.Net;
using Planner.Data.Accounts;
using Planner.Web.Hosting;
using Planner.Web.Security;

namespace Planner.Web.Accounts;

/// <summary>Whether there are accounts, and how people sign in: the section <c>Accounts</c> of the configuration.</summary>
public sealed record AccountsOptions
{
    /// <summary>False for one person on this machine, without sign-in.</summary>
    public bool Enabled { get; private init; }

    /// <summary>Folder of the keys that sign sessions and encrypt authenticator keys.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>Header in which a trusted proxy names the user; null for none.</summary>
    public string? ProxyHeader { get; private init; }

    /// <summary>Addresses of proxies whose headers are believed.</summary>
    public IReadOnlyList<IPNetwork> ProxyAddresses { get; private init; } = [];

    /// <summary>Role in the first workspace of a user whom the proxy names for the first time; null for none.</summary>
    public Role? ProxyDefaultRole { get; private init; }

    /// <summary>How often an open page asks whether its user may still be there.</summary>
    public TimeSpan Revalidation { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>Why the app may not start like this, as a sentence; null where it may.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads them.</summary>
    /// <param name="configuration">All of it.</param>
    /// <param name="databasePath">Path of the database, beside which the keys are by default.</param>
    public static AccountsOptions From(IConfiguration configuration, string databasePath)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Accounts");
        var folder = SettingText.Of(section["KeyFolder"]) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(databasePath))!, "planner-keys");
        var header = SettingText.Of(section["Proxy:Header"]);
        var (addresses, unreadable) = Networks(section.GetSection("Proxy:Addresses"));
        var role = SettingText.Of(section["Proxy:DefaultRole"]);
        var known = Enum.TryParse<Role>(role, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed);
        var enabled = SettingText.Of(section["Enabled"]);
        var isFlag = bool.TryParse(enabled ?? "false", out var on);
        var every = SettingText.Of(section["RevalidateSeconds"]);
        var isSpan = int.TryParse(every ?? "30", System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600;
        var requests = SettingText.Of(configuration[RequestLimits.Setting]);
        var isCount = requests is null || int.TryParse(requests, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _);
        return new AccountsOptions
        {
            Enabled = on,
            KeyFolder = Path.GetFullPath(folder),
            ProxyHeader = header,
            ProxyAddresses = addresses,
            ProxyDefaultRole = known ? parsed : null,
            Revalidation = TimeSpan.FromSeconds(isSpan ? seconds : 30),
            Fault = !isFlag ? AccountTexts.EnabledForm.With(enabled)
                : unreadable is not null ? AccountTexts.ProxyAddressForm.With(unreadable)
                : header is not null && addresses.Count == 0 ? AccountTexts.ProxyAddressesMissing
                : !isSpan ? AccountTexts.RevalidateForm.With(every)
                : !isCount ? AccountTexts.RequestsForm.With(requests)
                : role is not null && !known ? AccountTexts.ProxyRoleForm.With(role)
                : null,
        };
    }

    /// <summary>True where a request comes straight from a trusted proxy.</summary>
    public bool IsProxy(IPAddress? peer)
    {
        if (peer is { IsIPv4MappedToIPv6: true })
            peer = peer.MapToIPv4();
        return peer is not null && ProxyAddresses.Any(network => network.Contains(peer));
    }

    private static (IReadOnlyList<IPNetwork> Read, string? Unreadable) Networks(IConfigurationSection section)
    {
        var texts = section.GetChildren().Select(child => child.Value).Append(section.Value)
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToList();
        var read = new List<IPNetwork>();
        foreach (var text in texts)
        {
            // A single address is a network of one.
            if (IPAddress.TryParse(text, out var one))
            {
                // As the peer is compared: an IPv4 address is one in either spelling.
                if (one.IsIPv4MappedToIPv6)
                    one = one.MapToIPv4();
                read.Add(new IPNetwork(one, one.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                read.Add(network);
            }
            else
            {
                return ([], text);
            }
        }

        return (read, null);
    }
}
