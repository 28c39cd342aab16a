namespace Darkroom.ModelScope.Failures;

/// <summary>
/// The outcome of a submit is unknown. The task may have been accepted and paid for, so it must not be sent again automatically.
/// </summary>
public sealed class AmbiguousSubmitException : ModelScopeException
{
    internal AmbiguousSubmitException(string what, FailureDetails details)
        : base(FailureKind.AmbiguousSubmit, details.Explain($"It is unknown whether ModelScope accepted the task: {what}"), details)
    {
    }
}
