using Darkroom.Api.OpenAi;
using Darkroom.ModelScope.Requests;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Darkroom.Api;

/// <summary>
/// The error responses, as in RFC 9457: what is wrong with each field (<c>errors</c>), whether the same request can succeed later
/// (<c>retryable</c>), and how long to wait before that (<c>retryAfterSeconds</c>).
/// </summary>
public static class Problem
{
    // A body can contain a hundred thousand unknown fields.
    private const int MaxErrors = 100;

    /// <summary>Fields of the request are invalid.</summary>
    public static IResult Invalid(IReadOnlyCollection<FieldProblem> problems)
    {
        FieldProblem[] told = [.. problems.Take(MaxErrors).Select(problem => problem.Brief())];
        var more = problems.Count > told.Length ? $" And {problems.Count - told.Length} more." : "";
        return Invalid(
            "The request is not valid",
            string.Join(' ', told.Select(problem => $"{problem.Field}: {problem.Message}")) + more,
            told.GroupBy(problem => problem.Field, StringComparer.Ordinal).ToDictionary(
                field => field.Key, field => field.Select(problem => problem.Message).ToArray(), StringComparer.Ordinal));
    }

    /// <summary>Parts of the request are invalid.</summary>
    public static IResult Invalid(string title, string detail, IDictionary<string, string[]> errors) => new Answer(
        new HttpValidationProblemDetails(errors) { Title = title, Detail = detail },
        "invalid-request",
        StatusCodes.Status400BadRequest);

    public static IResult Invalid(string field, string message) => Invalid([new FieldProblem(field, message)]);

    public static IResult NotFound(string what) => Of("not-found", "Not found", StatusCodes.Status404NotFound, what);

    /// <summary>The job existed and was purged.</summary>
    public static IResult Gone(string jobId) =>
        Of(
            "gone",
            "The job was purged",
            StatusCodes.Status410Gone,
            $"The job {jobId} is over and was purged with its pictures. Make a new request, with a new key if you use one.");

    /// <summary>The job exists, but the blob of its picture was deleted from storage.</summary>
    public static IResult PictureGone(int index) =>
        Of(
            "gone",
            "The picture is gone",
            StatusCodes.Status410Gone,
            $"Picture {index} was saved, but its blob was deleted from storage. Make a new request to generate another picture.");

    /// <summary>The batch existed and was purged.</summary>
    public static IResult BatchGone(string batchId) =>
        Of("gone", "The batch was purged", StatusCodes.Status410Gone, $"The batch {batchId} is over and was purged.");

    public static IResult Forbidden(string detail) => Of("forbidden", "Not allowed", StatusCodes.Status403Forbidden, detail);

    /// <summary>The state of the job or batch does not allow the request.</summary>
    public static IResult Conflict(string detail) => Of("conflict", "Not in this state", StatusCodes.Status409Conflict, detail);

    public static IResult TooLarge(string limit) =>
        Of("too-large", "The body is too large", StatusCodes.Status413PayloadTooLarge, $"The limit is {limit}. Send a smaller body.");

    public static IResult UnsupportedMediaType(string wanted) =>
        Of(
            "unsupported-media-type",
            "The body's type is not supported",
            StatusCodes.Status415UnsupportedMediaType,
            $"Send {wanted}, and set Content-Type accordingly.");

    /// <summary>The key was used before, for a different request.</summary>
    public static IResult KeyReuse(string what) => Of(
        "idempotency-key-reuse", "The key belongs to another request", StatusCodes.Status422UnprocessableEntity,
        $"The Idempotency-Key was already used for {what}, with a different request. Use a new key for a new request.");

    /// <summary>The limit of waiting tasks is reached.</summary>
    public static IResult TooManyQueued(int most) =>
        Later(
            "too-many-queued",
            "Too many jobs wait",
            StatusCodes.Status429TooManyRequests,
            $"{most} tasks are already waiting (Darkroom__MaxQueued). Try again later.",
            seconds: 60);

    /// <summary>Too many callers hold a connection to this instance open.</summary>
    public static IResult TooManyWaiting(int most) => Later(
        "too-many-waiting", "Too many callers wait", StatusCodes.Status503ServiceUnavailable,
        $"{most} callers are already waiting on this instance (Darkroom__MaxWaitingCallers). Ask without ?wait, or try again later.",
        seconds: 5);

    /// <summary>Too many missing thumbnails are being made at once.</summary>
    public static IResult TooManyThumbnails() => Later(
        "too-many-waiting", "Too many callers wait", StatusCodes.Status503ServiceUnavailable,
        "The thumbnail is not made yet, and this instance is busy with others. Use the picture itself, or try again later.", seconds: 5);

    /// <summary>Storage is temporarily unavailable.</summary>
    public static IResult NotReady() => Later(
        "not-ready", "Not ready", StatusCodes.Status503ServiceUnavailable, "The storage of the service is not available; "
            + "/api/health/ready shows what is missing. Try again: with the same Idempotency-Key nothing is done twice.", seconds: 5);

    /// <summary>An unexpected exception: a fault of Darkroom.</summary>
    public static IResult Internal() =>
        Of(
            "internal",
            "Something went wrong in Darkroom",
            StatusCodes.Status500InternalServerError,
            "The log of the service has details. Try again: with the same Idempotency-Key nothing is done twice.");

    private static Answer Later(string name, string title, int status, string detail, int seconds) =>
        new(new ProblemDetails { Title = title, Detail = detail }, name, status, seconds);

    private static Answer Of(string name, string title, int status, string detail) =>
        new(new ProblemDetails { Title = title, Detail = detail }, name, status);

    private sealed class Answer : IResult
    {
        private readonly ProblemDetails _details;
        private readonly string _name;
        private readonly int? _retryAfterSeconds;

        public Answer(ProblemDetails details, string name, int status, int? retryAfterSeconds = null)
        {
            (_details, _name, _retryAfterSeconds) = (details, name, retryAfterSeconds);
            details.Type = ErrorTypes.Of(name);
            details.Status = status;
            details.Extensions["retryable"] = retryAfterSeconds is not null;
            if (retryAfterSeconds is not null)
                details.Extensions["retryAfterSeconds"] = retryAfterSeconds;
        }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (_retryAfterSeconds is { } wait)
                httpContext.Response.Headers.RetryAfter = wait.ToString();
            return OpenAiError.Covers(httpContext.Request.Path)
                ? OpenAiProblems.Of(_name, _details).ExecuteAsync(httpContext)
                : TypedResults.Problem(_details).ExecuteAsync(httpContext);
        }
    }
}
