using System.Text;
using Darkroom.Cli.Server;

namespace Darkroom.Cli.Mcp.Calls;

/// <summary>Sends a paid POST with an idempotency key. If its outcome is unknown, the error has the key that finds the job.</summary>
internal sealed class KeyedPost
{
    private const int MaxKeyLength = 255;

    private readonly DarkroomServer _server;

    /// <exception cref="CommandException">The key cannot be sent as a header.</exception>
    public KeyedPost(DarkroomServer server, string? givenKey)
    {
        if (givenKey is not null && (givenKey.Length is 0 or > MaxKeyLength || givenKey.Any(letter => letter is < '!' or > '~')))
            throw CommandException.Usage(
                $"idempotency_key: Must be 1 to {MaxKeyLength} visible ASCII characters, such as cat-1. Nothing was submitted.");
        // A key made from the other arguments would return the old picture to a caller who wants one more.
        (_server, Key) = (server, givenKey ?? Guid.NewGuid().ToString());
    }

    /// <summary>The key of the call: the argument <c>idempotency_key</c>, or a new one.</summary>
    public string Key { get; }

    private string WayBack =>
        $"The request may have arrived. Repeat the call with the same arguments and idempotency_key \"{Key}\": "
            + "it finds the job, if there is one, and nothing is paid twice.";

    /// <exception cref="CommandException">The server refused, does not answer, or did not answer in time.</exception>
    public async Task<ServerAnswer> SendAsync(string path, string json, CallLimit limit)
    {
        try
        {
            return await _server.PostAsync(path, Key, () => new StringContent(json, Encoding.UTF8, "application/json"), limit.Token);
        }
        catch (CommandException exception) when (exception.MayBeDone)
        {
            throw new CommandException(exception.ExitCode, $"{exception.Message}\n{WayBack}", exception) { Json = exception.Json };
        }
        catch (Exception exception) when (limit.Caused(exception))
        {
            throw CommandException.Failed($"Darkroom did not accept the request in the time of a call.\n{WayBack}", exception);
        }
    }
}
