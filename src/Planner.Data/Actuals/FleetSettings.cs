using System.Net;
using Microsoft.Extensions.Configuration;
using Planner.Data.Feeds;

namespace Planner.Data.Actuals;

/// <summary>
/// What the operator allows of metrics: <c>Actuals:AllowedHosts</c>, the hosts on private networks that may be called, and <c>Actuals:Tokens:{host}</c>, the bearer token of a host. Targets are entered
/// by users, so neither is theirs to say; tokens are neither stored nor logged nor shown.
/// </summary>
internal sealed class FleetSettings(IConfiguration configuration)
{
    internal const string AllowedHostsKey = "Actuals:AllowedHosts";

    /// <summary>The token of a host; null for none.</summary>
    internal string? TokenOf(string host) => configuration[$"Actuals:Tokens:{host}"] is { } token && !string.IsNullOrWhiteSpace(token) ? token.Trim() : null;

    /// <summary>Whether an address of a host may be called: a public one always; one on a private network where the host's name, a domain that it belongs to or the address's network is allowed.</summary>
    internal bool Allows(string host, IPAddress address) => !NetworkAddresses.IsPrivate(address) || Allowed().Any(allowed => Names(allowed, host) || Holds(allowed, address));

    private static bool Names(string allowed, string host) => allowed.StartsWith("*.", StringComparison.Ordinal)
        ? host.Length >= allowed.Length && host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : allowed.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static bool Holds(string allowed, IPAddress address) =>
        IPNetwork.TryParse(allowed, out var network) && network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>A list, or names with commas between them, which is easier to write as a variable of the environment.</summary>
    private IEnumerable<string> Allowed()
    {
        var section = configuration.GetSection(AllowedHostsKey);
        return section.GetChildren().Select(child => child.Value).Append(section.Value).OfType<string>()
            .SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }
}
