using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Planner.Web.Api;

/// <summary>Files in multipart bodies, read as they arrive: nothing is kept on disk.</summary>
internal static class Uploads
{
    /// <summary>Finds a field's file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The file, to be read before anything else of the body; or why there is none.</returns>
    public static async Task<(Stream? File, ProblemHttpResult? Refusal)> FindAsync(HttpRequest request, string field, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, ApiTexts.UploadType));
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > 70)
            return (null, Problems.Invalid(field, ApiTexts.UploadMissing));
        try
        {
            var reader = new MultipartReader(boundary.Value!, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                    && HeaderUtilities.RemoveQuotes(disposition.Name) == field)
                {
                    return (section.Body, null);
                }
            }
        }
        catch (Exception exception) when (exception is IOException and not BadHttpRequestException or InvalidDataException)
        {
        }

        return (null, Problems.Invalid(field, ApiTexts.UploadMissing));
    }
}
