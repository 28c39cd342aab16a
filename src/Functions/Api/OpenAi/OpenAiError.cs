using Darkroom.Storage;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>An error in the form of the OpenAI API: <c>{error: {message, type, param, code}}</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The kind of error, as OpenAI names it.</param>
/// <param name="Message">What is wrong, and what to do.</param>
internal sealed record OpenAiError(int Status, string Type, string Message) : IResult
{
    public const string InvalidRequest = "invalid_request_error";
    public const string Server = "server_error";

    // The SDKs of OpenAI decide by this header whether they repeat a request.
    private const string ShouldRetry = "x-should-retry";

    /// <summary>The field that is wrong.</summary>
    public string? Param { get; init; }

    public string? Code { get; init; }

    /// <summary>Whether an SDK must not repeat the request by itself.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The body of the response, and of an error event.</summary>
    public object Body => new { Error = new { Message, Type, Param, Code } };

    /// <summary>Whether errors of this path have the form of the OpenAI API.</summary>
    public static bool Covers(PathString path) => path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Forbids or allows SDKs to repeat the request. Set before a job is started, the header is also part of the response to an unexpected
    /// exception.
    /// </summary>
    public static void ForbidRetry(HttpResponse response, bool isForbidden)
    {
        if (isForbidden)
            response.Headers[ShouldRetry] = "false";
        else
            response.Headers.Remove(ShouldRetry);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (IsFinal)
            ForbidRetry(httpContext.Response, isForbidden: true);
        return Results.Json(Body, WithNulls, statusCode: Status).ExecuteAsync(httpContext);
    }

    // The schema of OpenAI requires param and code, which may be null.
    internal static readonly System.Text.Json.JsonSerializerOptions WithNulls = new(StoredJson.Options)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
    };
}
