using System.Net.Http.Headers;
using System.Text.Json;
using Planner.Data.Stores;
using Planner.Domain.Scenarios;

namespace Planner.Web.Jobs;

/// <summary>What the webhook is sent: an alert as <c>GET /api/v1/alerts</c> lists it, and what happened.</summary>
/// <param name="Event">Always <c>decisionChanged</c>.</param>
/// <param name="Alert">The alert.</param>
public sealed record AlertMessage(string Event, DecisionAlert Alert);

/// <summary>What came of telling the webhook.</summary>
/// <param name="Text">As a sentence without the address.</param>
/// <param name="IsReached">False where nobody answered, so that another alert would fare no better now.</param>
public sealed record WebhookAnswer(string Text, bool IsReached);

/// <summary>Tells the address that the operator named of an alert: POST, one retry where nobody answers or the other side fails. The address may hold a secret, so no message quotes it. Thread-safe.</summary>
public sealed class AlertWebhook : IDisposable
{
    private const int Attempts = 2;
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;

    // Not of the factory, which would log addresses.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public AlertWebhook(TimeProvider time)
    {
        _time = time;
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Planner");
    }

    /// <summary>Posts an alert.</summary>
    public async Task<WebhookAnswer> TellAsync(string url, DecisionAlert alert, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            return new(Texts.WebhookUnusable, false);
        var body = JsonSerializer.SerializeToUtf8Bytes(new AlertMessage("decisionChanged", alert), ScenarioJson.Options);
        for (var attempt = 1; ; attempt++)
        {
            var (status, answer) = await TryAsync(address, body, cancellationToken);
            if (status is >= 200 and < 300)
                return new(Texts.WebhookTold.With(answer), true);
            // What the other side refuses it refuses again.
            if (status < 500)
                return new(Texts.WebhookRefused.With(answer), true);
            if (attempt == Attempts)
                return new(Texts.WebhookFailed.With(answer), status is not null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(int? Status, string Answer)> TryAsync(Uri address, byte[] body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestAttempt, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return ((int)response.StatusCode, Texts.WebhookStatus.With((int)response.StatusCode));
        }
        catch (HttpRequestException exception)
        {
            // Its message may name the host; the kind of error says enough.
            return (null, Texts.WebhookNoConnection.With(exception.HttpRequestError));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, Texts.WebhookTimedOut.With(LongestAttempt.TotalSeconds));
        }
    }
}
