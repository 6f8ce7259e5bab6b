using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Planner.Data.Usage;

namespace Planner.Web.Components.Usage;

/// <summary>A file that a page waits for. Its address is known to nobody else, so that no other site can send one.</summary>
public sealed class UsageUpload : IDisposable
{
    private readonly TaskCompletionSource<UsageFile> _file = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _unwanted = new();
    private readonly CancellationToken _gone;
    private int _ended;

    internal UsageUpload(string name)
    {
        Name = name;
        _gone = _unwanted.Token;
    }

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    /// <summary>Where the browser sends it.</summary>
    public string Address => $"{UsageUploads.Path}/{Ticket}";

    /// <summary>The file once it has come, which is the page's then. Cancelled where it did not come to its end.</summary>
    public Task<UsageFile> File => _file.Task;

    internal string Ticket { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    internal async Task TakeAsync(UsageImporter importer, Stream content, CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, _gone);
        try
        {
            var file = await importer.StoreAsync(Name, content, null, ended.Token);
            if (!_file.TrySetResult(file))
                file.Dispose();
        }
        catch (Exception exception) when (exception is OperationCanceledException or BadHttpRequestException)
        {
            _file.TrySetCanceled(CancellationToken.None);
        }
        catch (Exception exception) when (exception is UsageRefusedException or IOException or UnauthorizedAccessException)
        {
            _file.TrySetException(exception);
        }
    }

    /// <summary>Nobody waits any longer; what comes still is thrown away.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        _file.TrySetCanceled(CancellationToken.None);
        _unwanted.Cancel();
        _unwanted.Dispose();
    }
}

/// <summary>Takes files past the circuits, whose messages are small and come one by one: a plain request is many times faster.</summary>
public sealed class UsageUploads(UsageImporter importer, UsageOptions options)
{
    /// <summary>What all addresses begin with.</summary>
    public const string Path = "/usage/uploads";

    private readonly ConcurrentDictionary<string, UsageUpload> _awaited = new(StringComparer.Ordinal);

    /// <summary>Awaits a file.</summary>
    /// <param name="name">Its name.</param>
    public UsageUpload Await(string name)
    {
        var upload = new UsageUpload(name);
        _awaited[upload.Ticket] = upload;
        return upload;
    }

    /// <summary>Awaits a file no longer.</summary>
    public void Forget(UsageUpload upload)
    {
        ArgumentNullException.ThrowIfNull(upload);
        _awaited.TryRemove(upload.Ticket, out _);
        upload.Dispose();
    }

    internal async Task<Results<NoContent, NotFound<string>>> TakeAsync(string ticket, HttpContext http)
    {
        if (!_awaited.TryRemove(ticket, out var upload))
            return TypedResults.NotFound("This file is awaited no longer.");
        // One that is too large is refused by the importer, in words.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.Limits.MaxBytes + 1024;
        await upload.TakeAsync(importer, http.Request.Body, http.RequestAborted);
        return TypedResults.NoContent();
    }
}

/// <summary>The way in for files of usage that pages send.</summary>
public static class UsageUploadEndpoint
{
    public static IEndpointRouteBuilder MapUsageUploads(this IEndpointRouteBuilder app)
    {
        app.MapPost($"{UsageUploads.Path}/{{ticket}}", (string ticket, UsageUploads uploads, HttpContext http) => uploads.TakeAsync(ticket, http)).ExcludeFromDescription();
        return app;
    }
}
