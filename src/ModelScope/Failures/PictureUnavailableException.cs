namespace Darkroom.ModelScope.Failures;

/// <summary>The picture could not be downloaded from this link, or was incomplete. Get a fresh link from the task.</summary>
public sealed class PictureUnavailableException : ModelScopeException
{
    internal PictureUnavailableException(string what, FailureDetails? details = null)
        : base(FailureKind.PictureUnavailable, what, details ?? new FailureDetails())
    {
    }
}
