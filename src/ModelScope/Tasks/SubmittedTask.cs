namespace Darkroom.ModelScope.Tasks;

/// <summary>An accepted task. Some answers also contain a status; it has no meaning and is not kept.</summary>
/// <param name="TaskId">The id of the task.</param>
/// <param name="RequestId">ModelScope's id of the request, for support cases.</param>
public sealed record SubmittedTask(string TaskId, string? RequestId);
