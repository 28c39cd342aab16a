namespace Darkroom.ModelScope.Failures;

/// <summary>The picture could not be had from this link, or came incomplete: ask the task for a fresh link.</summary>
public sealed class PictureUnavailableException : ModelScopeException
{
    internal PictureUnavailableException(string what, FailureDetails? details = null)
        : base(FailureKind.PictureUnavailable, what, details ?? new FailureDetails())
    {
    }
}
