namespace Darkroom.ModelScope.Failures;

/// <summary>What came is not a picture, is too large, or lies where it must not: another try brings the same.</summary>
public sealed class PictureRejectedException : ModelScopeException
{
    internal PictureRejectedException(string what, FailureDetails? details = null)
        : base(FailureKind.PictureRejected, what, details ?? new FailureDetails())
    {
    }
}
