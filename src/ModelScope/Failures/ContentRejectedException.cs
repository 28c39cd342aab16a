namespace Darkroom.ModelScope.Failures;

/// <summary>Moderation rejected the prompt or an input picture. The request must be changed.</summary>
public sealed class ContentRejectedException : ModelScopeException
{
    internal ContentRejectedException(FailureDetails details)
        : base(FailureKind.ContentRejected, details.Explain("The content was rejected by moderation."), details)
    {
    }
}
