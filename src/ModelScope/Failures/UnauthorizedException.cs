namespace Darkroom.ModelScope.Failures;

/// <summary>The token is missing, invalid or has no permission for this call.</summary>
public sealed class UnauthorizedException : ModelScopeException
{
    internal UnauthorizedException(FailureDetails details)
        : base(
            FailureKind.Unauthorized,
            details.Explain("ModelScope refused the token: check the token, and check that an Alibaba Cloud account is bound."),
            details)
    {
    }
}
