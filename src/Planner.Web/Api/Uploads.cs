using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Planner.Data;

namespace Planner.Web.Api;

/// <summary>What a multipart body held.</summary>
/// <param name="File">What was made of the file.</param>
/// <param name="FileName">The file's name as the client gave it.</param>
/// <param name="Fields">The other fields by name, in the form's own case.</param>
internal sealed record UploadForm<T>(T File, string FileName, IReadOnlyDictionary<string, string> Fields);

/// <summary>Files in multipart bodies, read as they arrive: nothing is kept on disk.</summary>
internal static class Uploads
{
    private const int LongestField = 20_000;
    private const int MostFields = 50;

    // Beside the file there are the form's own lines and fields.
    private const long FormBytes = 65_536;

    /// <summary>Lets a request have a file of a size.</summary>
    /// <returns>The refusal of a request that says it is larger; null otherwise.</returns>
    public static ProblemHttpResult? Allow(HttpContext http, long fileBytes)
    {
        if (http.Request.ContentLength > fileBytes + FormBytes)
            return Problems.Invalid([new("file", ApiTexts.BodyTooLarge.With(fileBytes))], StatusCodes.Status413PayloadTooLarge);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = fileBytes + FormBytes;
        return null;
    }

    /// <summary>Finds a field's file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The file, to be read before anything else of the body; or why there is none.</returns>
    public static async Task<(Stream? File, ProblemHttpResult? Refusal)> FindAsync(HttpRequest request, string field, CancellationToken cancellationToken)
    {
        var (reader, refusal) = ReaderOf(request, field);
        if (reader is null)
            return (null, refusal);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (NameOf(section).Name == field)
                    return (section.Body, null);
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
        }

        return (null, Problems.Invalid(field, ApiTexts.UploadMissing));
    }

    /// <summary>Reads a body to its end: a file, and the fields before and after it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">Name of the file's field.</param>
    /// <param name="read">Makes something of the file; it decides how much of it is read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The form, or why it was refused.</returns>
    public static Task<(UploadForm<T>? Form, ProblemHttpResult? Refusal)> ReadAsync<T>(
        HttpRequest request, string field, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) where T : class =>
        ReadAsync(request, field, (_, content, cancel) => read(content, cancel), cancellationToken);

    /// <summary>Reads a body to its end, with a reader that is told the name of the file.</summary>
    public static async Task<(UploadForm<T>? Form, ProblemHttpResult? Refusal)> ReadAsync<T>(
        HttpRequest request, string field, Func<string, Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) where T : class
    {
        var (reader, refusal) = ReaderOf(request, field);
        if (reader is null)
            return (null, refusal);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        (T? File, string Name) found = (null, "");
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                var (name, fileName) = NameOf(section);
                if (name == field)
                    found = (await read(fileName, section.Body, cancellationToken), fileName);
                else if (await TextAsync(section.Body, cancellationToken) is not { } text || fields.Count == MostFields)
                    return (null, Problems.Invalid(name, ApiTexts.TooLong.With(LongestField)));
                else
                    fields[name] = text;
            }
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return (null, Problems.Invalid(field, ApiTexts.UploadMissing));
        }

        return found.File is { } file ? (new UploadForm<T>(file, found.Name, fields), null) : (null, Problems.Invalid(field, ApiTexts.UploadMissing));
    }

    private static (MultipartReader? Reader, ProblemHttpResult? Refusal) ReaderOf(HttpRequest request, string field)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, ApiTexts.UploadType));
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        return boundary.Length is 0 or > 70
            ? (null, Problems.Invalid(field, ApiTexts.UploadMissing))
            : (new MultipartReader(boundary.Value!, request.Body), null);
    }

    private static (string Name, string FileName) NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? (HeaderUtilities.RemoveQuotes(disposition.Name).ToString(),
                HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString())
            : ("", "");

    /// <summary>A field's text; null where it is too long.</summary>
    private static async Task<string?> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestField + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LongestField ? null : Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static bool IsBroken(Exception exception) => (exception is IOException and not BadHttpRequestException && StorageFault.Of(exception) is null) || exception is InvalidDataException;
}
