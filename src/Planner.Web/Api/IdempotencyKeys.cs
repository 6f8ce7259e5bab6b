using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Planner.Data;
using Planner.Data.Stores;
using Planner.Web.Accounts;

namespace Planner.Web.Api;

/// <summary>Marks an endpoint whose requests may come with an <c>Idempotency-Key</c>.</summary>
internal sealed class IdempotencyMetadata;

/// <summary>
/// Lets a sender repeat a request that stores something, such as after a broken connection, and get the first answer again instead of doing it twice. A request that was refused, or for which there was no room, did nothing, so its key is free again.
/// </summary>
public sealed partial class IdempotencyKeys(RequestDelegate next, IdempotencyStore store, IDataProtectionProvider protection, ILogger<IdempotencyKeys> log)
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Header of an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 255;
    private const int LongestBody = JsonBody<object>.MaxBytes;

    /// <summary>Keys of requests that did nothing, where there was no room to forget them either.</summary>
    private readonly ConcurrentDictionary<string, bool> _toForget = new();

    private readonly IDataProtector _protector = protection.CreateProtector("Planner.IdempotencyFingerprint");

    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Headers[Header] is not [_, ..] keys || context.GetEndpoint()?.Metadata.GetMetadata<IdempotencyMetadata>() is null)
        {
            await next(context);
        }
        else if (keys is not [{ Length: > 0 and <= LongestKey } key] || key.Any(letter => letter is < ' ' or > '~'))
        {
            await Problems.Invalid(Header, ApiTexts.IdempotencyForm.With(LongestKey)).ExecuteAsync(context);
        }
        else if (context.Request.HasFormContentType)
        {
            // A file counts once however often it comes, and would have to be read twice to be compared.
            await Problems.Invalid(Header, ApiTexts.IdempotencyFile).ExecuteAsync(context);
        }
        else
        {
            await AnswerAsync(context, key);
        }
    }

    private async Task AnswerAsync(HttpContext context, string key)
    {
        var body = await ReadAsync(context.Request);
        // What is too long is refused by the endpoint, whatever the key.
        if (body is null)
        {
            await next(context);
            return;
        }

        var userId = Callers.IdOf(context.User);
        var keyHash = Hash(Encoding.UTF8.GetBytes($"{userId}\n{Callers.WorkspaceIdOf(context.User)}\n{key}"));
        var request = $"{context.Request.Method}\n{context.Request.Path}{context.Request.QueryString}\n{context.Request.Headers.IfMatch}\n";
        var asked = Hash([.. Encoding.UTF8.GetBytes(request), .. body]);
        // Taken out first: of two repetitions at once, one forgets the request before it begins anew.
        if (_toForget.TryRemove(keyHash, out _))
            await ForgetAsync(keyHash);
        switch (await store.BeginAsync(keyHash, userId, _protector.Protect(asked), context.RequestAborted))
        {
            case KeyedRequest.Full:
                await Problems.Of(StatusCodes.Status429TooManyRequests, ApiTexts.IdempotencyFull).ExecuteAsync(context);
                break;
            case KeyedRequest.Known known:
                await RepeatAsync(context, known, asked);
                break;
            default:
                await DoAsync(context, keyHash);
                break;
        }
    }

    private Task RepeatAsync(HttpContext context, KeyedRequest.Known known, string asked)
    {
        switch (Unprotect(known.Fingerprint), known.Answer)
        {
            case (null, _):
                return Problems.Of(StatusCodes.Status409Conflict, ApiTexts.IdempotencyLost).ExecuteAsync(context);
            case (var first, _) when first != asked:
                return Problems.Of(StatusCodes.Status422UnprocessableEntity, ApiTexts.IdempotencyOther).ExecuteAsync(context);
            case (_, null):
                return Problems.Of(StatusCodes.Status409Conflict, ApiTexts.IdempotencyBegun).ExecuteAsync(context);
            case (_, { Body: null } answer):
                context.Response.Headers.Location = answer.Location;
                return Problems.Of(StatusCodes.Status409Conflict, ApiTexts.IdempotencyUnkept).ExecuteAsync(context);
            case (_, { } answer):
                return RepeatAsync(context.Response, answer);
        }
    }

    /// <summary>Null where the keys that it was encrypted with are lost.</summary>
    private string? Unprotect(string fingerprint)
    {
        try
        {
            return _protector.Unprotect(fingerprint);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private async Task DoAsync(HttpContext context, string keyHash)
    {
        var sent = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        var leaving = context.RequestAborted;
        // A sender who has gone will ask again: what was begun is ended, so that there is an answer then.
        context.RequestAborted = CancellationToken.None;
        try
        {
            await next(context);
        }
        catch (Exception exception) when (StorageFault.Of(exception) is StorageFaultKind.Full)
        {
            // Who is told to make room and try again may do so with the same key.
            await NoteAsync(() => ForgetAsync(keyHash));
            throw;
        }
        finally
        {
            context.Response.Body = sent;
            context.RequestAborted = leaving;
        }

        if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
            await NoteAsync(() => store.EndAsync(keyHash, AnswerOf(context.Response, kept), CancellationToken.None));
        // After a fault nobody knows whether it was done, so the request stays begun.
        else if (context.Response.StatusCode is < StatusCodes.Status500InternalServerError or StatusCodes.Status507InsufficientStorage)
            await NoteAsync(() => ForgetAsync(keyHash));
        kept.Position = 0;
        await kept.CopyToAsync(sent, leaving);
    }

    private async Task ForgetAsync(string keyHash)
    {
        try
        {
            await store.ForgetAsync(keyHash, CancellationToken.None);
        }
        catch
        {
            _toForget.TryAdd(keyHash, true);
            throw;
        }
    }

    /// <summary>The request has its answer by now, which is true whatever becomes of its key.</summary>
    private async Task NoteAsync(Func<Task> note)
    {
        try
        {
            await note();
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotNoted(exception);
        }
    }

    /// <summary>What nobody may keep is not kept here either.</summary>
    private static KeptAnswer AnswerOf(HttpResponse response, MemoryStream body) => new(
        response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag,
        response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase) ? null : body.ToArray());

    private static async Task RepeatAsync(HttpResponse response, KeptAnswer answer)
    {
        (response.StatusCode, response.ContentType) = (answer.Status, answer.ContentType);
        (response.Headers.Location, response.Headers.ETag, response.Headers[ReplayedHeader]) = (answer.Location, answer.EntityTag, "true");
        await response.Body.WriteAsync(answer.Body, response.HttpContext.RequestAborted);
    }

    /// <summary>The body, which can be read again after; null where it is too long.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        request.EnableBuffering(bufferThreshold: LongestBody + 1);
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; bytes.Length <= LongestBody && (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
            bytes.Write(buffer, 0, read);
        request.Body.Position = 0;
        return bytes.Length > LongestBody ? null : bytes.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [LoggerMessage(Level = LogLevel.Error, Message = "How a request with a key ended could not be noted")]
    private partial void LogNotNoted(Exception exception);
}

/// <summary>Puts keys of requests to use.</summary>
public static class IdempotencyExtensions
{
    /// <summary>Lets requests that add something come with a key.</summary>
    public static RouteGroupBuilder TakeIdempotencyKeys(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods is ["POST"])
                endpoint.Metadata.Add(new IdempotencyMetadata());
        });
        return group;
    }

    /// <summary>Comes after the caller is known.</summary>
    public static WebApplication UseIdempotencyKeys(this WebApplication app)
    {
        app.UseMiddleware<IdempotencyKeys>();
        return app;
    }
}
