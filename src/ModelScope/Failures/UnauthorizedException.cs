namespace Darkroom.ModelScope.Failures;

/// <summary>The token is missing, wrong or not allowed to do this.</summary>
public sealed class UnauthorizedException : ModelScopeException
{
    internal UnauthorizedException(FailureDetails details)
        : base(
            FailureKind.Unauthorized,
            details.Explain("The ModelScope token was refused: check it, and that the account is bound."),
            details)
    {
    }
}
