using System.Text.Json;

namespace Darkroom.Cli.Server;

/// <summary>The part of an <c>application/problem+json</c> body that this command shows.</summary>
internal sealed record Problem
{
    public string? Type { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    public string? UpstreamMessage { get; init; }

    public bool Retryable { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Parses problem details; returns null if <paramref name="json"/> is something else.</summary>
    public static Problem? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CliJson.Default.Problem) is { } problem
                && (problem.Title ?? problem.Detail) is not null ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>One line per wrong field; without field errors, the detail or the title.</summary>
    public IEnumerable<string> Sentences()
    {
        if (Errors is { Count: > 0 })
        {
            foreach (var (field, messages) in Errors)
            {
                foreach (var message in messages)
                    yield return $"{field}: {message}";
            }
        }
        else
        {
            yield return Detail is { Length: > 0 } detail ? detail : $"{Title}.";
        }

        if (RetryAfterSeconds is { } seconds)
            yield return Words.TryAgainIn.With(seconds);
    }
}
