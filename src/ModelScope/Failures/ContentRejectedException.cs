namespace Darkroom.ModelScope.Failures;

/// <summary>Moderation refused the prompt or the picture: change it.</summary>
public sealed class ContentRejectedException : ModelScopeException
{
    internal ContentRejectedException(FailureDetails details)
        : base(FailureKind.ContentRejected, details.Explain("The content was rejected by moderation."), details)
    {
    }
}
