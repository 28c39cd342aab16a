using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Darkroom.Cli.Server;

/// <summary>What the server said.</summary>
internal sealed record ServerAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Whether what was asked about is over; 202 means that it goes on.</summary>
    public bool IsOver => Status == HttpStatusCode.OK;

    /// <summary>When it is worth asking again.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static async Task<ServerAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        new(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(cancellation)) { RetryAfter = response.Headers.RetryAfter?.Delta };

    /// <exception cref="CommandException">It is something else.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw NotUnderstood(cause: null);
        }
        catch (JsonException exception)
        {
            throw NotUnderstood(exception);
        }
    }

    private CommandException NotUnderstood(Exception? cause) =>
        new(
            ExitCode.Failed,
            $"The server answered {(int)Status} with something that is no answer of a Darkroom: is --url right?",
            cause) { MayBeDone = true };
}
