namespace Darkroom.ModelScope.Failures;

/// <summary>
/// The account has no credits left. Submits fail until its owner logs in, which gives the daily credits, or adds credits.
/// </summary>
public sealed class CreditsExhaustedException : ModelScopeException
{
    internal CreditsExhaustedException(FailureDetails details)
        : base(
            FailureKind.CreditsExhausted,
            details.Explain("The account has no credits left. The daily credits come with a login at modelscope.cn."),
            details)
    {
    }
}
