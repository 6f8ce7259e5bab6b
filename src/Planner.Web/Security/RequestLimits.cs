using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Planner.Web.Accounts;
using Planner.Web.Api;
using Planner.Web.Components.Share;

namespace Planner.Web.Security;

/// <summary>How often a sender may ask for what is dear or can be guessed.</summary>
public static class RequestLimits
{
    /// <summary>Tries of passwords and codes that an address has a minute.</summary>
    public const int TriesAMinute = 10;

    /// <summary>Requests to the API that a caller has a minute where there are accounts and nothing else is set.</summary>
    public const int RequestsAMinute = 600;

    /// <summary>Requests for shared pages that an address has a minute.</summary>
    public const int SharedPagesAMinute = 120;

    /// <summary>Addresses of links that do not work which a sender may ask for in a minute, before links that do are refused too.</summary>
    public const int DeadLinksAMinute = 20;

    /// <summary>Wrong passcodes that a link takes an hour, from whomever.</summary>
    public const int WrongPasscodesAnHour = 20;

    internal const string Setting = "Api:RequestsPerMinute";

    private static readonly string[] Doors = ["/sign-in", "/sign-in/code", "/setup", "/account"];

    /// <summary>Registers the limits, each counted by itself. <c>Api:RequestsPerMinute</c> sets that of the API, 0 for none; by default there is one where there are accounts.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration, AccountsOptions accounts)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(accounts);
        // What is no number ends the start (AccountsOptions.Fault).
        var requests = int.TryParse(configuration[Setting], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : accounts.Enabled ? RequestsAMinute : 0;
        services.AddSingleton<ShareFailures>();
        return services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = RefuseAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PerMinute(TriesAMinute, context => (accounts.Enabled && IsTry(context.Request)) || IsPasscode(context.Request) ? Sender(context) : null),
                PerMinute(SharedPagesAMinute, context => Sharing.IsShared(context) ? Sender(context) : null),
                PerMinute(Math.Max(1, requests), context => requests > 0 && ApiPaths.IsApi(context) ? Caller(context) : null));
        });
    }

    /// <summary>A limit of requests a minute.</summary>
    /// <param name="most">Most requests.</param>
    /// <param name="whose">Who has that many; null where a request does not count.</param>
    internal static PartitionedRateLimiter<HttpContext> PerMinute(int most, Func<HttpContext, string?> whose) => PartitionedRateLimiter.Create<HttpContext, string>(
        context => whose(context) is { } key
            ? RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(""));

    private static ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken) => RefuseAsync(rejected.HttpContext, rejected.Lease, cancellationToken);

    /// <summary>Says that it is too much, and for how long.</summary>
    internal static async ValueTask RefuseAsync(HttpContext context, RateLimitLease lease, CancellationToken cancellationToken)
    {
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 60;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (ApiPaths.IsApi(context))
        {
            await Problems.Of(StatusCodes.Status429TooManyRequests, ApiTexts.TooManyRequests.With(seconds)).ExecuteAsync(context);
            return;
        }

        await TypedResults.Text(AccountTexts.TooManyTries, "text/plain", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }

    /// <summary>Where passwords and codes are given.</summary>
    private static bool IsTry(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && Doors.Contains(request.Path.Value?.TrimEnd('/'), StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the passcode of a link is given.</summary>
    private static bool IsPasscode(HttpRequest request) => HttpMethods.IsPost(request.Method) && Sharing.IsShared(request.HttpContext);

    /// <summary>Who asks: the user whatever the token, else the address.</summary>
    private static string Caller(HttpContext context) => context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value is { } id ? $"user {id}" : Sender(context);

    /// <summary>An address; of IPv6 the network, since one sender has all of it.</summary>
    internal static string Sender(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "–";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : new IPAddress([.. bytes.Take(8), .. new byte[8]]).ToString();
    }
}
