namespace Darkroom.ModelScope.Failures;

/// <summary>
/// The one base of everything this client throws. Its message is fit to be shown: no token, no link, no internal address.
/// </summary>
public abstract class ModelScopeException : Exception
{
    private protected ModelScopeException(FailureKind kind, string message, FailureDetails details)
        : base(message, details.Cause)
    {
        Kind = kind;
        StatusCode = details.StatusCode;
        Reason = details.Reason;
        RetryAfter = details.RetryAfter;
    }

    /// <summary>What kind of failure it is.</summary>
    public FailureKind Kind { get; }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? StatusCode { get; }

    /// <summary>What upstream said, in its own words.</summary>
    public UpstreamReason Reason { get; }

    /// <summary>Upstream's own code.</summary>
    public string? Code => Reason.Code;

    /// <summary>Upstream's id of the request, for its support.</summary>
    public string? RequestId => Reason.RequestId;

    /// <summary>How long upstream asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same call can succeed later.</summary>
    public bool IsRetryable => FailureRules.MayRetry(Kind);
}
