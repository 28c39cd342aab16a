namespace Darkroom.ModelScope.Failures;

/// <summary>Too many requests at once. <see cref="ModelScopeException.RetryAfter"/> says how long to wait, if upstream did.</summary>
public sealed class ThrottledException : ModelScopeException
{
    internal ThrottledException(FailureDetails details)
        : base(FailureKind.Throttled, details.Explain("ModelScope asks to slow down."), details)
    {
    }
}
