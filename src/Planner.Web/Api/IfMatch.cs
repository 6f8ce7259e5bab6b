using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Planner.Web.Api;

/// <summary>The version that a client edited, as it says in <c>If-Match</c>.</summary>
public sealed class IfMatch : IEndpointParameterMetadataProvider
{
    // No row has it, so an edit that expects it conflicts.
    private const int NoVersion = 0;

    private readonly IReadOnlyList<int> _versions;
    private readonly bool _any;

    private IfMatch(IReadOnlyList<int> versions, bool any, ProblemHttpResult? refusal) => (_versions, _any, Refusal) = (versions, any, refusal);

    /// <summary>Why it cannot be used; null where it can.</summary>
    public ProblemHttpResult? Refusal { get; }

    /// <summary>False where the header is missing.</summary>
    public bool IsGiven => _any || _versions.Count > 0;

    /// <summary>The entity tag of a version.</summary>
    public static string TagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    public static ValueTask<IfMatch?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult<IfMatch?>(Read(context.Request));
    }

    /// <summary>The version to expect of something that has <paramref name="current"/>.</summary>
    public int Expected(int current) => !IsGiven || _any || _versions.Contains(current) ? current : _versions[0];

    /// <summary>Refuses a request that does not say which version it edited.</summary>
    public ProblemHttpResult? Required() =>
        Refusal ?? (IsGiven ? null : Problems.Invalid([new("If-Match", ApiTexts.IfMatchMissing)], StatusCodes.Status428PreconditionRequired));

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new IfMatchMetadata());
    }

    private static IfMatch Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return new IfMatch([], any: false, null);
        return EntityTagHeaderValue.TryParseStrictList(header, out var tags)
            ? new IfMatch([.. tags.Select(VersionOf)], tags.Contains(EntityTagHeaderValue.Any), null)
            : new IfMatch([], any: false, Problems.Invalid("If-Match", ApiTexts.IfMatchForm));
    }

    private static int VersionOf(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        return !tag.IsWeak && text.StartsWith("v", StringComparison.Ordinal)
            && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : NoVersion;
    }
}

/// <summary>Marks an endpoint that reads <c>If-Match</c>.</summary>
internal sealed class IfMatchMetadata;
