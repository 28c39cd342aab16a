namespace Darkroom.Jobs.Submit;

/// <summary>A run of the submit activity that asks whether it may post.</summary>
/// <param name="Attempt">Its attempt.</param>
/// <param name="GivenUpTask">The task of an earlier attempt that ended without a picture; null while there is none.</param>
/// <param name="Now">The time.</param>
/// <param name="Times">How long submits take.</param>
public sealed record LedgerQuestion(int Attempt, string? GivenUpTask, DateTimeOffset Now, SubmitTimes Times);

/// <summary>How long submits take.</summary>
/// <param name="Grace">How long a submit of the same attempt may be silent before its outcome counts as unknown.</param>
/// <param name="Longest">How long a submit can take: after that its worker is certainly not posting any more.</param>
public sealed record SubmitTimes(TimeSpan Grace, TimeSpan Longest);
