namespace Microsoft.DurableTask.Client;

/// <summary>The state of an orchestration instance.</summary>
public enum OrchestrationRuntimeStatus
{
    Running,

    Completed,

    [Obsolete("An instance that continues as new stays Running; the value is kept for its number.")]
    ContinuedAsNew,

    Failed,

    [Obsolete("No instance gets this state; the value is kept for its number.")]
    Canceled,

    Terminated,

    Pending,

    Suspended,
}
