using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Planner.BrowserTests;

/// <summary>An address that leads to a server, which listens on the same port of another one, while it is open; when it is closed all connections are cut, and none goes on.</summary>
internal sealed class Way : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = [];
    private readonly Task _taking;
    private volatile bool _isOpen;

    internal Way()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _taking = TakeAsync();
    }

    internal Uri Address { get; }

    /// <summary>Where the server listens: it answers on its own port only.</summary>
    internal Uri Target => new($"http://127.0.0.2:{Address.Port}/");

    internal void Open() => _isOpen = true;

    internal void Close()
    {
        _isOpen = false;
        foreach (var client in _open.Keys)
            client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        _listener.Dispose();
        await _taking;
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
                _ = LeadAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // No longer taken.
        }
    }

    private async Task LeadAsync(TcpClient client)
    {
        using var from = client;
        using var to = new TcpClient();
        _open[from] = true;
        try
        {
            if (!_isOpen)
                return;
            await to.ConnectAsync(Target.Host, Target.Port);
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            // Cut, on either side.
        }
        finally
        {
            _open.TryRemove(from, out _);
        }
    }
}
