using Darkroom.ModelScope.Failures;

namespace Darkroom.ModelScope.Tasks;

/// <summary>One look at a task, whatever dialect the answer was in.</summary>
public sealed record TaskSnapshot
{
    /// <summary>How long "task not found" is normal after a submit.</summary>
    public static readonly TimeSpan NotFoundGrace = TimeSpan.FromSeconds(30);

    /// <summary>What the state means.</summary>
    public required TaskState State { get; init; }

    /// <summary>Upstream's own word for it, as it came; null when there was none.</summary>
    public string? RawStatus { get; init; }

    /// <summary>The task's id, when the answer repeats it.</summary>
    public string? TaskId { get; init; }

    /// <summary>Upstream's id of the request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>The finished pictures, in upstream's order.</summary>
    public IReadOnlyList<PictureSource> Pictures { get; init; } = [];

    /// <summary>How long the task took upstream, when it says.</summary>
    public TimeSpan? TimeTaken { get; init; }

    /// <summary>What the task was run with, when upstream says.</summary>
    public TaskInput? Input { get; init; }

    /// <summary>Why it failed. On a failed task without words, look once or twice more: upstream fills them in late.</summary>
    public UpstreamReason? Reason { get; init; }

    /// <summary>Whether the task may still come to something, <paramref name="sinceSubmit"/> after it was submitted.</summary>
    public bool IsStillPending(TimeSpan sinceSubmit) =>
        State == TaskState.Running || (State == TaskState.NotFound && sinceSubmit < NotFoundGrace);
}
