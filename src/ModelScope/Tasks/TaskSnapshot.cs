using Darkroom.ModelScope.Failures;

namespace Darkroom.ModelScope.Tasks;

/// <summary>The result of one look at a task, independent of the response format.</summary>
public sealed record TaskSnapshot
{
    /// <summary>How long after a submit the answer "task not found" does not yet mean that the task is lost.</summary>
    public static readonly TimeSpan NotFoundGrace = TimeSpan.FromSeconds(30);

    /// <summary>The state of the task.</summary>
    public required TaskState State { get; init; }

    /// <summary>The status as ModelScope sent it; null if there was none.</summary>
    public string? RawStatus { get; init; }

    /// <summary>The id of the task, if the answer contains it.</summary>
    public string? TaskId { get; init; }

    /// <summary>ModelScope's id of the request, for support cases.</summary>
    public string? RequestId { get; init; }

    /// <summary>The finished pictures, in the order of the answer.</summary>
    public IReadOnlyList<PictureSource> Pictures { get; init; } = [];

    /// <summary>How long ModelScope worked on the task, if the answer contains it.</summary>
    public TimeSpan? TimeTaken { get; init; }

    /// <summary>The parameters that ModelScope used, if the answer contains them.</summary>
    public TaskInput? Input { get; init; }

    /// <summary>Why the task failed. ModelScope may add the message late, so look once or twice more if it is missing.</summary>
    public UpstreamReason? Reason { get; init; }

    /// <summary>Whether the task can still succeed, <paramref name="sinceSubmit"/> after it was submitted.</summary>
    public bool IsStillPending(TimeSpan sinceSubmit) =>
        State == TaskState.Running || (State == TaskState.NotFound && sinceSubmit < NotFoundGrace);
}
