using System.Security.Cryptography;
using Planner.Web.Api;

namespace Planner.Web.Security;

/// <summary>What every answer tells browsers to refuse: pages, files, the API and faults alike.</summary>
public static class SecurityHeaders
{
    private const int NonceBytes = 16;

    private static readonly object NonceKey = new();

    /// <summary>Comes before everything that answers. The headers are written as an answer begins, so that none is lost where a fault clears what was there.</summary>
    public static WebApplication UseSecurityHeaders(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                Write(context);
                return Task.CompletedTask;
            });
            return next(context);
        });
        return app;
    }

    /// <summary>What marks the inline scripts of an answer as the app's own; new with each request.</summary>
    public static string Nonce(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items[NonceKey] is string nonce)
            return nonce;
        nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        context.Items[NonceKey] = nonce;
        return nonce;
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(Nonce(context));
        headers.XContentTypeOptions = "nosniff";
        // For browsers that do not know frame-ancestors.
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        // Shared pages ask for more.
        headers.TryAdd("Referrer-Policy", "same-origin");
        // All of ours is.
        if (headers.ContentType == "text/plain" || headers.ContentType == "text/csv")
            headers.ContentType += "; charset=utf-8";
        // Pages bring it themselves; what programs ask for is as private.
        if (ApiPaths.IsApi(context))
            headers.TryAdd("Cache-Control", "no-store");
        // Whoever reads at a loopback name has other apps there, perhaps over plain http.
        if (context.Request.IsHttps && !ListenAddresses.IsLoopback(context.Request.Host.Host))
            headers.StrictTransportSecurity = "max-age=31536000";
    }

    /// <summary>Components set style attributes, and charts write style elements; scripts are files of the app, save the map of its modules.</summary>
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
