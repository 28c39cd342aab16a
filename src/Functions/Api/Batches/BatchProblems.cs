using Darkroom.Batches;
using Darkroom.Batches.Input;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.Batches;

/// <summary>Builds the response to an invalid batch, with the errors of each line.</summary>
internal static class BatchProblems
{
    /// <summary>Lines are invalid, or there are no items.</summary>
    public static IResult Invalid(BatchReading reading)
    {
        if (reading.Invalid == 0)
            return Problem.Invalid("body", "Contains no items. Send at least one.");

        var listed = reading.Problems.GroupBy(problem => problem.Line).ToArray();
        var more = reading.Invalid > listed.Length ? $" The first {listed.Length} of them are listed." : "";
        var none = reading.Total == 0 ? "No line is valid" : $"{reading.Invalid} lines are not valid";
        return Problem.Invalid(
            "The batch is not valid",
            $"{none}, and nothing was started.{more} Correct them, or send the batch with ?onInvalid=skip to skip them.",
            listed.ToDictionary(
                line => $"line {line.Key}",
                line => line.Select(problem => $"{problem.Field}: {problem.Message}").ToArray(),
                StringComparer.Ordinal));
    }

    /// <summary>The body cannot be read as a whole.</summary>
    public static IResult Unreadable(UnreadableBodyException exception) => exception.Line is { } line
        ? Problem.Invalid($"line {line}", $"{exception.Field}: {exception.Message}")
        : Problem.Invalid(exception.Field, exception.Message);
}
