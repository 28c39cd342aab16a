namespace Darkroom.ModelScope.Tasks;

/// <summary>An accepted task. The status that some answers add means nothing and is not kept.</summary>
/// <param name="TaskId">The task's id.</param>
/// <param name="RequestId">Upstream's id of the request, for its support.</param>
public sealed record SubmittedTask(string TaskId, string? RequestId);
