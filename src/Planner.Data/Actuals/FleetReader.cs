using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Planner.Data.Feeds;
using Planner.Domain.Actuals;

namespace Planner.Data.Actuals;

/// <summary>A replica of a fleet that was read.</summary>
/// <param name="Name">Its address, or Prometheus' label <c>instance</c>.</param>
/// <param name="Reading">What it said; null where it did not.</param>
/// <param name="Fault">Why not, as a sentence; null where it did.</param>
public sealed record FleetReplica(string Name, FleetReading? Reading, string? Fault);

/// <summary>What a fleet said when it was read.</summary>
/// <param name="AtUtc">When it was.</param>
/// <param name="Replicas">Its replicas; empty where the draft or the server of Prometheus is at fault.</param>
/// <param name="Fault">Why it, or a part of it, did not answer, as a sentence; null where all is well.</param>
public sealed record FleetTrial(DateTime AtUtc, IReadOnlyList<FleetReplica> Replicas, string? Fault)
{
    /// <summary>What is kept of it; null where no replica answered.</summary>
    internal FleetSnapshot? Snapshot => Replicas.Where(replica => replica.Reading is not null).ToDictionary(replica => replica.Name, replica => replica.Reading!, StringComparer.Ordinal) is { Count: > 0 } readings
        ? new FleetSnapshot(AtUtc, readings) : null;
}

/// <summary>
/// Reads the metrics of running fleets over HTTP: bounded in size and time, no redirects, no proxy, and no address on a private network that the operator has not allowed. What is answered is never logged
/// or quoted. Thread-safe.
/// </summary>
public sealed class FleetReader : IDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    private readonly FleetSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public FleetReader(IConfiguration configuration, TimeProvider time)
    {
        (_settings, _time) = (new FleetSettings(configuration), time);
        // Not of the factory, which would log addresses. A proxy would connect where we may not.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = (context, cancellationToken) => GuardedConnection.OpenAsync(
                context.DnsEndPoint, address => _settings.Allows(context.DnsEndPoint.Host, address),
                ActualsTexts.PrivateNetwork.With(context.DnsEndPoint.Host, FleetSettings.AllowedHostsKey), cancellationToken),
            ConnectTimeout = LongestAnswer,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Planner");
    }

    /// <summary>Reads a fleet once; the network's faults are in the answer.</summary>
    /// <param name="draft">Where its metrics are.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<FleetTrial> ReadAsync(FleetTargetDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var at = _time.GetUtcNow().UtcDateTime;
        if (FleetRules.Check(draft, scenario: null) is [var problem, ..])
            return new FleetTrial(at, [], problem.Message);
        if (draft.Kind == FleetTargetKinds.Prometheus)
            return await AskAsync(draft, at, cancellationToken);
        var replicas = await Task.WhenAll(draft.Addresses.Select(address => ReadAsync(address, at, cancellationToken)));
        var silent = Array.FindAll(replicas, replica => replica.Fault is not null);
        return new FleetTrial(at, replicas, silent switch
        {
            [] => null,
            [var only] when replicas.Length == 1 => only.Fault,
            [var first, ..] => ActualsTexts.ReplicasSilent.With(silent.Length, replicas.Length, first.Name, first.Fault),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<FleetReplica> ReadAsync(Uri address, DateTime at, CancellationToken cancellationToken)
    {
        var (content, fault) = await GetAsync(address.AbsolutePath == "/" ? new Uri(address, "/metrics") : address, cancellationToken);
        if (content is null)
            return new FleetReplica(address.AbsoluteUri, null, fault);
        var samples = PrometheusText.Read(content, out fault);
        return fault is null && EngineMetrics.Read(samples, at) is { } reading
            ? new FleetReplica(address.AbsoluteUri, reading, null) : new FleetReplica(address.AbsoluteUri, null, fault ?? ActualsTexts.EngineUnknown);
    }

    private async Task<FleetTrial> AskAsync(FleetTargetDraft draft, DateTime at, CancellationToken cancellationToken)
    {
        var answers = new List<byte[]>();
        foreach (var question in PrometheusServer.Questions(draft.Addresses[0], draft.Selector))
        {
            var (content, refusal) = await GetAsync(question, cancellationToken);
            if (content is null)
                return new FleetTrial(at, [], refusal);
            answers.Add(content);
        }

        var readings = PrometheusServer.Read(answers, at, out var fault);
        return new FleetTrial(at, fault is null ? [.. readings.Select(replica => new FleetReplica(replica.Key, replica.Value, null))] : [], fault);
    }

    private async Task<(byte[]? Content, string? Fault)> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestAnswer, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (_settings.TokenOf(address.Host) is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode != HttpStatusCode.OK)
                return (null, Refusal(response.StatusCode, address.Host));
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await FeedClient.ReadAsync(stream, PrometheusText.MaxBytes, either.Token) is { } content ? (content, null) : (null, ActualsTexts.MetricsTooLarge.With(PrometheusText.MaxBytes / (1024 * 1024)));
        }
        catch (HttpRequestException exception)
        {
            // Its message may quote what was answered; the kind of error says enough.
            return (null, exception.InnerException is AddressRefusedException refused ? refused.Message : ActualsTexts.Unreachable.With(exception.HttpRequestError));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return (null, ActualsTexts.BrokeOff);
        }
        catch (FormatException)
        {
            // A token that may not stand in a header.
            return (null, ActualsTexts.TokenBad.With(address.Host));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, ActualsTexts.TimedOut.With(LongestAnswer.TotalSeconds));
        }
    }

    private static string Refusal(HttpStatusCode status, string host) => (int)status switch
    {
        401 or 403 => ActualsTexts.AccessRefused.With(host),
        >= 300 and < 400 => ActualsTexts.Redirects,
        var number => ActualsTexts.HttpStatus.With(number),
    };
}
