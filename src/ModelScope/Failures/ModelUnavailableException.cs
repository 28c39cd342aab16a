namespace Darkroom.ModelScope.Failures;

/// <summary>The model is unknown or retired, or no provider serves it. The request needs another model.</summary>
public sealed class ModelUnavailableException : ModelScopeException
{
    internal ModelUnavailableException(FailureDetails details)
        : base(
            FailureKind.ModelUnavailable,
            details.Explain("The model is not available: its id is misspelled, it was retired, or no provider serves it."),
            details)
    {
    }
}
