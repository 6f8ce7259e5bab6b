using System.Net;
using System.Net.Sockets;

namespace Planner.Tests.Data.Usage.Databases;

/// <summary>Passes connections on to a server of this machine and counts what comes back.</summary>
internal sealed class CountingRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private long _bytes;

    internal CountingRelay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that the server has sent.</summary>
    internal long Bytes => Interlocked.Read(ref _bytes);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The relay is over.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(CopyAsync(client, server, counts: false), CopyAsync(server, client, counts: true));
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool counts)
    {
        var block = new byte[1 << 16];
        try
        {
            while (await from.GetStream().ReadAsync(block) is > 0 and var length)
            {
                if (counts)
                    Interlocked.Add(ref _bytes, length);
                await to.GetStream().WriteAsync(block.AsMemory(0, length));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // One side hung up, which ends both.
        }
    }
}
