using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Darkroom.Api.OpenAi;

/// <summary>Writes the problems of the HTTP API in the form of the OpenAI API, for the paths under /v1.</summary>
internal static class OpenAiProblems
{
    /// <summary>The error for a problem of this name.</summary>
    public static OpenAiError Of(string name, ProblemDetails problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var status = problem.Status ?? StatusCodes.Status500InternalServerError;
        var code = name.Replace('-', '_');
        return new OpenAiError(status, TypeOf(status), problem.Detail ?? problem.Title ?? "")
        {
            Code = name switch
            {
                "invalid-request" => null,
                "too-many-queued" => "rate_limit_exceeded",
                "internal" => "internal_error",
                _ => code,
            },
            Param = problem is HttpValidationProblemDetails { Errors.Count: > 0 } invalid ? invalid.Errors.First().Key : null,
        };
    }

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= StatusCodes.Status500InternalServerError => OpenAiError.Server,
        _ => OpenAiError.InvalidRequest,
    };
}
