using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Planner.Domain;

namespace Planner.Web.Api;

/// <summary>What went wrong, as RFC 9457 puts it, with the fields concerned.</summary>
public sealed class ApiProblem : ProblemDetails
{
    /// <summary>Each fault with the path of its field; empty where no field is at fault.</summary>
    public IReadOnlyList<Problem> Errors { get; init; } = [];

    /// <summary>The version that is stored now, where an edit expected another one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CurrentVersion { get; init; }
}

/// <summary>Makes problem documents.</summary>
public static class Problems
{
    private const int MostListed = 100;

    public static ProblemHttpResult Of(int status, string detail, IReadOnlyList<Problem>? errors = null) =>
        TypedResults.Problem(new ApiProblem { Status = status, Type = TypeOf(status), Detail = detail, Errors = errors ?? [] });

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static ProblemHttpResult UnknownScenario(string id) => NotFound(ApiTexts.ScenarioUnknown.With(id));

    /// <summary>The input has faults.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<Problem> problems, int status = StatusCodes.Status400BadRequest)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var listed = problems.Count <= MostListed
            ? problems
            : [.. problems.Take(MostListed), new Problem("", ApiTexts.MoreProblems.With(problems.Count - MostListed))];
        return Of(status, problems.Count == 1 ? problems[0].Message : ApiTexts.ManyProblems, listed);
    }

    public static ProblemHttpResult Invalid(string path, string message) => Invalid([new Problem(path, message)]);

    /// <summary>An edit expected another version than the stored one.</summary>
    public static ProblemHttpResult Conflict(int currentVersion) => TypedResults.Problem(new ApiProblem
    {
        Status = StatusCodes.Status412PreconditionFailed,
        Type = TypeOf(StatusCodes.Status412PreconditionFailed),
        Detail = ApiTexts.VersionConflict.With(currentVersion),
        CurrentVersion = currentVersion,
    });

    /// <summary>The framework names the section of the standard for the other statuses.</summary>
    private static string? TypeOf(int status) => status switch
    {
        StatusCodes.Status412PreconditionFailed => "https://tools.ietf.org/html/rfc9110#section-15.5.13",
        StatusCodes.Status428PreconditionRequired => "https://tools.ietf.org/html/rfc6585#section-3",
        StatusCodes.Status507InsufficientStorage => "https://tools.ietf.org/html/rfc4918#section-11.5",
        _ => null,
    };
}

/// <summary>Declares the problem documents of an endpoint.</summary>
public static class ProblemMetadata
{
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ApiProblem), ["application/problem+json"]));
        return builder;
    }
}
