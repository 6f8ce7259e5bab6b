using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;

namespace Planner.Load;

/// <summary>A browser's end of a circuit, without the browser: takes what the server sends, one message at a time.</summary>
/// <param name="http">For everything but the socket.</param>
/// <param name="address">The app.</param>
internal sealed class HubConnection(HttpClient http, Uri address) : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _leaving = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Takes a message, its length left away.</summary>
    public delegate void Receiver(ReadOnlySpan<byte> message);

    /// <summary>Why the connection ended by itself; null while it did not.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Bytes that came.</summary>
    public long Received { get; private set; }

    public async Task OpenAsync(Receiver receive, Action<Exception> ended)
    {
        using var negotiated = await http.PostAsync(new Uri(address, "_blazor/negotiate?negotiateVersion=1"), null);
        negotiated.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync());
        var token = answer.RootElement.GetProperty("connectionToken").GetString()!;
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://{address.Authority}/_blazor?id={Uri.EscapeDataString(token)}")), CancellationToken.None);
        await SendAsync(HubMessages.Handshake, WebSocketMessageType.Text);
        _reading = ReadAsync(receive, ended);
    }

    public Task SendAsync(byte[] frame) => SendAsync(frame, WebSocketMessageType.Binary);

    /// <summary>Ends the connection, with a goodbye or as a laptop that is shut.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _leaving.Dispose();
        _turn.Dispose();
    }

    private async Task SendAsync(byte[] frame, WebSocketMessageType type)
    {
        await _turn.WaitAsync();
        try
        {
            await _socket.SendAsync(frame, type, true, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAsync(Receiver receive, Action<Exception> ended)
    {
        var (buffer, filled, greeted) = (new byte[8192], 0, false);
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                    Array.Resize(ref buffer, buffer.Length * 2);
                var got = await _socket.ReceiveAsync(buffer.AsMemory(filled), _leaving.Token);
                if (got.MessageType == WebSocketMessageType.Close)
                    throw new InvalidOperationException($"The server closed the connection: {_socket.CloseStatusDescription}");
                filled += got.Count;
                Received += got.Count;
                var taken = 0;
                if (!greeted && buffer.AsSpan(0, filled).IndexOf((byte)0x1e) is >= 0 and var end)
                    (greeted, taken) = (true, end + 1);
                while (greeted && HubMessages.LengthOf(buffer.AsSpan(taken, filled - taken)) is { } head && filled - taken >= head.Taken + head.Length)
                {
                    receive(buffer.AsSpan(taken + head.Taken, head.Length));
                    taken += head.Taken + head.Length;
                }

                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
            }
        }
        catch (OperationCanceledException)
        {
            // Left on purpose.
        }
        catch (Exception exception) when (_leaving.IsCancellationRequested && exception is WebSocketException or ObjectDisposedException)
        {
            // Likewise.
        }
        catch (Exception exception) when (exception is WebSocketException or InvalidOperationException or InvalidDataException)
        {
            Fault = exception;
            ended(exception);
        }
    }
}
