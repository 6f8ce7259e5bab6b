using System.Net;
using System.Net.Sockets;

namespace Planner.Data.Feeds;

/// <summary>Which addresses lead into the operator's own networks.</summary>
public static class NetworkAddresses
{
    // RFC 6890's registry of addresses that are not globally reachable, as far as anything answers there.
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("224.0.0.0/3"), IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b:1::/48"),
        // Tunnels (Teredo, 6to4) end at an IPv4 address that may be of any network.
        IPNetwork.Parse("2001::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"), IPNetwork.Parse("ff00::/8"),
    ];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>True for loopback, private, link-local, shared and multicast addresses, also where they are written as IPv6.</summary>
    /// <param name="address">An address.</param>
    public static bool IsPrivate(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6)
            return IsPrivate(address.MapToIPv4());
        // An IPv4 address in the prefix of a translator is reached as that address.
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && Translated.Contains(address))
            return IsPrivate(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return Array.Exists(Private, network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }
}
