using System.Net;
using System.Text;

namespace Planner.Data.Feeds;

/// <summary>
/// Fetches a feed's file over http: conditional, compressed, bounded in size and time, with a few retries, through the proxy that the environment names. No address on a private network is
/// called unless the operator named it. Thread-safe.
/// </summary>
public sealed class FeedClient : IDisposable
{
    private const int MaxRedirects = 5;
    private const int MaxPages = 2_000;

    /// <summary>Longest pause that a source may ask for before another attempt; who asks for more is tried again by the schedule.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Pauses are up to so much longer than planned, so that many planners do not come back at the same moment.</summary>
    private const double Jitter = 0.25;

    private static readonly HttpRequestOptionsKey<bool> MayBePrivate = new("MayBePrivate");

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
            ConnectCallback = ConnectAsync,
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
            var (download, mayRetry, after) = await TryAsync(feed, address, known, cancellationToken).ConfigureAwait(false);
            if (!mayRetry || attempt == feed.RetryDelays.Count)
                return download;
            await Task.Delay(PauseOf(feed.RetryDelays[attempt], after), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The pause before another attempt: as planned and a little more, or as long as the source asks for.</summary>
    private static TimeSpan PauseOf(TimeSpan planned, TimeSpan? asked)
    {
        // Nothing depends on its being unpredictable.
#pragma warning disable CA5394
        var pause = planned * (1 + (Jitter * Random.Shared.NextDouble()));
#pragma warning restore CA5394
        return asked > pause ? TimeSpan.FromTicks(Math.Min(asked.Value.Ticks, LongestRetryAfter.Ticks)) : pause;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private async Task<Attempt> TryAsync(
        FeedOptions feed, Uri address, FeedValidators known, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(feed.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var first = await FollowAsync(feed, address, known, either.Token).ConfigureAwait(false);
            return feed.NextPage is { } next && first.Download.Content is { } page ? await RestAsync(feed, address, page, next, either.Token).ConfigureAwait(false) : first;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            return new(FeedDownload.Fail(FeedTexts.Unreachable.With(exception.Message)), true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(FeedDownload.Fail(FeedTexts.TimedOut.With(feed.Timeout.TotalSeconds)), true);
        }
    }

    /// <summary>One attempt.</summary>
    /// <param name="Download">What came of it.</param>
    /// <param name="MayRetry">Whether another one may fare better.</param>
    /// <param name="After">How long the source asks to be left alone; null where it does not say.</param>
    private readonly record struct Attempt(FeedDownload Download, bool MayRetry, TimeSpan? After = null);

    /// <summary>Gets the pages after the first, and gives all as one array of pages.</summary>
    private async Task<Attempt> RestAsync(FeedOptions feed, Uri address, byte[] first, TryNextPage next, CancellationToken cancellationToken)
    {
        using var pages = new MemoryStream();
        pages.WriteByte((byte)'[');
        pages.Write(first);
        var (page, asked, count) = (first, address, 1);
        while (true)
        {
            if (!next(page, asked, out var following))
                return new(FeedDownload.Fail(FeedTexts.PagesUnfinished.With(count)), false);
            if (following is null)
                break;
            if (!MayFollow(feed, address, asked, following))
                return new(FeedDownload.Fail(FeedTexts.RedirectRefused.With(following.Host)), false);
            var attempt = await FollowAsync(feed, following, FeedValidators.None, cancellationToken).ConfigureAwait(false);
            if (attempt.Download.Content is not { } content)
                return attempt;
            if (++count > MaxPages || pages.Length + content.Length > feed.MaxBytes)
                return new(TooLarge(feed), false);
            pages.WriteByte((byte)',');
            pages.Write(content);
            (page, asked) = (content, following);
        }

        pages.WriteByte((byte)']');
        return new(FeedDownload.Of(pages.ToArray(), FeedValidators.None), false);
    }

    /// <summary>Connects to the first address of a host that may be called.</summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        // A proxy is the operator's own, and it decides what it calls.
        var isProxy = HttpClient.DefaultProxy.GetProxy(context.InitialRequestMessage.RequestUri!)?.IdnHost == host;
        var mayBePrivate = isProxy || (context.InitialRequestMessage.Options.TryGetValue(MayBePrivate, out var allowed) && allowed);
        return await GuardedConnection.OpenAsync(
            context.DnsEndPoint, address => mayBePrivate || !NetworkAddresses.IsPrivate(address), FeedTexts.PrivateNetwork.With(host), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Attempt> FollowAsync(
        FeedOptions feed, Uri address, FeedValidators known, CancellationToken cancellationToken)
    {
        var target = address;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(feed.RequestBody is null ? HttpMethod.Get : HttpMethod.Post, target);
            request.Options.Set(MayBePrivate, feed.IsOwnUrl && target.Host == address.Host);
            if (feed.RequestBody is { } body)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (known.ETag is { } tag)
                request.Headers.TryAddWithoutValidation("If-None-Match", tag);
            if (known.LastModified is { } date)
                request.Headers.TryAddWithoutValidation("If-Modified-Since", date);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
                return await AnswerAsync(feed, response, known, cancellationToken).ConfigureAwait(false);

            if (response.Headers.Location is not { } location)
                return new(FeedDownload.Fail(FeedTexts.HttpStatus.With((int)response.StatusCode)), false);
            if (!Uri.TryCreate(target, location, out var next))
                return new(FeedDownload.Fail(FeedTexts.RedirectUnusable), false);
            if (!MayFollow(feed, address, target, next))
                return new(FeedDownload.Fail(FeedTexts.RedirectRefused.With(next.Host)), false);
            target = next;
        }

        return new(FeedDownload.Fail(FeedTexts.TooManyRedirects.With(MaxRedirects)), false);
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static bool MayFollow(FeedOptions feed, Uri first, Uri from, Uri to) =>
        IsHttp(to)
        && !(from.Scheme == Uri.UriSchemeHttps && to.Scheme == Uri.UriSchemeHttp)
        && (to.Authority == first.Authority || feed.RedirectHosts.Contains(to.Host, StringComparer.OrdinalIgnoreCase));

    private async Task<Attempt> AnswerAsync(
        FeedOptions feed, HttpResponseMessage response, FeedValidators known, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotModified)
            return new(known.IsEmpty ? FeedDownload.Fail(FeedTexts.NotModifiedUnasked) : FeedDownload.NotModified(known), false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var mayRetry = (int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
            return new(FeedDownload.Fail(FeedTexts.HttpStatus.With((int)response.StatusCode)), mayRetry, response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _time.GetUtcNow() : null);
        }

        if (response.Content.Headers.ContentLength > feed.MaxBytes)
            return new(TooLarge(feed), false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var content = await ReadAsync(stream, feed.MaxBytes, cancellationToken).ConfigureAwait(false);
            return new(content is null ? TooLarge(feed) : FeedDownload.Of(content, ValidatorsOf(response)), false);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <returns>Its content; null where it is longer than the limit, which is noticed before it is all read.</returns>
    internal static async Task<byte[]?> ReadAsync(Stream stream, int maxBytes, CancellationToken cancellationToken) =>
        await FeedFile.ReadAsync(stream, maxBytes, cancellationToken).ConfigureAwait(false) is var content && content.Length <= maxBytes ? content : null;

    private static FeedDownload TooLarge(FeedOptions feed) => FeedDownload.Fail(FeedTexts.TooLarge.With(feed.MaxBytes / (1024 * 1024)));

    private static FeedValidators ValidatorsOf(HttpResponseMessage response) => new(
        response.Headers.ETag?.ToString(),
        response.Content.Headers.TryGetValues("Last-Modified", out var values) ? values.FirstOrDefault() : null);
}
