namespace Darkroom.ModelScope.Failures;

/// <summary>The daily quota is used up.</summary>
public sealed class QuotaExceededException : ModelScopeException
{
    internal QuotaExceededException(DateTimeOffset resetsAt, FailureDetails details)
        : base(FailureKind.QuotaExceeded, details.Explain("The day's quota is used up."), details)
    {
        ResetsAt = resetsAt;
    }

    /// <summary>When the quota is available again: the time that ModelScope names, or else the next midnight in China.</summary>
    public DateTimeOffset ResetsAt { get; }
}
