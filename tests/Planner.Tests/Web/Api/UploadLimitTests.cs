using System.Net;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>A refusal of what is too large says what may be; over a socket, which alone has a limit of its own.</summary>
public sealed class UploadLimitTests(SocketHost host) : IClassFixture<SocketHost>
{
    [Theory]
    [InlineData("/api/v1/feeds/lists/preview", false, "The body may have at most 20971520 bytes.")]
    [InlineData("/api/v1/feeds/lists/preview", true, "The body may have at most 21037056 bytes.")]
    [InlineData("/api/v1/evaluate", true, "The body may have at most 1000000 bytes.")]
    public async Task Body_that_is_too_large_is_refused_with_the_limit_whether_or_not_it_says_its_length(string address, bool chunked, string sentence)
    {
        using var client = new HttpClient();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[22_000_000]), "file", "prices.csv" } };
        using HttpContent body = address.Contains("/feeds/", StringComparison.Ordinal) ? form : new ByteArrayContent(new byte[22_000_000]) { Headers = { { "Content-Type", "application/json" } } };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, address)) { Content = body };
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
