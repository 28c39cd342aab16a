using Darkroom.Jobs;
using Darkroom.Jobs.Calls;
using Darkroom.Storage;
using Microsoft.AspNetCore.Http;

namespace Darkroom.Api.OpenAi;

/// <summary>A call whose client waits. Disposing it at the end of the response records how the call ended.</summary>
/// <param name="end">Records the end.</param>
public sealed class OpenCall(Func<TryState, Task> end) : IAsyncDisposable
{
    // Until the client has a final answer, the next identical request gets the same job.
    private TryState _state = TryState.Unanswered;

    /// <summary>Records that the response was sent, if the client is still connected.</summary>
    public void Sent(TryState state, HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!http.RequestAborted.IsCancellationRequested)
            _state = state;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await end(_state);
        }
        catch (Exception exception) when (StorageTrouble.Is(exception))
        {
            // The call stays stored as waiting. This worker knows that it is over; for other workers it is in doubt until it is too old.
        }
    }
}

/// <summary>The result of starting the job of a call.</summary>
public abstract record CallStart
{
    private CallStart()
    {
    }

    /// <summary>The job exists.</summary>
    internal sealed record Started(OpenCall Call, JobRecord Job, ResponseForm Form) : CallStart;

    /// <summary>The request is refused.</summary>
    internal sealed record Refused(IResult Response) : CallStart;
}
