namespace Darkroom.ModelScope.Failures;

/// <summary>The day's allowance is used up.</summary>
public sealed class QuotaExceededException : ModelScopeException
{
    internal QuotaExceededException(DateTimeOffset resetsAt, FailureDetails details)
        : base(FailureKind.QuotaExceeded, details.Explain("The day's quota is used up."), details)
    {
        ResetsAt = resetsAt;
    }

    /// <summary>When there is a new allowance: when upstream says, else the next day in China.</summary>
    public DateTimeOffset ResetsAt { get; }
}
