using System.Net;
using System.Net.Sockets;

namespace Planner.Data.Feeds;

/// <summary>A host has no address that may be called.</summary>
internal sealed class AddressRefusedException(string message) : HttpRequestException(message);

/// <summary>Connects to hosts without being led into networks that nobody allowed: addresses are looked at when they are connected to, so that a name cannot change its meaning in between.</summary>
internal static class GuardedConnection
{
    /// <summary>Connects to the first address of a host that may be called.</summary>
    /// <param name="host">The host and port.</param>
    /// <param name="mayCall">Whether an address may be called.</param>
    /// <param name="refusal">What to say where none may.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AddressRefusedException">None may be called.</exception>
    internal static async ValueTask<Stream> OpenAsync(DnsEndPoint host, Func<IPAddress, bool> mayCall, string refusal, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken).ConfigureAwait(false);
        var callable = Array.FindAll(addresses, address => mayCall(address));
        if (callable.Length == 0)
            throw new AddressRefusedException(refusal);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(callable, host.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
