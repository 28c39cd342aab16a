using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api;

/// <summary>An error as RFC 9457 wants it: what is wrong, field by field, and whether trying again helps.</summary>
public sealed record Problem
{
    // A body may have a hundred thousand fields that nobody knows.
    private const int MostErrors = 100;

    /// <summary>Where the kind is explained.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong, and the cure.</summary>
    public required string Detail { get; init; }

    /// <summary>Whether the same request can succeed later.</summary>
    public bool Retryable { get; init; }

    /// <summary>When to try again.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What is wrong with each field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The request breaks rules.</summary>
    public static IResult Invalid(IReadOnlyCollection<FieldProblem> problems)
    {
        FieldProblem[] told = [.. problems.Take(MostErrors).Select(problem => problem.Brief())];
        var more = problems.Count > told.Length ? $" And {problems.Count - told.Length} more." : "";
        return new Problem
        {
            Type = ErrorTypes.Of("invalid-request"),
            Title = "The request is not valid",
            Status = StatusCodes.Status400BadRequest,
            Detail = string.Join(' ', told.Select(problem => $"{problem.Field}: {problem.Message}")) + more,
            Errors = told.GroupBy(problem => problem.Field, StringComparer.Ordinal).ToDictionary(
                field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal),
        }.ToResult();
    }

    /// <summary>One field is wrong.</summary>
    public static IResult Invalid(string field, string message) => Invalid([new FieldProblem(field, message)]);

    /// <summary>There is nothing of that id.</summary>
    public static IResult NotFound(string what) => Of("not-found", "Not found", StatusCodes.Status404NotFound, what);

    /// <summary>It was there and was purged.</summary>
    public static IResult Gone(string jobId) =>
        Of(
            "gone",
            "The job was purged",
            StatusCodes.Status410Gone,
            $"The job {jobId} is over and was purged with its pictures. Make a new request, with a new key if you use one.");

    /// <summary>The job is there, and its picture is not: somebody deleted the blob.</summary>
    public static IResult PictureGone(int index) =>
        Of(
            "gone",
            "The picture is gone",
            StatusCodes.Status410Gone,
            $"The picture {index} was saved, and is not in storage any more: it was deleted there. Make a new request for another one.");

    /// <summary>The batch was there and was purged.</summary>
    public static IResult BatchGone(string batchId) =>
        Of("gone", "The batch was purged", StatusCodes.Status410Gone, $"The batch {batchId} is over and was purged.");

    /// <summary>Whoever sends this may not.</summary>
    public static IResult Forbidden(string detail) => Of("forbidden", "Not allowed", StatusCodes.Status403Forbidden, detail);

    /// <summary>Not in this state.</summary>
    public static IResult Conflict(string detail) => Of("conflict", "Not in this state", StatusCodes.Status409Conflict, detail);

    /// <summary>The body is too large.</summary>
    public static IResult TooLarge(string limit) =>
        Of("too-large", "The body is too large", StatusCodes.Status413PayloadTooLarge, $"At most {limit} are read.");

    /// <summary>The body is of another type.</summary>
    public static IResult UnsupportedMediaType(string wanted) =>
        Of(
            "unsupported-media-type",
            "The body's type is not supported",
            StatusCodes.Status415UnsupportedMediaType,
            $"Send {wanted}, and say so in Content-Type.");

    /// <summary>A key that belongs to another request.</summary>
    public static IResult KeyReuse(string what) => Of(
        "idempotency-key-reuse", "The key belongs to another request", StatusCodes.Status422UnprocessableEntity,
        $"The Idempotency-Key was used for the {what} with another body. Use a new key for a new request.");

    /// <summary>Too many wait.</summary>
    public static IResult TooManyQueued(int most) =>
        Later(
            "too-many-queued",
            "Too many jobs wait",
            StatusCodes.Status429TooManyRequests,
            $"{most} tasks wait already (Darkroom__MaxQueued). Try again later.",
            seconds: 60);

    /// <summary>Too many keep a connection open.</summary>
    public static IResult TooManyWaiting(int most) => Later(
        "too-many-waiting", "Too many callers wait", StatusCodes.Status503ServiceUnavailable,
        $"{most} callers keep this instance waiting already (Darkroom__MaxWaitingCallers). Ask without ?wait, or try again later.",
        seconds: 5);

    /// <summary>A part of the service is away for the moment.</summary>
    public static IResult NotReady() => Later(
        "not-ready", "Not ready", StatusCodes.Status503ServiceUnavailable, "The service's storage cannot be used at the moment; "
            + "/api/health/ready tells what is missing. Try again: with the same Idempotency-Key nothing is done twice.", seconds: 5);

    /// <summary>A mistake of ours.</summary>
    public static IResult Internal() =>
        Of(
            "internal",
            "Something went wrong in Darkroom",
            StatusCodes.Status500InternalServerError,
            "The log of the service has more. With the same Idempotency-Key the request can be sent again: nothing is done twice.");

    /// <summary>The answer.</summary>
    public IResult ToResult() => new Answer(this);

    private static IResult Later(string name, string title, int status, string detail, int seconds) =>
        new Problem
        {
            Type = ErrorTypes.Of(name),
            Title = title,
            Status = status,
            Detail = detail,
            Retryable = true,
            RetryAfterSeconds = seconds,
        }.ToResult();

    private static IResult Of(string name, string title, int status, string detail) =>
        new Problem { Type = ErrorTypes.Of(name), Title = title, Status = status, Detail = detail }.ToResult();

    private sealed class Answer(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = problem.Status;
            if (problem.RetryAfterSeconds is { } wait)
                httpContext.Response.Headers.RetryAfter = wait.ToString();
            return httpContext.Response.WriteAsJsonAsync(problem, StoredJson.Options, "application/problem+json");
        }
    }
}
