using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Darkroom.Cli.Server;

internal sealed record ServerAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Whether the job or batch is over. The server answers 202 while it runs, and 200 after that.</summary>
    public bool IsOver => Status == HttpStatusCode.OK;

    /// <summary>The pause before the next poll, from the Retry-After header.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static async Task<ServerAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        new(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(cancellation))
        { RetryAfter = response.Headers.RetryAfter?.Delta };

    /// <exception cref="CommandException">The body is not JSON of this type.</exception>
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
            Words.AnswerUnreadable.With((int)Status),
            cause)
        { MayBeDone = true };
}
