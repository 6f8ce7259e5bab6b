using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Planner.Web.Reports;

/// <summary>Where this process can be reached from its own machine.</summary>
public sealed class OwnAddress(IServer server)
{
    /// <summary>An address of the app on the loopback interface; null before it listens, or where it listens on none.</summary>
    public Uri? Loopback => Choose(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);

    /// <summary>The address to use of those a server listens on, plain HTTP before HTTPS; null where none can be reached from the machine itself.</summary>
    public static Uri? Choose(IEnumerable<string> addresses) => addresses.Select(BindingAddress.Parse)
        .Where(address => !address.IsUnixPipe && !address.IsNamedPipe && address.Port > 0)
        .OrderBy(address => address.Scheme == Uri.UriSchemeHttp ? 0 : 1)
        .Select(address => LoopbackHost(address.Host) is { } host ? new Uri($"{address.Scheme}://{host}:{address.Port}{address.PathBase}/") : null)
        .FirstOrDefault(uri => uri is not null);

    private static string? LoopbackHost(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return "localhost";
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
            // Kestrel takes any other name for "all interfaces".
            return "127.0.0.1";
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return "127.0.0.1";
        return host;
    }
}
