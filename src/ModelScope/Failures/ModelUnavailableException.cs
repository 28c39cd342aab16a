namespace Darkroom.ModelScope.Failures;

/// <summary>The model is unknown, retired or has no provider: choose another.</summary>
public sealed class ModelUnavailableException : ModelScopeException
{
    internal ModelUnavailableException(FailureDetails details)
        : base(
            FailureKind.ModelUnavailable,
            details.Explain("This model is not available: it is mistyped, retired, or nobody serves it."),
            details)
    {
    }
}
