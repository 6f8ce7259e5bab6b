using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Planner.Load;

/// <summary>A scenario's page that is open in a browser which draws nothing: it acknowledges what is rendered, answers what scripts are asked, and types into one input.</summary>
/// <remarks>The memory and the work of a browser are left out; what the server sends and is sent is that of a reader, charts and the kept draft with it.</remarks>
internal sealed partial class PageCircuit : IAsyncDisposable
{
    private const string Input = "in-workload-requestsPerMonth";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly HubConnection _hub;
    private readonly InputHandlers _input = new(Input);

    // A browser has one thread: no event is sent with a handler that a batch, acknowledged meanwhile, has replaced.
    private readonly Lock _page = new();
    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Awaited? _awaited;
    private long _calls;
    private int _modules;
    private long? _renderer;
    private Exception? _fault;

    private PageCircuit(HttpClient http, Uri address)
    {
        (_http, _address) = (http, address);
        _hub = new HubConnection(http, address);
    }

    /// <summary>Bytes that came over the circuit.</summary>
    public long Received => _hub.Received;

    /// <summary>Gets the page, opens its circuit and waits until the input can be typed into.</summary>
    public static async Task<PageCircuit> OpenAsync(HttpClient http, Uri address, string path)
    {
        var page = await http.GetStringAsync(new Uri(address, path));
        var circuit = new PageCircuit(http, address);
        try
        {
            await circuit._hub.OpenAsync(circuit.Receive, circuit.End);
            var state = StateOf().Match(page) is { Success: true } found ? found.Groups[1].Value : "";
            await circuit._hub.SendAsync(HubMessages.Call("StartCircuit", "0", address.ToString(), new Uri(address, path).ToString(), "[]", state));
            if (await circuit._started.Task.WaitAsync(Patience) is null)
                throw new InvalidOperationException("The server started no circuit.");
            var adds = Markers().Matches(page).Select((marker, i) => $"{{\"type\":\"add\",\"ssrComponentId\":{i + 1},\"marker\":{marker.Groups[1].Value}}}");
            await circuit._hub.SendAsync(HubMessages.Call("UpdateRootComponents", null, $"{{\"batchId\":1,\"operations\":[{string.Join(',', adds)}]}}", state));
            await circuit._shown.Task.WaitAsync(Patience);
            return circuit;
        }
        catch
        {
            await circuit._hub.DisposeAsync();
            throw;
        }
    }

    /// <summary>Types a number at once, as one who pastes it, waits for the answer and leaves the box.</summary>
    /// <param name="text">What is typed.</param>
    /// <param name="figure">What the answer says then.</param>
    /// <returns>Time from the key to the render batch with the figure, and to the data of the last chart.</returns>
    public async Task<(TimeSpan Answer, TimeSpan Charts)> EditAsync(string text, string figure)
    {
        if (_fault is not null)
            throw _fault;
        var awaited = _awaited = new Awaited(Encoding.UTF8.GetBytes(figure));
        await RaiseAsync("input", text);
        await WaitAsync(awaited.Answered.Task, $"No verdict came for {text}: {figure}");
        await WaitAsync(awaited.Drawn.Task, $"No chart came for {text}.");
        await RaiseAsync("change", text);
        return (awaited.Answer, awaited.Charts);
    }

    private static async Task WaitAsync(Task what, string fault)
    {
        try
        {
            await what.WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(fault, exception);
        }
    }

