using Darkroom.ModelScope.Wire;

namespace Darkroom.ModelScope.Tasks;

/// <summary>Reads the answer to a submit.</summary>
internal static class SubmitAnswer
{
    /// <summary>The task; null when there is no usable id in it.</summary>
    public static SubmittedTask? Read(ReadOnlySpan<byte> utf8) =>
        TaskAnswer.TryRead(utf8, out var answer)
            && TaskIds.IsUsable(answer.TaskId) ? new SubmittedTask(answer.TaskId!, answer.RequestId) : null;
}
