namespace Darkroom.ModelScope.Failures;

/// <summary>The content is not a picture, is too large, or is on a host that is not allowed. A retry gives the same result.</summary>
public sealed class PictureRejectedException : ModelScopeException
{
    internal PictureRejectedException(string what, FailureDetails? details = null)
        : base(FailureKind.PictureRejected, what, details ?? new FailureDetails())
    {
    }
}
