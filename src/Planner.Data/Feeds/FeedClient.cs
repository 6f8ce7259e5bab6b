using System.Net;

namespace Planner.Data.Feeds;

/// <summary>Fetches a feed's file over http: conditional, compressed, bounded in size and time, with a few retries. Thread-safe.</summary>
public sealed class FeedClient : IDisposable
{
    private const int MaxRedirects = 5;
    private const int BufferSize = 81920;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public FeedClient(TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed here, so that none leads where nobody allowed.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli | DecompressionMethods.Deflate,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("Planner");
    }

    /// <summary>Gets the feed's file.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="known">Validators of the content that was accepted last.</param>
    /// <param name="cancellationToken">Cancels the request and the pauses between attempts.</param>
    /// <returns>The file, or that it is not modified, or why it cannot be had.</returns>
    public async Task<FeedDownload> GetAsync(FeedOptions feed, FeedValidators known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(known);
        if (!Uri.TryCreate(feed.Url, UriKind.Absolute, out var address) || !IsHttp(address))
            return FeedDownload.Fail(FeedTexts.UrlUnusable);

        for (var attempt = 0; ; attempt++)
        {
            var (download, mayRetry) = await TryAsync(feed, address, known, cancellationToken).ConfigureAwait(false);
            if (!mayRetry || attempt == feed.RetryDelays.Count)
                return download;
            await Task.Delay(feed.RetryDelays[attempt], _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private async Task<(FeedDownload Download, bool MayRetry)> TryAsync(
        FeedOptions feed, Uri address, FeedValidators known, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(feed.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FollowAsync(feed, address, known, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            return (FeedDownload.Fail(FeedTexts.Unreachable.With(exception.Message)), true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (FeedDownload.Fail(FeedTexts.TimedOut.With(feed.Timeout.TotalSeconds)), true);
        }
    }

    private async Task<(FeedDownload Download, bool MayRetry)> FollowAsync(
        FeedOptions feed, Uri address, FeedValidators known, CancellationToken cancellationToken)
    {
        var target = address;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            if (known.ETag is { } tag)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            if (known.LastModified is { } date)
                request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
                return await AnswerAsync(feed, response, known, cancellationToken).ConfigureAwait(false);

            if (response.Headers.Location is not { } location)
                return (FeedDownload.Fail(FeedTexts.HttpStatus.With((int)response.StatusCode)), false);
            if (!Uri.TryCreate(target, location, out var next))
                return (FeedDownload.Fail(FeedTexts.RedirectUnusable), false);
            if (!MayFollow(feed, address, target, next))
                return (FeedDownload.Fail(FeedTexts.RedirectRefused.With(next.Host)), false);
            target = next;
        }

        return (FeedDownload.Fail(FeedTexts.TooManyRedirects.With(MaxRedirects)), false);
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static bool MayFollow(FeedOptions feed, Uri first, Uri from, Uri to) =>
        IsHttp(to)
        && !(from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
        && (to.Authority == first.Authority || feed.RedirectHosts.Contains(to.Host, StringComparer.OrdinalIgnoreCase));

    private static async Task<(FeedDownload Download, bool MayRetry)> AnswerAsync(
        FeedOptions feed, HttpResponseMessage response, FeedValidators known, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotModified)
            return (known.IsEmpty ? FeedDownload.Fail(FeedTexts.NotModifiedUnasked) : FeedDownload.NotModified(known), false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var mayRetry = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
            return (FeedDownload.Fail(FeedTexts.HttpStatus.With((int)response.StatusCode)), mayRetry);
        }

        if (response.Content.Headers.ContentLength > feed.MaxBytes)
            return (TooLarge(feed), false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var content = await ReadAsync(stream, feed.MaxBytes, cancellationToken).ConfigureAwait(false);
            return (content is null ? TooLarge(feed) : FeedDownload.Of(content, ValidatorsOf(response)), false);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <returns>Its content; null where it is longer than the limit, which is noticed before it is all read.</returns>
    internal static async Task<byte[]?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[BufferSize];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            if (content.Length + read > maxBytes)
                return null;
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static FeedDownload TooLarge(FeedOptions feed) => FeedDownload.Fail(FeedTexts.TooLarge.With(feed.MaxBytes / (1024 * 1024)));

    private static FeedValidators ValidatorsOf(HttpResponseMessage response) => new(
        response.Headers.ETag?.ToString(),
        response.Content.Headers.TryGetValues("Last-Modified", out var values) ? values.FirstOrDefault() : null);
}
