using System.Data.Common;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Planner.Data;
using Planner.Data.Accounts;

namespace Planner.Web.Api;

/// <summary>Turns whatever goes wrong below <c>/api</c> into a problem document: exceptions, unknown addresses, wrong methods and media types.</summary>
public sealed partial class ApiFaults(RequestDelegate next, ILogger<ApiFaults> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // The texts are English, so their figures are too, whatever the machine's culture is.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        string? sentence = null;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            Reset(context, exception.StatusCode);
        }
        catch (AccessRefusedException) when (!context.Response.HasStarted)
        {
            Reset(context, StatusCodes.Status403Forbidden);
        }
        catch (DatabaseBusyException exception) when (!context.Response.HasStarted)
        {
            LogFault(exception, context.Request.Method, context.Request.Path);
            Reset(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.RetryAfter = "5";
        }
        catch (Exception exception) when (!context.Response.HasStarted && IsAway(exception))
        {
            LogFault(exception, context.Request.Method, context.Request.Path);
            Reset(context, StatusCodes.Status503ServiceUnavailable);
            context.Response.Headers.RetryAfter = "5";
            sentence = ApiTexts.DatabaseAway;
        }
        catch (Exception exception) when (!context.Response.HasStarted && StorageFault.Of(exception) is not null)
        {
            LogFault(exception, context.Request.Method, context.Request.Path);
            Reset(context, StorageFault.Of(exception) is StorageFaultKind.Full ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable);
            sentence = StorageFault.SentenceOf(exception);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFault(exception, context.Request.Method, context.Request.Path);
            Reset(context, StatusCodes.Status500InternalServerError);
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } response)
            await Problems.Of(response.StatusCode, sentence ?? Sentence(context)).ExecuteAsync(context);
    }

    /// <summary>Whether the database's server does not answer, or not now.</summary>
    private static bool IsAway(Exception? exception) => exception is not null && (exception is DbException { IsTransient: true } || IsAway(exception.InnerException));

    private static void Reset(HttpContext context, int status)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
    }

    private static string Sentence(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status403Forbidden => Data.Texts.AccessRefused,
        StatusCodes.Status404NotFound => ApiTexts.NoRoute,
        StatusCodes.Status405MethodNotAllowed => ApiTexts.NoMethod.With(context.Request.Method),
        // Found while the body came; one that says its length beforehand is refused where the limit is set.
        StatusCodes.Status413PayloadTooLarge when context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most => ApiTexts.BodyTooLarge.With(most),
        StatusCodes.Status415UnsupportedMediaType => ApiTexts.BodyType,
        StatusCodes.Status503ServiceUnavailable => ApiTexts.DatabaseBusy,
        >= 500 => ApiTexts.Fault,
        _ => ApiTexts.RequestUnreadable,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFault(Exception exception, string method, string path);
}
