namespace Darkroom.ModelScope.Failures;

/// <summary>The account has no credits left. Submits fail until credits are added or renewed.</summary>
public sealed class CreditsExhaustedException : ModelScopeException
{
    internal CreditsExhaustedException(FailureDetails details)
        : base(FailureKind.CreditsExhausted, details.Explain("The account has no credits left."), details)
    {
    }
}
