using Darkroom.Batches;
using Darkroom.Batches.Input;
using Darkroom.Requests;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.Batches;

/// <summary>What is wrong with a batch, line by line.</summary>
internal static class BatchProblems
{
    /// <summary>Lines are not valid, or there are none.</summary>
    public static IResult Invalid(BatchReading reading)
    {
        if (reading.Invalid == 0)
            return Problem.Invalid("body", "Holds no items.");

        var listed = reading.Problems.GroupBy(problem => problem.Line).ToArray();
        var more = reading.Invalid > listed.Length ? $" The first {listed.Length} of them are listed." : "";
        var none = reading.Total == 0 ? "No line is valid" : $"{reading.Invalid} lines are not valid";
        return new Problem
        {
            Type = ErrorTypes.Of("invalid-request"),
            Title = "The batch is not valid",
            Status = StatusCodes.Status400BadRequest,
            Detail = $"{none}, and nothing was started.{more} Mend them, or send the batch with ?onInvalid=skip to leave them out.",
            Errors = listed.ToDictionary(
                line => $"line {line.Key}",
                line => line.Select(problem => $"{problem.Field}: {problem.Message}").ToArray(),
                StringComparer.Ordinal),
        }.ToResult();
    }

    /// <summary>The body as a whole can't be read.</summary>
    public static IResult Unreadable(UnreadableBodyException exception) => exception.Line is { } line
        ? Problem.Invalid($"line {line}", $"{exception.Field}: {exception.Message}")
        : Problem.Invalid(exception.Field, exception.Message);
}