    /// <summary>Closes the page as a browser does, which tells the server.</summary>
    public async Task LeaveAsync()
    {
        using var form = new MultipartFormDataContent { { new StringContent(await _started.Task ?? ""), "circuitId" } };
        using var answer = await _http.PostAsync(new Uri(_address, "_blazor/disconnect"), form);
        answer.EnsureSuccessStatusCode();
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private Task RaiseAsync(string name, string value)
    {
        lock (_page)
        {
            var handler = name == "input" ? _input.OnInput : _input.OnChange;
            return _hub.SendAsync(HubMessages.Call(
                "BeginInvokeDotNetFromJS", null, (++_calls).ToString(CultureInfo.InvariantCulture), null, "DispatchEventAsync", _renderer,
                JsonSerializer.Serialize(new object[] { new { eventHandlerId = handler, eventName = name, eventFieldInfo = new { componentId = _input.Component, fieldValue = value } }, new { value } })));
        }
    }

    private void End(Exception fault)
    {
        _fault = fault;
        _started.TrySetException(fault);
        _shown.TrySetException(fault);
        _awaited?.Fail(fault);
    }

    private void Receive(ReadOnlySpan<byte> message)
    {
        var reader = new MessageReader(message);
        reader.Array();
        switch (reader.Integer())
        {
            case HubMessages.Completion:
                reader.SkipHeaders();
                _ = reader.Text();
                if (reader.Integer() == 3)
                    _started.TrySetResult(reader.Text());
                else
                    _started.TrySetResult(null);
                break;
            case HubMessages.Close:
                throw new InvalidOperationException($"The server closed the circuit: {reader.Text()}");
            case HubMessages.Invocation:
                reader.SkipHeaders();
                reader.Bytes();
                Invoke(reader.Text(), ref reader);
                break;
        }
    }

    private void Invoke(string? target, ref MessageReader arguments)
    {
        arguments.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var id = arguments.Integer();
                var batch = arguments.Bytes();
                _awaited?.Look(batch);
                lock (_page)
                {
                    _input.Read(batch);
                    _ = SendQuietlyAsync(HubMessages.Call("OnRenderCompleted", null, id, null));
                }

                LookReady();
                break;
            case "JS.BeginInvokeJS":
                var (task, name, json, kind) = (arguments.Integer(), arguments.Text(), arguments.Text(), arguments.Integer());
                Answer(task, name!, json ?? "[]", kind);
                break;
            case "JS.Error":
                throw new InvalidOperationException($"The circuit failed: {arguments.Text()}");
        }
    }

    private void Answer(long task, string name, string json, long kind)
    {
        if (name == "Blazor._internal.attachWebRendererInterop")
        {
            using var given = JsonDocument.Parse(json);
            _renderer = given.RootElement[1].GetProperty("__dotNetObject").GetInt64();
            LookReady();
        }

        // The last chart's data end an edit, as its drawing would.
        if (name == "show")
            _awaited?.Draw();
        if (task == 0)
            return;
        var result = kind == 1 ? $"{{\"__jsObjectId\":{++_modules}}}" : "null";
        _ = SendQuietlyAsync(HubMessages.Call("EndInvokeJSFromDotNet", null, task, true, $"[{task},true,{result}]"));
    }

    private void LookReady()
    {
        if (_input.Component is not null && _renderer is not null)
            _shown.TrySetResult();
    }

    /// <summary>What fails here is told by the reader of the same socket.</summary>
    private async Task SendQuietlyAsync(byte[] frame)
    {
        try
        {
            await _hub.SendAsync(frame);
        }
        catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?\})-->""")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex StateOf();

    /// <summary>An edit that was sent.</summary>
    private sealed class Awaited(byte[] figure)
    {
        private readonly long _sent = Stopwatch.GetTimestamp();

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Drawn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Answer { get; private set; }

        public TimeSpan Charts { get; private set; }

        public void Look(ReadOnlySpan<byte> batch)
        {
            if (Answered.Task.IsCompleted || batch.IndexOf(figure) < 0)
                return;
            Answer = Stopwatch.GetElapsedTime(_sent);
            Answered.TrySetResult();
        }

        public void Draw()
        {
            if (!Answered.Task.IsCompleted || Drawn.Task.IsCompleted)
                return;
            Charts = Stopwatch.GetElapsedTime(_sent);
            Drawn.TrySetResult();
        }

        public void Fail(Exception fault)
        {
            Answered.TrySetException(fault);
            Drawn.TrySetException(fault);
        }
    }
}
