using Microsoft.AspNetCore.Http;

namespace Darkroom.TestKit;

/// <summary>Waits for clients that give up.</summary>
public static class AbortedRequests
{
    /// <summary>Completes when the client of the request has disconnected.</summary>
    public static async Task UntilAbortedAsync(this HttpContext http)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = http.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }
}
