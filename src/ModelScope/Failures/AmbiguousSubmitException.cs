namespace Darkroom.ModelScope.Failures;

/// <summary>A submit whose outcome nobody knows. It may have been accepted and paid for, so only a person may send it again.</summary>
public sealed class AmbiguousSubmitException : ModelScopeException
{
    internal AmbiguousSubmitException(string what, FailureDetails details)
        : base(FailureKind.AmbiguousSubmit, details.Explain($"Nobody knows whether the task was accepted: {what}"), details)
    {
    }
}
