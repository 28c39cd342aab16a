namespace Darkroom.ModelScope.Failures;

/// <summary>
/// ModelScope received too many requests. <see cref="ModelScopeException.RetryAfter"/> is the wait from the Retry-After header, if any.
/// </summary>
public sealed class ThrottledException : ModelScopeException
{
    internal ThrottledException(FailureDetails details)
        : base(FailureKind.Throttled, details.Explain("ModelScope received too many requests: wait, then try again."), details)
    {
    }
}
