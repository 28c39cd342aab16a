using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tasks;

/// <summary>Reads the answer to a submit.</summary>
internal static class SubmitAnswer
{
    /// <summary>Returns the task, or null if the answer contains no valid task id.</summary>
    public static SubmittedTask? Read(ReadOnlySpan<byte> utf8) =>
        TaskAnswer.TryRead(utf8, out var answer)
            && TaskIds.IsUsable(answer.TaskId) ? new SubmittedTask(answer.TaskId!, answer.RequestId) : null;
}
