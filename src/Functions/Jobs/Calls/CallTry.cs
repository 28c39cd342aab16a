namespace Darkroom.Jobs.Calls;

/// <summary>One try of a call that waits for its pictures: a client repeats a try that it could not finish.</summary>
/// <param name="JobId">The job of the call.</param>
/// <param name="Worker">The worker process that received the latest try of the call.</param>
/// <param name="At">When the latest try began or ended.</param>
/// <param name="State">How far the latest try is.</param>
public sealed record CallTry(string JobId, string Worker, DateTime At, TryState State);

/// <summary>How far a try is.</summary>
public enum TryState
{
    /// <summary>The client waits.</summary>
    Waiting,

    /// <summary>The try ended, and the client has no final answer: it disconnected, or the answer was a 504.</summary>
    Unanswered,

    /// <summary>The client was told that the job failed after a task may have been accepted.</summary>
    Failed,

    /// <summary>The client has the pictures, the job, or an error about its own request.</summary>
    Answered,
}

/// <summary>What a client says about its own retries.</summary>
public enum RetryMark
{
    /// <summary>The client does not mark retries, so any request may be one.</summary>
    Unmarked,

    /// <summary>The client marks retries, and this request is none.</summary>
    First,

    /// <summary>The client says that this request is a retry.</summary>
    Retry,
}
