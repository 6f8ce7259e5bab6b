using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Planner.Web.Api;

/// <summary>
/// The body of a request as text, or why there is none. Reading it as a <typeparamref name="T"/> is left to <see cref="JsonDocuments"/>, which names fields.
/// </summary>
/// <typeparam name="T">What the body is declared to be.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The framework finds these members by name to bind parameters.")]
public sealed class JsonBody<T> : IEndpointParameterMetadataProvider
{
    /// <summary>Largest document, bytes.</summary>
    public const int MaxBytes = 1_000_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private JsonBody(string text, ProblemHttpResult? refusal) => (Text, Refusal) = (text, refusal);

    /// <summary>The document; empty where it was refused.</summary>
    public string Text { get; }

    /// <summary>Why it was refused; null where it was read.</summary>
    public ProblemHttpResult? Refusal { get; }

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        if (!IsJson(request))
            return Refuse(StatusCodes.Status415UnsupportedMediaType, ApiTexts.BodyType);
        if (request.ContentLength > MaxBytes || await ReadAsync(request.Body, context.RequestAborted) is not { } bytes)
            return Refuse(StatusCodes.Status413PayloadTooLarge, ApiTexts.BodyTooLarge.With(MaxBytes));
        try
        {
            var text = Strict.GetString(bytes).TrimStart('\uFEFF');
            return string.IsNullOrWhiteSpace(text) ? Refuse(StatusCodes.Status400BadRequest, ApiTexts.BodyMissing) : new JsonBody<T>(text, null);
        }
        catch (DecoderFallbackException)
        {
            return Refuse(StatusCodes.Status400BadRequest, ApiTexts.BodyEncoding);
        }
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
        int[] refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];
        foreach (var status in refusals)
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiProblem), ["application/problem+json"]));
    }

    private static JsonBody<T> Refuse(int status, string sentence) => new("", Problems.Of(status, sentence));

    private static bool IsJson(HttpRequest request) =>
        !request.Headers.ContainsKey(HeaderNames.ContentEncoding)
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Null where it is too long: what a client declares is not what it sends.</summary>
    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (bytes.Length + read > MaxBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
