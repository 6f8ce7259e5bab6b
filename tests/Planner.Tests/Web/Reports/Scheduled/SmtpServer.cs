using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>A mail server on this machine that speaks as much of the protocol as a sender needs, and keeps what it is told. It offers no STARTTLS.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public SmtpServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The messages that it took, as they came.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Every line that was no part of a message.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>Its answer to a command in place of the usual one; null for the usual one.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    /// <summary>Where it ends the connection without a word: <c>DATA</c>, within the message, or <c>.</c>, once it has it; null for nowhere.</summary>
    public string? DropsAt { get; set; }

    /// <summary>Whether senders may sign in.</summary>
    public bool OffersSignIn { get; init; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    /// <summary>The value of a header of a message, its folded lines joined.</summary>
    public static string Header(string message, string name) =>
        Regex.Match(Head(message), $@"(?im)^{Regex.Escape(name)}:\s*(?<value>.*)$").Groups["value"].Value.Trim();

    /// <summary>The text of a message, and its attachments by media type, decoded.</summary>
    public static (string Text, IReadOnlyList<(string Type, byte[] Content)> Attachments) Parts(string message)
    {
        var boundary = Regex.Match(Head(message), "boundary=\"?(?<it>[^\"\r\n;]+)").Groups["it"].Value;
        var parts = message.Split($"--{boundary}")[1..^1].Select(part => part.Trim('\r', '\n')).Select(part => (Head: Head(part), Body: part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])).ToList();
        var read = parts.Select(part => (
            Type: Regex.Match(part.Head, @"(?im)^content-type:\s*(?<it>[^;\s]+)").Groups["it"].Value,
            Content: part.Head.Contains("base64", StringComparison.OrdinalIgnoreCase) ? Convert.FromBase64String(part.Body) : Encoding.UTF8.GetBytes(part.Body))).ToList();
        return (Encoding.UTF8.GetString(read[0].Content), read[1..]);
    }

    private static string Head(string text) => Regex.Replace(text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)], "\r\n[ \t]+", " ");

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        try
        {
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(_end.Token) is { } line)
            {
                Commands.Enqueue(line);
                if (Answer(line) is { } answer)
                    await writer.WriteLineAsync(answer);
                else if (line.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase))
                    await writer.WriteLineAsync(OffersSignIn ? "250-test\r\n250 AUTH LOGIN" : "250 test");
                else if (line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase))
                    await SignInAsync(line, reader, writer);
                else if (line.Equals("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    if (!await TakeAsync(reader, writer))
                        return;
                }
                else if (line.Equals("QUIT", StringComparison.OrdinalIgnoreCase))
                    return;
                else
                    await writer.WriteLineAsync("250 ok");
            }
        }
        catch (IOException)
        {
            // The sender left.
        }
    }

    private async Task SignInAsync(string line, StreamReader reader, StreamWriter writer)
    {
        if (line.Split(' ').Length < 3)
        {
            await writer.WriteLineAsync("334 VXNlcm5hbWU6");
            Commands.Enqueue(await reader.ReadLineAsync(_end.Token) ?? "");
        }

        await writer.WriteLineAsync("334 UGFzc3dvcmQ6");
        Commands.Enqueue(await reader.ReadLineAsync(_end.Token) ?? "");
        await writer.WriteLineAsync(Answer("signed in") ?? "235 ok");
    }

    private async Task<bool> TakeAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        if (DropsAt == "DATA")
            return false;
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        Messages.Enqueue(message.ToString());
        if (DropsAt == ".")
            return false;
        await writer.WriteLineAsync(Answer(".") ?? "250 taken");
        return true;
    }
}
