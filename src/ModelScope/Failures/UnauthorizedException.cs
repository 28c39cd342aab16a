namespace Darkroom.ModelScope.Failures;

/// <summary>
/// The token is missing, expired or revoked, or its account may not use the API: no Alibaba Cloud account is bound, or the real-name
/// verification is missing.
/// </summary>
public sealed class UnauthorizedException : ModelScopeException
{
    internal UnauthorizedException(FailureDetails details)
        : base(
            FailureKind.Unauthorized,
            details.Explain(
                "ModelScope refused the token. Check in the account settings at modelscope.cn that the access token is not expired or "
                    + "revoked, that an Alibaba Cloud account is bound, and that the real-name verification is complete."),
            details)
    {
    }
}
