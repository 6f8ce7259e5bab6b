using Xunit;

namespace Planner.Tests.Web.Hosting;

/// <summary>Whoever asks for the head gets that of the answer.</summary>
public sealed class HeadTests(SocketHost host) : IClassFixture<SocketHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/scenarios")]
    [InlineData("/no-such-page")]
    [InlineData("/favicon.svg")]
    [InlineData("/health/ready")]
    [InlineData("/api/v1/scenarios")]
    [InlineData("/api/v1/scenarios/no-such-scenario")]
    public async Task Head_is_that_of_the_answer(string path)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var whole = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        // Twice on one connection: bytes that follow a head would be read as the next answer.
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var head = await client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(whole.StatusCode, head.StatusCode);
            Assert.Equal(whole.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }
}
